"""The sentences of a site: its index, its pages of councils and groups, its map, its methods and its downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.wording.comparisons import small
from lgsco.wording.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SITE_TITLE = "What the Ombudsman publishes about councils"
FAR_FROM_ALL = "We do not have every figure that the Ombudsman has published."
METHODS_LINK = "How they are made, and whose they are"

# --- The index

INDEX_INTRODUCTION = (
    "How often the Local Government and Social Care Ombudsman found fault with an English council, whether the council"
    " did what was recommended, and how often it had already put things right: with the counts behind each rate and"
    " the average of similar councils."
)
FIND_HINT = "Part of its name, its short name or code, its group or its region"
FIND_IN_BROWSER = "Find a council with the search of your browser: all of them are on this page."
NO_FIGURES = "We have no figures:"
OMBUDSMANS_PAGE = "see the Ombudsman's page"


def index_coverage(councils: int, register_size: int) -> str:
    """State of how many councils of the register figures are held."""
    return (
        f"We have figures for {councils} of {register_size} councils, past and present; the Ombudsman has published"
        " figures of the others too. Councils are not ranked: bare numbers do not prove one good or bad."
    )


def figures_of(years: str) -> str:
    """State of which years figures are held."""
    return f"Figures of {years}."


# --- A council

NO_REPORTS_HELD = (
    "We have none, which does not mean that there was none: the Ombudsman lists them on the council's page."
)


def council_years(years: str) -> str:
    """Name the years that a page on a council covers."""
    return f"in {years}"


OTHER_YEARS = "Other years"
YEAR_AND_STATISTIC = "Year and statistic"


def printed_text(text: str, unit: str = "") -> str:
    """
    Word a figure that was printed as text; a bare bound, such as ">20000", in words.

    >>> printed_text(">20000"), printed_text(">99", "%"), printed_text("n/a")
    ('over 20,000', 'over 99%', 'n/a')
    """
    bound = text.removeprefix(">")
    return f"over {int(bound):,}{unit}" if bound != text and bound.isdecimal() else text


def other_years(caption: str) -> str:
    """
    Name a table of several years by what the table of one year is about.

    >>> other_years("The three statistics")
    'The three statistics in other years'
    """
    return f"{caption} in other years"


def no_statistic_held(years: Sequence[str]) -> str:
    """State that nothing of the three statistics is held for some years."""
    return f"We have none of the three statistics for {listed(years)}."


def few_cases(rates: Sequence[str], fewest: int) -> str:
    """State which rates are of few cases."""
    return (
        f"Fewer than {fewest} cases, so that one case more or less would move the rate by over 3 percentage points:"
        f" {'; '.join(rates)}."
    )


def on_group_page(group: str, year: str) -> str:
    """Name the link to the page of a group."""
    return f"All {small(group)} side by side, {year}"


def in_being_from(day: str) -> str:
    """State when a council began to exist."""
    return f"In being from {day}"


def abolished_on(day: str) -> str:
    """State when a council ceased to exist."""
    return f"Abolished on {day}"


# --- Groups

GROUPS_INTRODUCTION = (
    "The Ombudsman compares a council with those of its group: county councils, district councils, metropolitan"
    " boroughs, unitary councils and London boroughs. The City of London and the Isles of Scilly are in none, because"
    " none is published for them."
)


GROUPS_CAPTION = "How many councils of each group we have figures for"


def coverage_of(councils: int, rates: int, size: int) -> str:
    """State of how many councils of a group any figure is held, and of how many the uphold rate."""
    return f"{councils} of {size}; uphold rate: {rates}"


def names(councils: Iterable[str]) -> str:
    """Name councils in a sentence of their own."""
    return f"{listed(councils)}."


def too_little_of_group(reason: str) -> str:
    """State that too little of a group is held to show it, and why."""
    return f"That is too little to draw a funnel of the group or to work out an average of it: {reason}."


def groups_drawn(groups: Sequence[str]) -> str:
    """State of which groups and years enough is held to draw them."""
    enough = f"There are enough for {listed(groups)}." if groups else "There are enough for no group."
    return (
        "Where we have the uphold rate of fewer than five councils, or of less than half of a group, its page says"
        f" which councils they are and which are missing, without this chart. {enough}"
    )


# --- England

ENGLAND = "England"
ENGLAND_BY_YEAR = "England by year"
ENGLAND_COLUMNS = ("Uphold rate", "Compliance rate", "Complaints received", "Investigations")
ENGLAND_INTRODUCTION = "What the Ombudsman published for all councils and years together, as it stands there."
ENGLAND_CARE = (
    "Uphold rates before and after 2022-23 cannot be compared, because the way of counting changed: from then on fewer"
    " borderline cases are investigated."
)
NO_NATIONAL_FIGURES = (
    "We have no figures for all of England. See the Ombudsman's Review of Local Government Complaints."
)


def averages_of_groups(title: str) -> str:
    """Name a table of the averages of one statistic."""
    return f"{title}: average of each group (Ombudsman's figure)"


# --- The map

NO_MAP = "There is no map: we do not have the regions of these councils."
TILE_WITH_FIGURES = "we have figures, and the tile leads to them"
TILE_WITHOUT_FIGURES = "we have none, which does not mean that none were published"
NO_REGION = "In no region"


def map_introduction(year: str) -> str:
    """Explain the tiles of a map."""
    return (
        f"A tile for each council that was in being at the end of {year}, all of one size, in alphabetical order in its"
        " region. The table below has the name and the uphold rate of each."
    )


def map_columns(year: str) -> tuple[str, ...]:
    """Return the headings of the table of the map."""
    return "Tile", "Council", "Kind", f"Uphold rate, {year}", "Figures held"


def map_words(tiles: int, with_figures: int) -> str:
    """State how many councils a map shows."""
    return f"Of the {tiles} councils we have figures for {with_figures}."


def map_tile(label: str, council: str, *, has_figures: bool) -> str:
    """
    Name the council of a tile, and state whether figures of it are held.

    >>> map_tile("KEN", "Kent County Council", has_figures=True)
    'KEN: Kent County Council, with figures'
    """
    return f"{label}: {council}, {'with figures' if has_figures else 'no figures'}"


# --- Downloads

DOWNLOADS_INTRODUCTION = (
    "The figures behind these pages. In a CSV an empty cell is not known, which is not zero; what is in each column"
    " its metadata say, after CSV on the Web."
)
AS_DATASET = (
    "All of these figures as one dataset, contradictions included, which lgsco reads: lgsco site --figures figures.json"
)
EVERY_COUNCIL = "Every council of the register"
EVERY_RATE = "The three statistics of each council and year, beside the Ombudsman's average"
EVERY_COUNT = "The counts of each council and year"
EVERY_AVERAGE = "Averages of groups, as the Ombudsman prints them"
PASSING_ON = "Whoever passes them on says"
WHOSE_THEY_ARE = "whose they are"
COLUMN_MEANINGS = {
    "authority": "The council's name today",
    "code": "Its code of the Office for National Statistics",
    "authority_type": "What kind of body it is; of an average, the Ombudsman's comparison group",
    "comparison_group": "The Ombudsman's comparison group, where it stands in one",
    "start": "Its first day, where that is known",
    "end": "The first day on which it no longer existed",
    "easting_km": "A central point on the British National Grid, kilometres to the east",
    "northing_km": "A central point on the British National Grid, kilometres to the north",
    "years_held": "The reporting years of which figures are held",
    "page": "The council's page on this site",
    "year_ending": "The last day of the reporting year",
    "measure": "Which statistic",
    "numerator": "How many were counted",
    "denominator": "Out of how many",
    "percent": "The rate in whole per cent",
    "lower": "Lower end of the likely range (95% Wilson interval), as a share from 0 to 1",
    "upper": "Upper end of the likely range (95% Wilson interval), as a share from 0 to 1",
    "benchmark": "The Ombudsman's average of similar councils, as a share from 0 to 1",
    "position": "Where the rate lies against control limits about the average",
    "verdict": "What the comparison comes to",
    "investigations": "Investigations: upheld and not upheld",
    "satisfactory_remedies": "Upheld decisions that the council had already put right",
    "complied": "Compliance outcomes that were satisfactory, late ones included",
    "late": "Of those, carried out late",
    "source_basis": "Whether the figures were published, or made from cases",
}


def columns_of(table: str) -> str:
    """Name the metadata of a table."""
    return f"What is in the columns of {table}.csv"


# --- Methods

STATES = (
    "Not held: we do not have this figure. See the Ombudsman's page.",
    "None due: where there were no cases there is no rate, and it is said in words.",
    "Zero: there were cases, and none of them counted.",
    "A rate, with the counts behind it.",
    "A percentage or a count by itself, where the rest is not held.",
)
RATES = (
    (
        "A rate is worked out from its counts. Percentages are rounded to whole numbers, as the Ombudsman does."
        " Complaints that were closed early, sent back or given advice are in neither number of the uphold rate."
    ),
    (
        "Where only a percentage and what it is of were printed, the count is used if exactly one whole number fits."
        " Otherwise the percentage is shown without its counts."
    ),
)
CHANCE = (
    (
        "A council's figures go up and down from year to year even when nothing about its service changes. The likely"
        " range beside each rate (a 95% Wilson interval) shows how far the rate could be from the council's underlying"
        " rate because the number of cases is small. A difference is called real only where the score test finds it,"
        " and too close to call where another sound method, or the rounding of the average, would decide otherwise."
    ),
    (
        "In a funnel, limits at 95% and 99.8% are drawn about the average of the councils shown and widen where cases"
        " are few. Chance alone puts 1 council in 20 outside the first, 1 in 500 outside the second."
    ),
)
YEARS = (
    (
        "No line is drawn across a break, nor across a year that we do not have. The figures of a council that was"
        " abolished and of the one that came after it are not one series."
    ),
)
LIMITS = (
    (
        "Bare numbers do not prove a council good or bad. Larger councils receive more complaints, and one controversy"
        " can bring many."
    ),
    "Councils are in alphabetical order, not ranked. A position against limits is no more than that.",
    "The councils that we have figures for are not a sample drawn at random: the rest may differ.",
)
OWNERS = (
    (
        "Figures that the Local Government and Social Care Ombudsman published, read from its pages and letters or as"
        " quoted by councils and newspapers; each page names its sources. They are shown unchanged, and where they"
        " contradict themselves that is said beside them. Copyright in the Ombudsman's publications is held by the"
        " Commission for Local Administration in England."
    ),
    (
        "Contains data from mySociety's UK Local Authority Names and Codes, CC BY 4.0; source of codes: Office for"
        " National Statistics, Open Government Licence v3.0."
    ),
    "Neither the Ombudsman, nor mySociety, nor the Office for National Statistics made or endorsed this site.",
)


def similar_authorities(fewest: int) -> tuple[str, str]:
    """Explain the averages of groups, and from how few councils none is computed."""
    return (
        (
            "The Ombudsman compares a council with those of its group, and includes it in the average that it prints."
            " An average that is worked out here is of all cases of the other councils that we have figures for, and"
            " says of how many councils it is."
        ),
        (
            f"Where we have rates for fewer than {fewest} councils, or for less than half of the group, nothing is"
            " worked out or drawn: the page says which councils there are and which are missing."
        ),
    )
