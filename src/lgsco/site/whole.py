"""All pages of a site."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from lgsco._values import choice_of, validate
from lgsco.site.councils import council_page
from lgsco.site.downloads import Downloads
from lgsco.site.figures import SiteFigures, group_path
from lgsco.site.groups import group_page, group_record, groups_page
from lgsco.site.index import index_page
from lgsco.site.keys import PageKeys
from lgsco.site.map import map_page
from lgsco.site.methods import methods_page
from lgsco.site.national import national_page
from lgsco.site.pages import STYLE, PageText, SitePage, picture_path, style_page
from lgsco.stats.suppression import SuppressionPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lgsco.dataset import Dataset
    from lgsco.model.authorities import AuthorityType
    from lgsco.model.years import ReportingYear
    from lgsco.sources import Source
    from lgsco.stats.suppression import SuppressionPolicyLike


def site_pages(
    data: Dataset,
    *,
    cases_from: Source | None = None,
    charts: bool = True,
    suppression: SuppressionPolicyLike = "off",
    as_at: dt.date | None = None,
) -> tuple[SitePage, ...]:
    """
    Return the pages of a site of all councils of a dataset.

    The pages are an index in which a council is found by its name, one for each council with figures, one for each
    group and year of which anything is held, a map, methods, and downloads. Where too little of a group is held,
    its page states that and has no chart. Pages link to one another by relative addresses, so that they can be read
    from a folder without a server. A page is made only when it is asked for its content; its key is known before.

    Args:
        data: all that is known.
        cases_from: the source of its cases, of which the public interest reports are listed.
        charts: draw charts.
        suppression: "off", "below-five" or "below-ten": which small counts of its cases are not shown, nor what would
            tell them.
        as_at: the date of the figures, which every page states; without it the newest date of their sources.

    Returns:
        The files of the site, the index first.

    Raises:
        InvalidValue: the date or the suppression is refused.

    >>> from lgsco import published
    >>> from lgsco.site import site_pages
    >>> [page.path for page in site_pages(published.dataset())][:4]
    ['index.html', 'groups.html', 'map.html', 'methods.html']
    """
    validate(as_at=(as_at, dt.date | None))
    policy = choice_of("suppression", suppression, SuppressionPolicy)
    figures = SiteFigures(data=data, cases_from=cases_from, charts=charts, suppression=policy, as_at=as_at)
    keys = PageKeys(figures)
    first: tuple[tuple[str, Callable[[], PageText]], ...] = (
        ("index.html", partial(index_page, figures)),
        ("groups.html", partial(groups_page, figures)),
        ("map.html", partial(map_page, figures)),
        ("methods.html", partial(methods_page, figures)),
        ("national.html", partial(national_page, figures)),
        (STYLE, style_page),
        *Downloads(figures).files(),
    )
    return (
        *(SitePage(path=path, key=keys.first_page(path), make=make) for path, make in first),
        *(
            SitePage(path=path, key=keys.council(authority), make=partial(council_page, figures, authority))
            for authority, path in figures.paths.items()
        ),
        *(file for (group, year), _ in figures.groups() for file in _group_files(figures, group, year, keys)),
    )


def _group_files(figures: SiteFigures, group: AuthorityType, year: ReportingYear, keys: PageKeys) -> Iterator[SitePage]:
    """Return the page of a group and year, and each of its charts as a file beside it."""
    path, key = group_path(group, year), keys.group(group, year)
    report = group_record(figures, group, year)
    yield SitePage(path=path, key=key, make=partial(group_page, figures, group, year, report))
    for index, chart in enumerate(report.charts if figures.charts else ()):
        pictures = (("chart", chart),)
        yield SitePage(path=picture_path(path, index), key=key, make=partial(PageText, "\0000\0", pictures))
