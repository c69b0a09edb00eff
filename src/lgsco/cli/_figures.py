"""The council and year that a command is asked for, of which something must be held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.errors import LgscoError
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.words import years_of_council
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from lgsco.comparison.comparisons import Comparison
    from lgsco.dataset import Against, Dataset
    from lgsco.model.authorities import Authority
    from lgsco.model.years import ReportingYear


class NoFigures(LgscoError, LookupError):
    """No figures for this council and year."""


def council_in(data: Dataset, name: str, year: ReportingYear, *, even_without_figures: bool = False) -> Authority:
    """
    Return the council of a name, of which anything is held in the year.

    With ``even_without_figures`` a council of which nothing is held in any year will do, if others are in this year.

    Raises:
        NoFigures: nothing is; names the years of which something is.
    """
    council = data.review(name, year).authority
    years = years_of_council(data, council)
    if year not in years:
        # An abolished council without figures is refused as such, with its successors.
        data.register.find(name, year.end)
        if even_without_figures and not years and year in data.years:
            return council
        raise NoFigures(wording.no_figures(str(council), str(year), years))
    return council


def comparisons_of(
    data: Dataset, council: Authority, year: ReportingYear, against: Against = "others"
) -> list[Comparison]:
    """Return the comparisons with the printed averages, and with the other councils where there are enough of them."""
    comparisons = []
    for measure in KEY_STATISTICS:
        comparisons.append(data.compare(council, year, measure))
        others = data.compare(council, year, measure, against=against)
        if others.benchmark_range is not None:
            comparisons.append(others)
    return comparisons
