"""All pages of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.site.councils import council_page
from lgsco.site.downloads import download_pages
from lgsco.site.figures import SiteFigures
from lgsco.site.groups import group_page, groups_page
from lgsco.site.index import index_page
from lgsco.site.map import map_page
from lgsco.site.methods import methods_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.documents.figures import PrintedAverage, PrintedReview
    from lgsco.model.authorities import Register
    from lgsco.model.cases import Decision, Investigation
    from lgsco.model.reviews import AnnualReview
    from lgsco.site.pages import SitePage
    from lgsco.sources import Source

__all__ = ["site_pages"]


def site_pages(  # noqa: PLR0913  # each is a part of the record that the caller may hold
    reviews: Iterable[AnnualReview],
    register: Register,
    *,
    averages: Iterable[PrintedAverage] = (),
    printed: Iterable[PrintedReview] = (),
    cases: Iterable[Decision | Investigation] = (),
    cases_from: Source | None = None,
    charts: bool = True,
) -> tuple[SitePage, ...]:
    """
    Return the pages of a site of all councils of a register.

    The pages are an index in which a council is found by its name, one for each council with reviews, one for each
    group and year of which anything is held, a sketch map, methods, and downloads. Where too little of a group is held,
    its page states that and has no chart. Pages link to one another by relative addresses, so that they can be read
    from a folder without a server. A chart is drawn only when ``content()`` of its page is called.

    Args:
        reviews: the counts of councils, of any years.
        register: all councils, with their groups.
        averages: printed averages of groups.
        printed: figures as printed; a council's page lists the contradictions in them.
        cases: of which the public interest reports are listed.
        cases_from: the source of the cases.
        charts: draw charts.

    Returns:
        The files of the site, the index first.

    >>> from lgsco import published
    >>> from lgsco.site import site_pages
    >>> pages = site_pages(published.reviews(), published.register(), averages=published.averages())
    >>> [page.path for page in pages][:4]
    ['index.html', 'groups.html', 'map.html', 'methods.html']

    Raises:
        NotComparable: a council and year is duplicated in the reviews, with different figures.
        UnknownAuthority: a council is not in the register.
    """
    figures = SiteFigures(
        register=register,
        reviews=tuple(dict.fromkeys(reviews)),
        averages=tuple(averages),
        printed=tuple(printed),
        cases=tuple(cases),
        cases_from=cases_from,
        charts=charts,
    )
    return (
        index_page(figures),
        groups_page(figures),
        map_page(figures),
        methods_page(),
        *download_pages(figures),
        *(council_page(figures, authority) for authority in figures.paths),
        *(group_page(figures, group, year) for (group, year), _ in figures.groups()),
    )
