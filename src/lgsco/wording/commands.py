"""The sentences that only commands print: on a council's year and its history, on a funnel, and on files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of
from lgsco.stats.intervals import half_up
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from lgsco.sources import Source

# --- A council's year

AVERAGES_INCLUDE_COUNCIL = "Averages are as printed by the Ombudsman and include the council itself."


def similar_authorities(group: str | None) -> str:
    """Name the comparison group of a council."""
    return f"Similar authorities: {group or 'none, since this body stands in no comparison group'}."


def average_computed_from(title: str, councils: int, group_size: int) -> str:
    """State from how many of the other councils of a group an average is computed."""
    return (
        f"Others held ({title.lower()}): computed here from {councils} of the {group_size} other councils, their cases"
        " pooled."
    )


def counted(title: str, counted: str, over: str) -> str:
    """Define a statistic by what is counted, and of what."""
    return f"{title}: {counted}, of {over}."


def source_line(source: Source | None) -> str:
    """Return the title and the address of a source in a line."""
    return "not known." if source is None else source.title + (f", {source.url}" if source.url else ".")


def council_sources(own: Source | None, averages: Sequence[Source | None], *, shared: bool) -> list[str]:
    """Name the sources of a council's figures and of averages; ``shared`` where both are of one source."""
    if shared and not averages:
        return [f"Figures of the council and averages: {source_line(own)}"]
    return [f"Figures of the council: {source_line(own)}", *(f"Averages: {source_line(source)}" for source in averages)]


def no_figures(council: str, year: str, years: Iterable[object]) -> str:
    """State that no figures of a council and year are held, and of which years there are."""
    names = ", ".join(map(str, years))
    return f"no figures of {council} are held for {year}" + (f"; held: {names}" if names else "")


# --- A council's history

NO_YEAR_WITH_CASES = "No year with cases is held."
DECIDED_AFTER_END = "Complaints about it were still decided afterwards; the figures of those years are its own."


def no_history(council: str, notes: Sequence[str]) -> str:
    """State that no figures of a council are held, with what is known of it otherwise."""
    return " ".join([f"no figures of {council} are held.", *notes])


def trend(sentence: str | None, fewest: int) -> str:
    """Report a trend, or that there are too few years for one."""
    return f"Trend: {sentence or f'too short to tell, it needs {fewest} years with cases on one footing.'}"


def run_rules(sentence: str) -> str:
    """Report what the run rules of a control chart find."""
    return f"Run rules: {sentence}"


def years_without_comparison(years: Iterable[object]) -> str:
    """Name the years that are compared with no other year."""
    return f"Set beside no other year, since none with cases is held on the same footing: {', '.join(map(str, years))}."


def years_not_held(years: Iterable[object]) -> str:
    """Name the years between others of which nothing is held."""
    return f"Not held: {', '.join(map(str, years))}."


def series_break(year: str, what: str, broken: Sequence[str], cautioned: Sequence[str]) -> str:
    """State what changed at the beginning of a year, which rates it breaks, and which need care."""
    advice = []
    if broken:
        advice.append(f"Do not compare the {' or the '.join(broken)} with the years before.")
    if cautioned:
        advice.append(f"Compare the {' and the '.join(cautioned)} with the years before with care.")
    return f"From {year}: {what}. {' '.join(advice)}"


def created(council: str, day: dt.date, predecessors: Sequence[tuple[str, Sequence[object]]]) -> str:
    """State when a council was created, and which councils it followed, each with the years held of it."""
    return f"{council} was created on {date(day)}. {_others('Before', predecessors)}"


def abolished(council: str, day: dt.date, successors: Sequence[tuple[str, Sequence[object]]]) -> str:
    """State when a council was abolished, and which councils followed it, each with the years held of it."""
    return f"{council} was abolished on {date(day)}. {_others('After', successors)}"


def _others(when: str, councils: Sequence[tuple[str, Sequence[object]]]) -> str:
    coverage = [(council, ", ".join(map(str, years))) for council, years in councils]
    names = [f"{council} ({f'held: {years}' if years else 'nothing held'})" for council, years in coverage]
    return f"{when} it stood {'; '.join(names)}, whose figures are no part of this series."


# --- A funnel

POSITION_IS_NO_RANK = (
    "By name, not by rate: a position is no rank. Chance alone puts 1 council in 20 beyond an alert limit."
)


def no_funnel(reason: str | None) -> str:
    """State that there is no funnel, and why."""
    return f"There is no funnel: {reason}."


def limits_about(target: Fraction, target_is: str, councils: int, group_size: int | None, spread: str) -> str:
    """State what the limits of a funnel are drawn about, and how wide they are."""
    return (
        f"Limits about {half_up(100 * target, 1)}%, {target_is}; {councils} of {group_size} councils of the group are"
        f" held. Alert limits are at 95%, alarm limits at 99.8%; {spread}."
    )


def councils_without_rate(names: Iterable[str]) -> str:
    """Name the councils whose figures lack a rate."""
    return f"Held without this rate: {', '.join(names)}."


def overdispersed(phi: float) -> str:
    """State by how much councils differ beyond chance, where limits do not allow for it."""
    return (
        f"Among themselves the councils vary {phi:.1f} times as much as chance alone would have them vary (phi);"
        " --overdispersion additive widens the limits for that."
    )


# --- Files

NO_FILES = "There are no files."
NOT_UNDERSTOOD = "Not understood, or not there:"
NOTHING_CONTRADICTS = "Nothing contradicts."
NO_CONTRADICTION_IN_LETTER = "Nothing in it contradicts its own counts."


def not_found(parts: Iterable[str]) -> str:
    """Name the parts of a document that were not found."""
    return f"not found: {', '.join(parts)}"


def no_column_for(fields: Iterable[str]) -> str:
    """Name the fields for which a table has no column."""
    return f"no column for: {', '.join(fields)}"


def letter_title(council: str, year: str, dated: dt.date | None) -> str:
    """Return what a letter is, to whom and of which day."""
    return f"Annual review letter to {council}, {year}{'' if dated is None else f', of {date(dated)}'}"


def listing_summary(decisions: int, dates: Sequence[dt.date], duplicates: int) -> str:
    """State how many decisions a listing has, of which dates, and how many copies were left out."""
    when = " to ".join(dict.fromkeys(map(date, (min(dates), max(dates))))) if dates else "without dates"
    copies = f", {number_of(duplicates, 'copy', 'copies')} folded" if duplicates else ""
    return f"{number_of(decisions, 'decision')}, {when}{copies}"


def case_list_summary(decisions: int | None, compliance: int | None) -> str:
    """State how many decisions and compliance outcomes an own export has; ``None`` where it has no such column."""
    parts = [
        None if decisions is None else number_of(decisions, "decision"),
        None if compliance is None else number_of(compliance, "compliance outcome"),
    ]
    return " and ".join(filter(None, parts))


def is_a_folder(name: str) -> str:
    """State that a folder was named where a file should be."""
    return f"{name}: is a folder, and this command reads one file"


def figures_not_understood(kinds: int, shown: int) -> str:
    """State how many kinds of problems there are beyond those that are shown, and what lists them."""
    return f"and {number_of(kinds - shown, 'more kind')} of problem: lgsco collect lists all"


def collected(file: str, summary: str) -> str:
    """State what was written, and of how much."""
    return f"Written to {file}: {summary}."


def no_such_folder(file: str) -> str:
    """State that a file cannot be written, since its folder does not exist."""
    return f"{file}: its folder does not exist"


def published_decisions(files: Sequence[str]) -> str:
    """Name the files from which decisions are counted; of many only the first."""
    names = ", ".join(files) if len(files) <= _FEW_FILES else f"{files[0]} and {len(files) - 1} more files"
    return f"LGSCO, published decisions: {names}"


_FEW_FILES = 3
