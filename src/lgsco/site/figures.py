"""The figures of a site by council, by year and by group, and the paths of its pages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import attrs

from lgsco.comparison.groups import insufficient_data
from lgsco.model.authorities import AuthorityType, authority_order, comparison_group
from lgsco.render.html import slug
from lgsco.reports.words import printed_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lgsco.documents.figures import PrintedAverage, PrintedReview
    from lgsco.model.authorities import Authority, Register
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.reports.cases import Case
    from lgsco.sources import Source

__all__ = ["GroupYear", "SiteFigures", "group_path"]

GroupYear: TypeAlias = tuple[AuthorityType, "ReportingYear"]


@attrs.frozen(kw_only=True)
class SiteFigures:
    """The figures that a site is made of."""

    register: Register
    reviews: tuple[AnnualReview, ...]
    printed: tuple[PrintedReview, ...]
    averages: tuple[PrintedAverage, ...]
    cases: tuple[Case, ...]
    cases_from: Source | None
    charts: bool
    by_council: dict[Authority, list[AnnualReview]] = attrs.field(init=False, factory=dict)
    by_year: dict[ReportingYear, list[AnnualReview]] = attrs.field(init=False, factory=dict)
    by_group: dict[GroupYear, list[AnnualReview]] = attrs.field(init=False, factory=dict)
    as_printed: dict[tuple[Authority, ReportingYear], list[PrintedReview]] = attrs.field(init=False, factory=dict)
    cases_of: dict[Authority, list[Case]] = attrs.field(init=False, factory=dict)
    paths: dict[Authority, str] = attrs.field(init=False, factory=dict)
    """The path of the page of each council that has one."""
    links: dict[str, str] = attrs.field(init=False, factory=dict)
    """The same by name, without the names that two councils have."""

    def __attrs_post_init__(self) -> None:
        for review in sorted(self.reviews, key=lambda review: (authority_order(review.authority), review.year)):
            self.by_council.setdefault(review.authority, []).append(review)
            self.by_year.setdefault(review.year, []).append(review)
            group = comparison_group(review.authority, self.register, review.year.end)
            if group is not None:
                self.by_group.setdefault((group, review.year), []).append(review)
        for average in self.averages:
            self.by_group.setdefault((average.group, average.year), [])
        for figures in self.printed:
            self.as_printed.setdefault((figures.authority(self.register), figures.year), []).append(figures)
        for case in self.cases:
            self.cases_of.setdefault(case.decision.authority, []).append(case)
        self.paths.update(_paths(self.by_council))
        names = Counter(authority.name for authority in self.paths)
        self.links.update({council.name: path for council, path in self.paths.items() if names[council.name] == 1})

    def in_order(self) -> tuple[AnnualReview, ...]:
        """Return every review, by name and year."""
        return tuple(review for reviews in self.by_council.values() for review in reviews)

    def average(self, review: AnnualReview, measure: ProportionMeasure) -> PrintedAverage | None:
        """Return the printed average of a council's group and year."""
        group = comparison_group(review.authority, self.register, review.year.end)
        return printed_for(self.averages, group, review.year).get(measure)

    def groups(self) -> Iterator[tuple[GroupYear, list[AnnualReview]]]:
        """Return the reviews of each group and year, the newest year first."""
        order = list(AuthorityType)
        yield from sorted(self.by_group.items(), key=lambda item: (-item[0][1].ending, order.index(item[0][0])))

    def size(self, group: AuthorityType, year: ReportingYear) -> int:
        """Return the number of councils of a group on the last day of a year."""
        return len(self.register.in_group(group, year.end))

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
    taken: set[str] = set()
    for authority in sorted(authorities, key=authority_order):
        name = path = f"councils/{slug(authority.name)}"
        number = 1
        while path in taken:
            number += 1
            path = f"{name}-{number}"
        taken.add(path)
        paths[authority] = f"{path}.html"
    return paths


def group_path(group: AuthorityType, year: ReportingYear) -> str:
    """Return the path of the page of a group and year."""
    return f"groups/{slug(group.label)}-{slug(str(year))}.html"
