"""The figures of a site by council, by year and by group, and the paths of its pages."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import attrs

from lgsco.comparison.groups import insufficient_data
from lgsco.model.authorities import AuthorityType, authority_order, comparison_group
from lgsco.model.measures import KEY_STATISTICS, uphold_rate
from lgsco.render.html import slug
from lgsco.reports.cards import newest_date
from lgsco.reports.words import NOT_HELD, averages_of, statistic_cell

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from lgsco.comparison.funnels import Funnel
    from lgsco.dataset import Dataset
    from lgsco.documents.figures import PrintedAverage, PrintedReview
    from lgsco.model.authorities import Authority, Register
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.sources import Source
    from lgsco.stats.suppression import SuppressionPolicyLike

GroupYear: TypeAlias = tuple[AuthorityType, "ReportingYear"]


@attrs.frozen(kw_only=True)
class SiteFigures:
    """The figures that a site is made of."""

    data: Dataset
    cases_from: Source | None
    charts: bool
    suppression: SuppressionPolicyLike = "off"
    as_at: dt.date | None = None
    years_of: dict[Authority, tuple[ReportingYear, ...]] = attrs.field(init=False, factory=dict)
    """The years of which anything is known of a council."""
    by_group: dict[GroupYear, list[AnnualReview]] = attrs.field(init=False, factory=dict)
    as_printed: dict[tuple[Authority, ReportingYear], list[PrintedReview]] = attrs.field(init=False, factory=dict)
    paths: dict[Authority, str] = attrs.field(init=False, factory=dict)
    """The path of the page of each council that has one."""
    links: dict[str, str] = attrs.field(init=False, factory=dict)
    """Addresses of these pages by name, as seen from a folder; without the names that two councils have."""
    averages: dict[GroupYear, dict[ProportionMeasure, PrintedAverage]] = attrs.field(init=False, factory=dict)
    funnels: dict[GroupYear, Funnel] = attrs.field(init=False, factory=dict)
    """Those of the uphold rate that were asked for so far; every council of a group asks for the same one."""

    def __attrs_post_init__(self) -> None:
        years: dict[Authority, set[ReportingYear]] = {}
        for review in sorted(self.data.reviews(), key=lambda review: (authority_order(review.authority), review.year)):
            years.setdefault(review.authority, set()).add(review.year)
            group = comparison_group(review.authority, self.register, review.year.end)
            if group is not None:
                self.by_group.setdefault((group, review.year), []).append(review)
        for row in self.data.printed:
            council = row.authority(self.register)
            years.setdefault(council, set()).add(row.year)
            self.as_printed.setdefault((council, row.year), []).append(row)
        for average in self.data.averages:
            self.by_group.setdefault((average.group, average.year), [])
        self.years_of.update({council: tuple(sorted(years[council])) for council in sorted(years, key=authority_order)})
        self.averages.update({(group, year): averages_of(self.data, group, year) for group, year in self.by_group})
        self.paths.update(_paths(self.years_of))
        names = Counter(authority.name for authority in self.paths)
        self.links.update(
            {council.name: f"../{path}" for council, path in self.paths.items() if names[council.name] == 1}
        )

    @property
    def register(self) -> Register:
        """The councils."""
        return self.data.register

    @property
    def date(self) -> dt.date | None:
        """The date of the figures: the one that was asked for, or else the newest of their sources."""
        data = self.data
        known = (data.printed, data.counts, data.averages, data.national, data.regional)
        return self.as_at or newest_date(row.source for rows in known for row in rows)

    @property
    def newest(self) -> ReportingYear | None:
        """The newest year of which anything is known."""
        return max((years[-1] for years in self.years_of.values()), default=None)

    def first_year(self, authority: Authority) -> ReportingYear:
        """Return the newest year with any statistic, with which a council's page opens; without one the newest."""
        years = self.years_of[authority]
        statistics = product(reversed(years), KEY_STATISTICS)
        known = (
            year for year, measure in statistics if statistic_cell(self.data, authority, year, measure) != NOT_HELD
        )
        return next(known, years[-1])

    def in_order(self) -> tuple[AnnualReview, ...]:
        """Return every review, by name and year."""
        return tuple(sorted(self.data.reviews(), key=lambda review: (authority_order(review.authority), review.year)))

    def groups(self) -> Iterator[tuple[GroupYear, list[AnnualReview]]]:
        """Return the reviews of each group and year, the newest year first."""
        order = list(AuthorityType)
        yield from sorted(self.by_group.items(), key=lambda item: (-item[0][1].ending, order.index(item[0][0])))

    def size(self, group: AuthorityType, year: ReportingYear) -> int:
        """Return the number of councils of a group on the last day of a year."""
        return len(self.register.in_group(group, year.end))

    def funnel(self, group: AuthorityType, year: ReportingYear) -> Funnel:
        """Return the funnel of the uphold rate of a group and year of which any count is held."""
        if (group, year) not in self.funnels:
            self.funnels[group, year] = self.data.funnel(group, year, uphold_rate)
        return self.funnels[group, year]

    def insufficient_data(self, group: AuthorityType, year: ReportingYear) -> str | None:
        """Return why too little is held of a group to draw it; ``None`` where there is enough."""
        reviews = len(self.by_group[group, year])
        return insufficient_data(reviews, reviews, self.size(group, year))

    def too_few_rates(self, group: AuthorityType, year: ReportingYear, measure: ProportionMeasure) -> str | None:
        """Return why too few rates of one statistic are held of a group; ``None`` where there are enough."""
        rates = [rate for review in self.by_group[group, year] if (rate := measure(review)) is not None]
        return insufficient_data(sum(rate.value is not None for rate in rates), len(rates), self.size(group, year))


def _paths(authorities: Iterable[Authority]) -> dict[Authority, str]:
    """Return a path for each council made of its name, with a number where two are alike."""
    paths: dict[Authority, str] = {}
    # Windows writes no file of the name of a device.
    taken = {f"councils/{device}" for device in _DEVICES}
    for authority in authorities:
        name = path = f"councils/{slug(authority.name)}"
        number = 1
        while path in taken:
            number += 1
            path = f"{name}-{number}"
        taken.add(path)
        paths[authority] = f"{path}.html"
    return paths


_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))


def group_path(group: AuthorityType, year: ReportingYear) -> str:
    """Return the path of the page of a group and year."""
    return f"groups/{slug(group.label)}-{slug(str(year))}.html"
