"""How the figures of the site are made, what they cannot bear, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.comparison.groups import FEWEST_AUTHORITIES
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import SERIES_BREAKS
from lgsco.reports.elements import Column, ColumnKind, Report, Row, Section, Table
from lgsco.reports.words import MADE_BY, UNITS
from lgsco.site.pages import body_of, page

if TYPE_CHECKING:
    from lgsco.site.pages import SitePage

__all__ = ["methods_page"]


def methods_page() -> SitePage:
    """Give the page on methods, made of the definitions themselves where there are any."""
    body, pictures = body_of(_methods(), "methods.html", {}, charts=False)
    return page("methods.html", "Methods", body, pictures)


def _methods() -> Report:
    statistics = Table(
        "What each statistic counts",
        "Statistic",
        columns=tuple(Column(name, ColumnKind.TEXT) for name in ("Counted", "Out of", "Nothing to count")),
        rows=tuple(Row(one.title, (one.counted, one.over, one.nothing)) for one in KEY_STATISTICS),
    )
    breaks = Table(
        "Breaks in the series",
        "From",
        columns=(Column("What changed", ColumnKind.TEXT),),
        rows=tuple(Row(str(one.year), (one.what,)) for one in SERIES_BREAKS if one.breaks),
    )
    return Report(
        "Methods",
        scope="Every page of this site.",
        units=UNITS,
        made_by=MADE_BY,
        sections=(
            Section(
                "Four things that are never the same",
                items=(
                    "Not held: the figure may have been published, but is not here.",
                    "Nothing to count: where there were no cases there is no rate, and it is said in words.",
                    "A true nought: so many cases, and none of them counted.",
                    "A figure, always with the counts behind it.",
                ),
            ),
            Section(
                "The three statistics",
                paragraphs=(
                    (
                        "A rate is computed from its counts and rounded once, halves up, as the Ombudsman does."
                        " Complaints that were closed early, sent back or given advice are in neither number of the"
                        " uphold rate."
                    ),
                    (
                        "Where only a percentage and what it is of were printed, the count is used if exactly one whole"
                        " number fits. Otherwise the rate is not held."
                    ),
                ),
                tables=(statistics,),
            ),
            Section(
                "What chance alone could do",
                paragraphs=(
                    (
                        "Beside each rate stands a 95% Wilson interval: rates that may well lie behind so many cases."
                        " A difference is called one only where the score test finds it, and borderline where another"
                        " sound method, or the rounding of the printed average, would decide otherwise."
                    ),
                    (
                        "In a funnel, limits at 95% and 99.8% stand about the average of the councils held and widen"
                        " where cases are few. Chance alone puts 1 council in 20 beyond the first, 1 in 500 beyond the"
                        " second."
                    ),
                ),
            ),
            Section(
                "Similar authorities",
                paragraphs=(
                    (
                        "The Ombudsman compares a council with those of its group, and includes it in the average that"
                        " it prints. An average that is computed here pools the cases of the councils held, without"
                        " the council itself, and says of how many councils it is."
                    ),
                    (
                        f"Where rates of fewer than {FEWEST_AUTHORITIES} councils are held, or of less than half of the"
                        " group, nothing is computed or drawn: the page says what is held and what is missing."
                    ),
                ),
            ),
            Section(
                "From year to year",
                paragraphs=(
                    (
                        "No line is drawn across a break, nor across a year that is not held. The figures of a council"
                        " that was abolished and of the one that came after it are not one series."
                    ),
                ),
                tables=(breaks,),
            ),
            Section(
                "What the figures do not say",
                items=(
                    (
                        "Bare numbers do not prove a council good or bad. Larger councils receive more complaints, and"
                        " one controversy can bring many."
                    ),
                    (
                        "Nothing here is a rank. Councils stand by name, and a position against limits is no more than"
                        " that."
                    ),
                    "The councils that are held are not a sample drawn at random: those not held may differ.",
                ),
            ),
            Section(
                "Whose figures these are",
                paragraphs=(
                    (
                        "Figures that the Local Government and Social Care Ombudsman published, read from its pages"
                        " and letters or as quoted by councils and newspapers; each page names its sources. They are"
                        " shown as printed, and where they contradict themselves that is said beside them. Copyright"
                        " in the Ombudsman's publications is held by the Commission for Local Administration in"
                        " England."
                    ),
                    (
                        "Contains data from mySociety's UK Local Authority Names and Codes, CC BY 4.0; source of codes:"
                        " Office for National Statistics, Open Government Licence v3.0."
                    ),
                    (
                        "Neither the Ombudsman, nor mySociety, nor the Office for National Statistics made or endorsed"
                        " this site."
                    ),
                ),
            ),
        ),
    )
