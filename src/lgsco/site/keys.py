"""Keys of pages: a digest of all that a page is a function of, known before the page is made."""

from __future__ import annotations

import hashlib
import json
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING

from lgsco.convert.converter import json_form
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import KEY_STATISTICS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from lgsco.model.authorities import Authority, AuthorityType
    from lgsco.model.years import ReportingYear
    from lgsco.site.figures import SiteFigures


class PageKeys:
    """
    The keys of the pages of a site.

    In each are the code of the package, the options, the register and the addresses of all pages; besides these

    - a council's page depends on its own figures and cases, on the averages of its groups, on those of England,
      and on the counts of its group in its newest year with a statistic;
    - a group's page depends on what is printed of its members in its year, on their cases, and on its averages;
    - the first pages and the downloads depend on the whole dataset, but for the style and the methods.
    """

    def __init__(self, figures: SiteFigures) -> None:
        self._figures = figures
        data = figures.data
        self._cases: dict[Authority | None, list[object]] = {}
        for case in data.cases:
            self._cases.setdefault(case.decision.authority, []).append(case)
        for agreed in data.improvements:
            self._cases.setdefault(agreed.authority, []).append(agreed)
        self._rows: dict[Authority, list[object]] = {}
        for (council, _), printed in figures.as_printed.items():
            self._rows.setdefault(council, []).extend(printed)
        for count in data.counts:
            self._rows.setdefault(figures.register.entry(count.authority).authority, []).append(count)
        self._of_group_year: dict[tuple[AuthorityType | None, ReportingYear], str] = {}
        self._of_type: dict[AuthorityType, str] = {}

    @cached_property
    def shared(self) -> str:
        """What every page depends on."""
        figures = self._figures
        options = [figures.charts, figures.suppression, figures.as_at, figures.cases_from]
        return digest(_code(), options, figures.register, [*figures.paths.items()], [*figures.by_group])

    def first_page(self, path: str) -> str:
        """Return the key of a page that is neither of a council nor of a group."""
        figures = self._figures
        match path:
            case "style.css":
                return self.shared
            case "methods.html":
                return digest(self.shared, figures.date)
            case "index.html":
                return digest(self.shared, figures.date, [*figures.years_of.items()])
            case _:
                return self._whole

    @cached_property
    def _whole(self) -> str:
        return digest(self.shared, self._figures.data)

    def council(self, authority: Authority) -> str:
        """Return the key of the page of a council."""
        figures, data = self._figures, self._figures.data
        first = figures.first_year(authority)
        averages = [
            data.average(authority, year, measure) for year in figures.years_of[authority] for measure in KEY_STATISTICS
        ]
        return digest(
            self.shared,
            authority,
            self._rows.get(authority),
            self._cases.get(authority),
            averages,
            self._beside(authority.type),
            self._counts(comparison_group(authority, figures.register, first.end), first),
        )

    def group(self, group: AuthorityType, year: ReportingYear) -> str:
        """Return the key of the page of a group and year."""
        figures = self._figures
        reviews = figures.by_group[group, year]
        members = dict.fromkeys(
            [*(review.authority for review in reviews), *figures.register.in_group(group, year.end)]
        )
        return digest(
            self.shared,
            self._counts(group, year),
            [figures.as_printed.get((council, year)) for council in members],
            [self._cases.get(council) for council in members],
            [*figures.averages[group, year].values()],
        )

    def _beside(self, kind: AuthorityType) -> str:
        """Return a digest of what the years of a council are shown beside."""
        if kind not in self._of_type:
            data = self._figures.data
            averages = [average for average in data.averages if average.group is kind]
            self._of_type[kind] = digest(averages, data.national)
        return self._of_type[kind]

    def _counts(self, group: AuthorityType | None, year: ReportingYear) -> str:
        key = (group, year)
        if key not in self._of_group_year:
            reviews = () if group is None else self._figures.by_group.get((group, year), ())
            self._of_group_year[key] = digest(group, year, reviews)
        return self._of_group_year[key]


def digest(*parts: object) -> str:
    """
    Return a digest of values, lists of values and text.

    >>> len(digest("a", ["b"])), digest("a", ["b"]) == digest("a", "b")
    (64, False)
    """
    return hashlib.sha256(json.dumps(parts, default=json_form).encode()).hexdigest()


@cache
def _code() -> str:
    """Return a digest of the package: its version alone does not tell one commit from the next."""
    return digest([hashlib.sha256(file.read_bytes()).hexdigest() for file in _files(resources.files("lgsco"))])


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry
