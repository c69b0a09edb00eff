"""All pages of a site."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lgsco._values import validate
from lgsco.site.councils import council_page
from lgsco.site.downloads import download_pages
from lgsco.site.figures import SiteFigures
from lgsco.site.groups import group_pages, groups_page
from lgsco.site.index import index_page
from lgsco.site.map import map_page
from lgsco.site.methods import methods_page
from lgsco.site.national import national_page
from lgsco.site.pages import style_page

if TYPE_CHECKING:
    from lgsco.dataset import Dataset
    from lgsco.site.pages import SitePage
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
    group and year of which anything is held, a sketch map, methods, and downloads. Where too little of a group is held,
    its page states that and has no chart. Pages link to one another by relative addresses, so that they can be read
    from a folder without a server. A chart is drawn only when ``content()`` of its page is called.

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
        InvalidValue: the date is not a date.

    >>> from lgsco import published
    >>> from lgsco.site import site_pages
    >>> [page.path for page in site_pages(published.dataset())][:4]
    ['index.html', 'groups.html', 'map.html', 'methods.html']
    """
    validate(as_at=(as_at, dt.date | None))
    figures = SiteFigures(data=data, cases_from=cases_from, charts=charts, suppression=suppression, as_at=as_at)
    return (
        index_page(figures),
        groups_page(figures),
        map_page(figures),
        methods_page(figures),
        national_page(figures),
        style_page(),
        *download_pages(figures),
        *(council_page(figures, authority) for authority in figures.paths),
        *(file for (group, year), _ in figures.groups() for file in group_pages(figures, group, year)),
    )
