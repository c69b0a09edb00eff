"""
The headings of published tables: in what words a column says what it holds, and how well we know that.

No real spreadsheet was available: the headings are those that newspapers and councils quote, and others that we assume.
"""

from __future__ import annotations

import functools
import re
from enum import Enum
from typing import TYPE_CHECKING, final

from lgsco._values import value
from lgsco.documents.table_fields import AREAS, TableField
from lgsco.readers.days import MONTH_NAMES, MONTHS
from lgsco.readers.scanner import plain, without_marks, without_years
from lgsco.readers.sentences import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator


@final
@value
class Heading:
    """
    One way to head a column.

    ``words`` are as ``plain`` gives them. ``field`` is ``None`` for a total, which is that of the columns beside it.
    """

    words: str
    field: TableField | None
    evidence: Evidence


_TABLE = """
name | | authority name; authority; council; council name; local authority; local authority name; name of authority;
    name of council; name; body; body name; organisation; organisation name; body in jurisdiction;
    bodies in jurisdiction
code | | code; ons code; gss code; ons gss code; authority code; area code; council code; local authority code;
    la code
year | | year; financial year; reporting year; year ending; year ended; year to; period; year ending 31 march
adult_care_services | adult care services; adult social care | adult social care services; adult care;
    adults social care; adult services
benefits_and_tax | benefits and tax | benefits and taxation; tax and benefits
corporate_and_other_services | corporate and other services; corporate services; corporate | corporate and other;
    corporate services and other
education_and_childrens_services | education and childrens services | education and children services;
    education and childrens; childrens services and education; education childrens services
environmental_services | environmental services public protection and regulation;
    environmental services and public protection; environmental services and regulation; environmental services |
    environmental services and public protection and regulation; environment services;
    environment and public protection; environment and regulation; environmental services public protection;
    environmental services public protection and regulations
highways_and_transport | highways and transport; highways | transport and highways; highways transport
housing | housing | housing services
planning_and_development | planning and development | planning
other | other | others; other services; other complaints
received | | received; total received; complaints received; total complaints received;
    complaints and enquiries received; total complaints and enquiries received
invalid_or_incomplete | invalid or incomplete; incomplete invalid; invalid | invalid and incomplete;
    incomplete or invalid; incomplete
advice_given | advice given | advice
referred_back | referred back for local resolution; referred back | referred back to local resolution;
    referred back for local resolutions
closed_after_initial_enquiries | closed after initial enquiries; closed after initial enquiry |
    closed after initial inquiries; closed after enquiries; closed
not_upheld | not upheld | not upheld decisions; complaints not upheld; decisions not upheld
upheld | upheld | upheld decisions; complaints upheld; decisions upheld; upheld complaints; number upheld;
    upheld cases; cases upheld
decided | | decided; total decided; complaints decided; total complaints decided; decisions made; total decisions;
    complaints and enquiries decided; total complaints and enquiries decided; decisions
uphold_rate | uphold rate | upheld rate; percent upheld; upheld percent; percentage upheld; complaints upheld percent;
    percentage of complaints upheld; percent of complaints upheld; percentage of investigations upheld;
    percent of investigations upheld
uphold_average | average uphold rate | average uphold rate of similar authorities;
    average uphold rate for similar authorities; average uphold rate in similar authorities;
    similar authorities uphold rate; similar authority uphold rate; average uphold rate of similar organisations;
    average uphold rate of authorities of this type; uphold rate similar authorities; average upheld rate
upheld_per_100k | | upheld per 100 000 residents; upheld decisions per 100 000 residents; upheld per 100k;
    upheld decisions per 100k residents; upheld per 100 000; upheld decisions per 100 000; upheld decisions per 100k;
    upheld per 100k residents; upheld decisions per 100 000 population
upheld_per_100k_average | | average upheld decisions per 100 000 residents; average upheld per 100 000 residents;
    average upheld per 100k; average upheld decisions per 100 000 residents of similar authorities;
    average upheld decisions per 100k residents; average upheld decisions per 100 000;
    average upheld per 100 000 residents of similar authorities
not_for_us | | not for us; not for us or not ready for us to investigate; not for us or not ready;
    not for us not ready for us to investigate
assessed_and_closed | | assessed and closed; assessed closed
investigated | investigated; investigated upheld not upheld | investigations; detailed investigations;
    total investigations; complaints investigated; total investigated; total detailed investigations;
    number of investigations; cases investigated; number of detailed investigations
not_investigated | not investigated | complaints not investigated
dealt_with | | dealt with; complaints dealt with; total dealt with; total complaints dealt with
complied | | complied; compliant; recommendations complied with; number complied; total complied; satisfied;
    compliance satisfied; remedy complied with; recommendations implemented; compliance with recommendations
complied_on_time | | complied on time; on time; remedy complete and satisfied on time; completed on time;
    compliance on time; complied with on time; remedied on time
complied_late | | complied late; late; late compliance; completed late; compliance late; complied with late;
    remedy completed late; remedied late
not_complied | | not complied; not compliant; non compliance; non compliant; not complied with;
    remedy not complied with; recommendations not complied with; not satisfied
compliance_outcomes | | compliance outcomes; total compliance outcomes; number of compliance outcomes;
    compliance decisions; total recommendations; recommendations due; remedies due; recommendations due for compliance
compliance_rate | compliance rate | compliance percent; percent compliance; percentage compliance;
    compliance rate with recommendations
compliance_average | | average compliance rate; average compliance rate of similar authorities;
    average compliance rate for similar authorities; average compliance rate in similar authorities;
    similar authorities compliance rate; compliance rate similar authorities
satisfactory_remedies | satisfactorily by authority before lgo involvement | satisfactory remedies;
    satisfactory remedy; satisfactory remedy decisions; upheld with satisfactory remedy;
    satisfactory remedy provided by authority; satisfactory remedies provided; satisfactory remedy provided;
    satisfactory remedy before complaint reached ombudsman; satisfactorily by authority before lgsco involvement;
    upheld satisfactory remedy provided
remedied_by_ombudsman | by lgo | by lgsco; by ombudsman; remedied by lgsco; by the ombudsman
satisfactory_remedy_rate | | satisfactory remedy rate; satisfactory remedy percent; satisfactory remedies percent;
    percentage satisfactory remedy; percent satisfactory remedy; remedy rate; satisfactory remedies rate
satisfactory_remedy_average | | average satisfactory remedy rate;
    average satisfactory remedy rate of similar authorities; average satisfactory remedy rate for similar authorities;
    similar authorities satisfactory remedy rate; average satisfactory remedy rate in similar authorities;
    satisfactory remedy rate similar authorities; average remedy rate
total | total | totals; grand total; all; overall total; sum
"""
"""What heads each field: the words that newspapers and councils quote, and the words that we assume."""


def _read(table: str) -> Iterator[Heading]:
    for row in re.sub(r"\n +", " ", table).strip().splitlines():
        field, *columns = re.split(r" *\| *", row)
        for evidence, words in zip((Evidence.QUOTED, Evidence.ASSUMED), columns, strict=True):
            for heading in filter(None, words.split("; ")):
                yield Heading(heading, None if field == "total" else TableField(field), evidence)


HEADINGS = (*_read(_TABLE),)
"""Every heading that is understood, and the column that it heads."""

_BY_WORDS = {heading.words: heading.field for heading in HEADINGS}
_AVERAGES = frozenset(
    {
        TableField.UPHOLD_AVERAGE, TableField.COMPLIANCE_AVERAGE, TableField.REMEDY_AVERAGE,
        TableField.UPHELD_PER_100K_AVERAGE,
    }
)  # fmt: skip
# The names of groups that may be within the heading of an average: "Average County Council uphold rate".
_OF_A_GROUP = re.compile(
    r"\b(?:county|district|metropolitan|unitary|london) (?:boroughs?|councils?|authority|authorities)\b ?"
)
# A council's own table heads a column with its initials, which end in C for council.
_INITIALS = re.compile(r"[A-Z]{1,5}C (?=\w)")
_BRACKETS = re.compile(r"[\[(]([^\[\]()]{0,200})[\])]")
_NEUTRAL = frozenset(
    """
    all and area areas authorities authority body bodies by case cases category categories complaint complaints count
    counts council councils data decided decision decisions detailed enquiries figures financial for from in
    investigations lgo lgsco local made no number numbers of ombudsman on outcome outcomes overview performance
    received recommendations remedies remedy reporting s service services social care statistics subject table the
    to total totals type volume volumes n compliance annual review letter letters ombudsmans government period inclusive
    between covering about english england during
    """.split()  # noqa: SIM905  # a list of words is read more easily than one of texts
)
"""Words above a heading, or in brackets after it, that do not change what it heads."""
_ALTERING = frozenset(
    """
    average averages benchmark change changes cumulative decrease difference differences forecast increase last max
    maximum mean median min minimum movement pct per percent percentage percentages previous prior proportion
    proportions quarter quarterly q1 q2 q3 q4 rank ranking rate rates ratio share shares target targets trend variance
    versus vs ytd days weeks months estimate estimated expected half
    """.split()  # noqa: SIM905  # the same
)
"""Words that make another figure of what they are beside."""


def is_neutral(text: str) -> bool:
    """
    Return True where words above or beside a heading do not change what it heads.

    >>> is_neutral("Complaints decided (number)"), is_neutral("Change"), is_neutral("Children")
    (True, False, False)
    """
    return all(word in _NEUTRAL for word in plain(text).split())


def is_note(text: str) -> bool:
    """
    Return True where words above or between rows are a remark, and no title of what is below them.

    >>> is_note("In 2019-20 the way of counting changed"), is_note("Source: the Ombudsman"), is_note("In 2019-20")
    (True, True, False)
    """
    return _A_NOTE.match(text) is not None and not is_neutral(without_years(text))


_A_NOTE = re.compile(r"notes?\b|source\b|[*\[(]|(?:in|since|before|from|for|figures for|until|after)\b", re.IGNORECASE)


def alters(text: str) -> bool:
    """
    Return True where a title says that the numbers below are no counts of a year: percentages, changes, half a year.

    >>> alters("Percentages"), alters("Decided 2023-24 (to 31 December)"), alters("Decided, uphold rate (%)")
    (True, True, False)
    """
    words = plain(text)
    months = {MONTHS[word] for word in words.split() if word in MONTH_NAMES}
    last = _TO_MONTH.search(words)
    return (
        any(_ALTERS.fullmatch(each) for each in (words, plain(without_years(text))))
        or (len(months) > 1 and months != _YEAR_ENDS)
        or (last is not None and MONTHS[last["month"]] not in _YEAR_ENDS)
        or _PERIODS.search(words) is not None
    )


_YEAR_ENDS = {3, 4}
_TO_MONTH = re.compile(
    rf"\b(?:to|until|till)(?: the)?(?: end of)?(?: [0-9]{{1,2}}(?:st|nd|rd|th)?)? (?P<month>{'|'.join(MONTHS)})\b"
)
_PERIODS = re.compile(r"\b(?:two|three|four|five|six|nine|ten|[2-9]|10) (?:year|month|quarter)s?\b")


_ALTERS = re.compile(
    r"(?:table \w{1,4} )?(?:percent(?:age)?s?|proportions?|changes?|differences?|shares?|ranks?|ranking|targets?|"
    r"averages?|medians?|per 100 000)\b(?! upheld decision).{0,200}"
    r"|.{0,200}\b(?:percentages|as (?:a )?(?:percent|percentage|proportion|share) of .{0,100}|quarter [1-4]|q[1-4]|"
    r"(?:first|second|third|fourth) quarter|half year|to date|so far|days|weeks)"
    r"|.{0,200}\b(?:change|difference|percentage change|increase) (?:in|from|since|on|between|over)\b.{0,200}"
    r"|.{0,200}\b(?:forecasts?|projected|projections?|stage (?:[1-3]|one|two|three))\b.{0,200}"
    r"|.{0,200}\b(?:housing|parliamentary|health service|public services) ombudsman\b.{0,200}"
)


@functools.lru_cache(maxsize=4096)
def fields_of(heading: str) -> tuple[TableField | None, ...]:
    """
    Return the field that a heading heads, ``None`` for a total; nothing where it is not understood.

    >>> fields_of("Average uphold rate (%) of similar authorities"), fields_of("Total"), fields_of("Rank")
    ((TableField.UPHOLD_AVERAGE,), (None,), ())
    >>> fields_of("Sent back to us [Referred back for local resolution]"), fields_of("Upheld (change)")
    ((TableField.REFERRED_BACK,), ())
    """
    bare, _ = without_marks(heading)
    words = plain(bare).split()
    # A share of something is not its count, wherever the sign of per cent is.
    is_share = "percent" in words
    texts = [bare, _INITIALS.sub("", bare, count=1)]
    brackets = _BRACKETS.findall(bare)
    if brackets:
        outside = _BRACKETS.sub(" ", bare)
        if all(map(is_neutral, (bracket.replace("%", "").replace("#", "") for bracket in brackets))):
            texts.append(outside)
        elif _ALTERING.isdisjoint(plain(outside).split()):
            texts += brackets
    for text in texts:
        folded = plain(text)
        unsigned = " ".join(word for word in folded.split() if word != "percent")
        for words_, of_group in ((folded, False), (unsigned, False), (folded, True), (unsigned, True)):
            known = _OF_A_GROUP.sub("", words_).strip() if of_group else words_
            if known in _BY_WORDS:
                field = _BY_WORDS[known]
                if of_group and known != words_ and field not in _AVERAGES:
                    continue
                if not is_share or (field is not None and field.holds is not int):
                    return (field,)
    return ()


def clashes(text: str, field: TableField | None) -> bool:
    """
    Return True where words above a heading say that it is of another table: what was decided, not what was received.

    >>> clashes("Complaints decided", TableField.HOUSING), clashes("Received and decided", TableField.HOUSING)
    (True, False)
    """
    words = set(plain(text).split())
    return field in _AREAS and not _NOT_RECEIVED.isdisjoint(words) and words.isdisjoint(_RECEIVED)


def is_of_one_area(title: str) -> bool:
    """
    Return True where a title says that the figures are of one service, and not of the whole council.

    >>> is_of_one_area("Housing complaints 2023-24"), is_of_one_area("Social Care Ombudsman: complaints decided")
    (True, False)
    """
    words = {*plain(title).split()}
    return not words.isdisjoint(_ONE_AREA) and not words.isdisjoint(_OF_COMPLAINTS)


_ONE_AREA = {
    "housing", "planning", "highways", "education", "adult", "adults", "children", "childrens", "benefits",
    "environmental", "transport",
}  # fmt: skip
_AREAS = frozenset(AREAS)
_RECEIVED = {"received", "receipt"}
_NOT_RECEIVED = {
    "decided", "decision", "decisions", "upheld", "investigated", "investigations", "remedies", "compliance",
}  # fmt: skip
_OF_COMPLAINTS = {"complaint", "complaints", "uphold", *_RECEIVED, *_NOT_RECEIVED}


# --- Rows that summarise


class Summary(Enum):
    """How a row summarises others, by its name."""

    TOTAL = "total"
    """The sum of rows beside it."""
    WHOLE = "whole"
    """A region, a group or the country: the sum of rows beside it, or of more than are there."""
    OTHER = "other"
    """An average or another measure that is not a sum."""


_REGIONS = (
    "north east", "north west", "yorkshire and the humber", "yorkshire and humber", "yorkshire", "east midlands",
    "west midlands", "east of england", "eastern", "london", "greater london", "south east", "south west", "midlands",
    "inner london", "outer london", "the north", "the south",
)  # fmt: skip
_GROUPS = (
    r"(?:all )?(?:english )?(?:(?:shire )?count(?:y|ies)|(?:shire )?districts?|(?:non )?metropolitan|mets?"
    r"|unitar(?:y|ies)|london|shires?|local|similar|other|comparator|single tier|upper tier|lower tier|two tier)"
    r"(?: and (?:county|district|metropolitan|unitary|london))?"
    r"(?: (?:county|district|borough|unitary|metropolitan|city|shire))?"
    r"(?: (?:councils|authorities|boroughs|districts|counties|unitaries|organisations))?"
)
_SUMMARIES = (
    (Summary.OTHER, re.compile(
        r"(?:.{0,60} )?(?:averages?|median)(?: .{0,60})?|(?:the )?mean(?: .{0,60})?|.{0,60} mean"
        r"|(?:minimum|maximum|min|max|range|benchmark|target|variance|change|difference|std dev|standard deviation|rank"
        r"|percent(?:age)?s?|lower quartile|upper quartile|nearest neighbours|family group|peer group)"
        r"(?: (?:percent|on last year|on previous year|of total))?|percent(?:age)? (?:change|of .{0,40})"
    )),
    (Summary.TOTAL, re.compile(r"(?:grand |overall |sub ?|column |sheet )?totals?|sum|overall|all")),
    (Summary.WHOLE, re.compile(
        r"(?:grand |sub ?|overall )?totals? .{0,60}|.{0,60} (?:sub ?)?totals?|(?:sum|count) of .{0,60}"
        r"|(?:all|overall|other) (?:english |other |the )?(?:councils|authorities|bodies|england|organisations|areas)"
        r"(?: .{0,40})?|england(?: (?:overall|all|and wales|councils|authorities|only))?"
        r"|national(?:ly)?(?: (?:figures?|position|picture|overall))?|uk|united kingdom|great britain"
        rf"|(?:{'|'.join(_REGIONS)})(?: region)?(?: (?:councils|authorities|boroughs|districts))?"
        r"|(?:region|group) .{0,20}"
    )),
)  # fmt: skip
_GROUP = re.compile(_GROUPS)
_PLURAL = re.compile(
    r".*\b(?:councils|authorities|boroughs|districts|counties|unitaries|organisations|mets|shires|metropolitan|unitary)"
)


@functools.lru_cache(maxsize=4096)
def summary_of(name: str) -> Summary | None:
    """
    Return how a row of this name summarises others; ``None`` for a council. No council is called so.

    >>> summary_of("Grand total"), summary_of("South East"), summary_of("Mean"), summary_of("Kent County Council")
    (<Summary.TOTAL: 'total'>, <Summary.WHOLE: 'whole'>, <Summary.OTHER: 'other'>, None)
    """
    if name.startswith("="):
        # A formula is no name, whatever it sums.
        return None
    words = plain(_BRACKETS.sub(" ", name) or name).removeprefix("the ")
    for summary, pattern in _SUMMARIES:
        if pattern.fullmatch(words):
            return summary
    return Summary.WHOLE if _GROUP.fullmatch(words) and _PLURAL.fullmatch(words) else None
