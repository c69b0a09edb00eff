"""All pages of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.site.councils import council_page
from lgsco.site.downloads import download_pages
from lgsco.site.groups import group_page, groups_page
from lgsco.site.held import Held
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
    Give the pages of a site of all councils of a register.

    An index in which a council is found by its name, a page for each council of which there are reviews, a page for
    each group and year of which anything is held, a sketch map, methods, and downloads. Where too little of a group is
    held its page says so instead of drawing it. ``averages`` are printed averages; ``printed`` are figures as printed,
    whose contradictions are told; of ``cases`` the public interest reports are listed.

    Pages link to one another by relative addresses, so that they can be read from a folder without a server.
    Nothing is drawn before ``content()`` of a page is asked for.

    >>> from lgsco import published
    >>> from lgsco.site import site_pages
    >>> pages = site_pages(published.reviews(), published.register(), averages=published.averages())
    >>> [page.path for page in pages][:4]
    ['index.html', 'groups.html', 'map.html', 'methods.html']

    Raises:
        NotComparable: one council and year stands twice in the reviews, with different figures.
        UnknownAuthority: a council is not in the register.
    """
    held = Held(
        register=register,
        reviews=tuple(dict.fromkeys(reviews)),
        averages=tuple(averages),
        printed=tuple(printed),
        cases=tuple(cases),
        cases_from=cases_from,
        charts=charts,
    )
    return (
        index_page(held),
        groups_page(held),
        map_page(held),
        methods_page(),
        *download_pages(held),
        *(council_page(held, authority) for authority in held.paths),
        *(group_page(held, group, year) for (group, year), _ in held.groups()),
    )
