"""
Hypothesis strategies for every public type of lgsco, for whoever tests code that uses them.

Each strategy is named by the plural of its type, narrows by keyword, and builds valid values instead of filtering.
Where a part of a value may be unknown it sometimes is; ``known=True`` leaves unknown parts out.
Where the package is installed, ``hypothesis.strategies.from_type`` knows the types without further ado.

>>> from lgsco import AuthorityType
>>> from lgsco import strategies
>>> kent = strategies.authorities(types=st.just(AuthorityType.COUNTY_COUNCIL))
>>> decisions = strategies.decisions(authorities=kent, known=True)

Needs the extra ``lgsco[hypothesis]``.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import string
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin

import attrs
from hypothesis import strategies as st

from lgsco.audits import Certainty, Finding, FindingKind
from lgsco.authorities import Authority, AuthorityType, Register, RegisterEntry
from lgsco.casework import (
    ComplianceOutcome,
    ComplianceStatus,
    Decision,
    Enquiry,
    Investigation,
    Outcome,
    Recommendation,
    RecommendationKind,
    ReportingYear,
    SeriesBreak,
    ServiceArea,
)
from lgsco.comparisons import Caution, CautionKind, Comparison, OtherCount
from lgsco.funnels import Adjustment, Funnel, FunnelPoint, LimitMethod, Overdispersion, Position, Scale
from lgsco.inference import Difference, DifferenceMethod, TestResult, difference, too_little
from lgsco.intervals import Interval, ProportionMethod, Sides, half_up
from lgsco.measures import (
    KEY_STATISTICS,
    Measure,
    compliance_rate,
    investigation_rate,
    late_compliance_rate,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.peers import Average, AverageMethod, Part
from lgsco.printed import (
    AnnualLetter,
    NotApplicable,
    Passage,
    PassageTopic,
    PrintedAverage,
    PrintedNational,
    PrintedPer100k,
    PrintedPercent,
    PrintedPopulationAverage,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.rates import Population, PopulationRate, Proportion
from lgsco.sources import Basis, Source
from lgsco.tallies import (
    AnnualReview,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Overview,
    ReceivedTally,
    Tally,
)
from lgsco.verdicts import Target, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lgsco.comparisons import Benchmark

__all__ = [
    "annual_letters",
    "annual_reviews",
    "authorities",
    "authority_types",
    "averages",
    "benchmarks",
    "cautions",
    "comparisons",
    "compliance_outcome_lists",
    "compliance_outcomes",
    "compliance_tallies",
    "consistent_printed_reviews",
    "decision_lists",
    "decision_tallies",
    "decisions",
    "differences",
    "enquiries",
    "findings",
    "funnel_points",
    "funnels",
    "intervals",
    "investigation_tallies",
    "investigations",
    "measures",
    "names",
    "other_counts",
    "overdispersions",
    "overviews",
    "parts",
    "passages",
    "population_rates",
    "populations",
    "printed_averages",
    "printed_nationals",
    "printed_per_100ks",
    "printed_percents",
    "printed_population_averages",
    "printed_reviews",
    "printed_statistics",
    "printed_tallies",
    "proportions",
    "received_tallies",
    "recommendations",
    "references",
    "register_entries",
    "registers",
    "reporting_years",
    "results_of_tests",
    "review_groups",
    "series_breaks",
    "sources",
    "targets",
]

T = TypeVar("T")
AnyTally = TypeVar("AnyTally", bound=Tally)
MAX_COUNT = 5_000
"""The greatest count drawn where the caller names none: more than any council has cases in a year."""


@functools.lru_cache(maxsize=256)
def _or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    # Kept: Hypothesis looks into a strategy the first time that it draws from it, which takes longer than drawing.
    return st.none() | strategy


def _maybe(strategy: st.SearchStrategy[T], *, known: bool) -> st.SearchStrategy[T | None]:
    return strategy if known else _or_none(strategy)


# --- Words

# Without separators (they could stand at an end, where no value takes them) and without what no file can hold.
_WORD = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
_TRICKY_NAMES = (
    "Kent County Council",
    "Durham County Council",  # a unitary council
    "Bournemouth, Christchurch and Poole Council",
    "Bath & North East Somerset Council",
    "King\N{RIGHT SINGLE QUOTATION MARK}s Lynn and West Norfolk Borough Council",
    "King's Lynn & West Norfolk",
    "London Borough of Barking & Dagenham",
    "City of London",
    "Example Care (UK) Ltd (23 012 345)",
    "St. Helens",
    "Stoke-on-Trent City Council",
    'The "Old Rectory" Residential Home',
    "Sedgemoor; Mendip",
    "=1+1",
    "n/a",
    "2020",
)


def names() -> st.SearchStrategy[str]:
    """
    Names of bodies: some as they are found in print, some of any letters and signs.

    Leaves out control characters, and spaces other than one between two words.
    """
    return st.sampled_from(_TRICKY_NAMES) | _WORD | st.builds("{} {}".format, _WORD, _WORD)


_NAMES = names()
_TEXTS = _WORD | st.builds(
    "{}{}{}".format, _WORD, st.sampled_from((" ", "\n", "\N{NO-BREAK SPACE}", ", ", "\t")), _WORD
)


_SPANS = st.integers(0, 1_500).map(dt.timedelta)
_OFFSETS = st.integers(0, 365)


def _day_of(draw: st.DrawFn, year: ReportingYear) -> dt.date:
    return min(year.start + dt.timedelta(draw(_OFFSETS)), year.end)


def _day_from(draw: st.DrawFn, day: dt.date, *, known: bool) -> dt.date | None:
    span = draw(_maybe(_SPANS, known=known))
    return None if span is None else day + span


def _day_to(draw: st.DrawFn, day: dt.date, *, known: bool) -> dt.date | None:
    span = draw(_maybe(_SPANS, known=known))
    return None if span is None else day - span


_DAYS = st.dates(dt.date(1975, 1, 1), dt.date(2100, 3, 31))


# --- Who and when


def authority_types(*, comparison_groups: bool = False) -> st.SearchStrategy[AuthorityType]:
    """Kinds of body; with ``comparison_groups=True`` only the five that the Ombudsman averages."""
    return st.sampled_from([kind for kind in AuthorityType if kind.is_comparison_group or not comparison_groups])


_TYPES = authority_types()
_GROUPS = authority_types(comparison_groups=True)
_CODES = st.builds("{}{:08}".format, st.sampled_from(string.ascii_uppercase), st.integers(0, 99_999_999))


@st.composite
def authorities(draw: st.DrawFn, *, types: st.SearchStrategy[AuthorityType] = _TYPES, known: bool = False) -> Authority:
    """
    Bodies of any type under any name, with and without a code.

    Leaves out that a code's first letter and a body's type go together, and that a name suits its type.
    """
    return Authority(draw(_NAMES), draw(types), code=draw(_maybe(_CODES, known=known)))


_AUTHORITIES = authorities()
_COUNCILS = authorities(types=_GROUPS)


def _folded(name: str) -> str:
    return "".join(re.findall(r"\w", name.casefold().replace("&", "and")))


def _councils(
    *, min_size: int, max_size: int, types: st.SearchStrategy[AuthorityType]
) -> st.SearchStrategy[list[Authority]]:
    """Draw bodies that no spelling and no code could confuse."""
    return st.lists(
        authorities(types=types),
        min_size=min_size,
        max_size=max_size,
        unique_by=(lambda body: _folded(body.name), lambda body: body.code or _folded(body.name)),
    )


@st.composite
def register_entries(draw: st.DrawFn, *, authorities: st.SearchStrategy[Authority] = _AUTHORITIES) -> RegisterEntry:
    """
    What a register could know of one body, taken alone.

    Leaves out agreement with any other entry: take ``registers()`` where successors must lead somewhere.
    """
    authority = draw(authorities)
    start = draw(st.none() | _DAYS)
    end = _day_from(draw, (start or dt.date(1990, 1, 1)) + dt.timedelta(1), known=False)
    return RegisterEntry(
        authority,
        group=draw(st.none() | _GROUPS),
        start=start,
        end=end,
        successors=() if end is None else tuple(draw(st.lists(authorities, max_size=2))),
        predecessors=() if start is None else tuple(draw(st.lists(authorities, max_size=2))),
        spellings=tuple(draw(st.lists(_NAMES, max_size=2))),
        former_codes=tuple(draw(st.lists(_CODES, max_size=2))),
        region=draw(st.none() | st.sampled_from(("South East", "Yorkshire and The Humber"))),
        centre_km=draw(st.none() | st.tuples(st.integers(80, 660), st.integers(0, 660))),
    )


@st.composite
def registers(draw: st.DrawFn, *, min_size: int = 0, max_size: int = 6) -> Register:
    """
    Registers of councils, some abolished and succeeded by others, each found under its own name and code.

    Leaves out names and spellings that two bodies share, and chains of successors that come round to their beginning.
    """
    bodies = draw(_councils(min_size=min_size, max_size=max_size, types=_TYPES))
    taken = {_folded(body.name) for body in bodies}
    entries = []
    for at, body in enumerate(bodies):
        entry = draw(register_entries(authorities=st.just(body)))
        heirs = bodies[at + 1 :]
        spellings = [spelling for spelling in entry.spellings if _folded(spelling) not in taken]
        taken.update(map(_folded, spellings))
        entries.append(
            RegisterEntry(
                body,
                group=body.type if body.type.is_comparison_group else None,
                start=entry.start,
                end=entry.end,
                successors=()
                if entry.end is None or not heirs
                else tuple(draw(st.lists(st.sampled_from(heirs), max_size=2, unique=True))),
                spellings=tuple(spellings),
                region=entry.region,
                centre_km=entry.centre_km,
            )
        )
    return Register(tuple(draw(st.permutations(entries))))


def reporting_years(*, min_ending: int = 1975, max_ending: int = 2100) -> st.SearchStrategy[ReportingYear]:
    """Reporting years by the year in which they end; leaves out those after 2100 unless they are asked for."""
    return st.builds(ReportingYear, st.integers(min_ending, max_ending))


_YEARS = reporting_years()


def series_breaks(*, years: st.SearchStrategy[ReportingYear] = _YEARS) -> st.SearchStrategy[SeriesBreak]:
    """Changes of footing in any year, not only those that there were."""
    return st.builds(SeriesBreak, years, _TEXTS)


def sources(*, bases: st.SearchStrategy[Basis] | None = None) -> st.SearchStrategy[Source]:
    """Where figures came from; leaves out addresses with anything but letters and digits in their path."""
    return st.builds(
        Source,
        _TEXTS,
        url=st.none() | st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{0,8}", fullmatch=True),
        published_on=st.none() | _DAYS,
        basis=st.sampled_from(Basis) if bases is None else bases,
    )


_SOURCES = sources()


# --- Cases


def references() -> st.SearchStrategy[str]:
    """Case references in the three forms that there are: ``19 003 456``, ``17 002 402b`` and ``96/A/1637``."""
    number = st.builds("{:02} {:03} {:03}".format, st.integers(0, 99), st.integers(0, 999), st.integers(0, 999))
    letter = st.sampled_from(string.ascii_lowercase)
    old = st.builds(
        "{:02}/{}/{}".format, st.integers(0, 99), st.sampled_from(string.ascii_uppercase), st.integers(0, 99_999)
    )
    return number | st.builds("{}{}".format, number, letter) | old


_REFERENCES = references()
_FLAGS, _NO = st.booleans(), st.just(value=False)


@st.composite
def decisions(
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = _AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    outcomes: st.SearchStrategy[Outcome | None] | None = None,
    known: bool = False,
) -> Decision:
    """
    Decisions about any body in any year; leaves out that the reference tells the year in which the case arrived.

    ``years`` are those in which the decisions are made; ``outcomes`` wins over ``known``.
    """
    outcome = draw(_maybe(st.sampled_from(Outcome), known=known) if outcomes is None else outcomes)
    remedy = _FLAGS if outcome is Outcome.UPHELD else _NO
    return Decision(
        draw(_REFERENCES),
        draw(authorities),
        outcome=outcome,
        decided_on=_day_of(draw, draw(years)),
        service_area=draw(_maybe(st.sampled_from(ServiceArea), known=known)),
        satisfactory_remedy=draw(_maybe(remedy, known=known)),
        public_report=draw(_maybe(_FLAGS, known=known)),
    )


_DECISIONS = decisions()


def decision_lists(
    decisions: st.SearchStrategy[Decision] = _DECISIONS, *, min_size: int = 0, max_size: int | None = None
) -> st.SearchStrategy[list[Decision]]:
    """Decisions that can be counted together; leaves out the same reference and body twice."""
    return st.lists(decisions, min_size=min_size, max_size=max_size, unique_by=_key)


_INVESTIGATED = st.sampled_from((Outcome.UPHELD, Outcome.NOT_UPHELD))
_INVESTIGATED_DECISIONS = decisions(outcomes=_INVESTIGATED)


@st.composite
def recommendations(draw: st.DrawFn, *, known: bool = False) -> Recommendation:
    """Things that a body agreed to do; leaves out payments above ten million pounds."""
    agreed = draw(_DAYS)
    return Recommendation(
        draw(st.sampled_from(RecommendationKind)),
        draw(_TEXTS),
        agreed_on=agreed if known or draw(_FLAGS) else None,
        due_on=_day_from(draw, agreed, known=known),
        completed_on=_day_from(draw, agreed, known=known),
        payment=draw(_maybe(_POUNDS, known=known)),
    )


# By digits: Decimal arithmetic would depend on the caller's context.
_POUNDS = st.integers(0, 1_000_000_000).map(lambda pence: Decimal(f"{pence // 100}.{pence % 100:02}")) | st.integers(
    0, 10_000_000
).map(Decimal)


@st.composite
def enquiries(draw: st.DrawFn, *, known: bool = False) -> Enquiry:
    """Questions to a body, answered in time, late or not at all; with ``known=True`` always answered."""
    sent = draw(_DAYS)
    return Enquiry(sent, sent + draw(_SPANS), answered_on=_day_from(draw, sent, known=known))


@st.composite
def investigations(
    draw: st.DrawFn, *, decisions: st.SearchStrategy[Decision] = _INVESTIGATED_DECISIONS, known: bool = False
) -> Investigation:
    """
    Cases that ended upheld or not upheld, with the work on them; ``decisions`` must be of these two outcomes.

    Leaves out that a case which is not upheld seldom ends in recommendations, and any order of its dates and theirs.
    """
    decision = draw(decisions)
    return Investigation(
        decision,
        opened_on=_day_to(draw, decision.decided_on, known=known),
        recommendations=tuple(draw(st.lists(recommendations(known=known), max_size=2))),
        enquiries=tuple(draw(st.lists(enquiries(known=known), max_size=2))),
    )


@st.composite
def compliance_outcomes(
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = _AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    known: bool = False,
) -> ComplianceOutcome:
    """
    What became of recommendations; ``years`` are those in which it is recorded.

    With ``known=True`` both dates are given, but for the completion of what was never completed.
    """
    recorded = _day_of(draw, draw(years))
    status = draw(st.sampled_from(ComplianceStatus))
    due: dt.date | None
    completed: dt.date | None
    if status is ComplianceStatus.NOT_COMPLIED:
        due, completed = _day_to(draw, recorded, known=known), None
    elif status is ComplianceStatus.ON_TIME:
        done = recorded - draw(_SPANS)
        due = _day_from(draw, done, known=known)
        completed = done if known or draw(_FLAGS) else None
    else:
        missed = recorded - dt.timedelta(1) - draw(_SPANS)
        due = missed if known or draw(_FLAGS) else None
        completed = min(missed + dt.timedelta(1) + draw(_SPANS), recorded) if known or draw(_FLAGS) else None
    return ComplianceOutcome(
        draw(_REFERENCES),
        draw(authorities),
        status=status,
        recorded_on=recorded,
        due_on=due,
        completed_on=completed,
    )


_COMPLIANCE_OUTCOMES = compliance_outcomes()


def compliance_outcome_lists(
    outcomes: st.SearchStrategy[ComplianceOutcome] = _COMPLIANCE_OUTCOMES,
    *,
    min_size: int = 0,
    max_size: int | None = None,
) -> st.SearchStrategy[list[ComplianceOutcome]]:
    """Compliance outcomes that can be counted together; leaves out the same reference and body twice."""
    return st.lists(outcomes, min_size=min_size, max_size=max_size, unique_by=_key)


def _key(case: Decision | ComplianceOutcome) -> tuple[str, Authority]:
    return case.reference, case.authority


# --- Counts


def _counts(max_count: int) -> st.SearchStrategy[int]:
    return st.integers(0, max_count)


def _told(
    draw: st.DrawFn, kind: type[AnyTally], true: dict[str, int], within: str | None = None, *, known: bool
) -> AnyTally:
    """Give a tally of true counts, of which some are not told; so whatever is told can be true."""
    if known:
        return kind(**true)
    hidden = draw(_some_of(tuple(true)))
    told: dict[str, int | None] = {name: None if name in hidden else count for name, count in true.items()}
    total = sum(count for name, count in true.items() if name != within) if draw(_FLAGS) else None
    # Every kind of tally takes a total; that of their base class, which is never made, does not say so.
    return cast("Callable[..., AnyTally]", kind)(**told, total=total)


@functools.cache
def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from(names))


@st.composite
def _with_a_part(
    draw: st.DrawFn, kind: type[AnyTally], counts: tuple[str, str, str], max_count: int, *, known: bool
) -> AnyTally:
    whole, other, inner = counts
    count = draw(_counts(max_count))
    true = {whole: count, other: draw(_counts(max_count)), inner: draw(_counts(count))}
    return _told(draw, kind, true, inner, known=known)


@st.composite
def _independent(
    draw: st.DrawFn, kind: type[AnyTally], counts: tuple[str, ...], max_count: int, *, known: bool
) -> AnyTally:
    return _told(draw, kind, {name: draw(_counts(max_count)) for name in counts}, known=known)


def investigation_tallies(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[InvestigationTally]:
    """
    Cases upheld and not upheld, with any part of them, or only their total, not known.

    Leaves out that counts go together: most tallies drawn are larger than a district council's.
    """
    return _with_a_part(InvestigationTally, ("upheld", "not_upheld", "satisfactory_remedies"), max_count, known=known)


def compliance_tallies(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[ComplianceTally]:
    """Compliance outcomes, with any part of them, or only their total, not known."""
    return _with_a_part(ComplianceTally, ("complied", "not_complied", "late"), max_count, known=known)


_OVERVIEW = ("not_for_us", "assessed_and_closed", "investigated")
_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_AREAS = tuple(area.value for area in ServiceArea)


def overviews(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[Overview]:
    """Complaints dealt with in the three groups of recent pages, with any of them, or only the total, not known."""
    return _independent(Overview, _OVERVIEW, max_count, known=known)


def decision_tallies(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[DecisionTally]:
    """Complaints decided by the six outcomes, with any of them, or only the total, not known."""
    return _independent(DecisionTally, _OUTCOMES, max_count, known=known)


def received_tallies(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[ReceivedTally]:
    """Complaints received by the nine service areas, with any of them, or only the total, not known."""
    return _independent(ReceivedTally, _AREAS, max_count, known=known)


@st.composite
def annual_reviews(
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = _AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> AnnualReview:
    """
    One body's year in counts that can all be true, any part of them not known.

    Leaves out reviews that only their gaps keep from contradicting themselves, such as 7 upheld of 5 investigated where
    the two stand in different parts.
    """
    decided = draw(decision_tallies(known=True, max_count=max_count)).known()
    remedies = draw(_counts(decided["upheld"]))
    three = DecisionTally(**decided).overview.known()
    two = {name: decided[name] for name in ("upheld", "not_upheld")} | {"satisfactory_remedies": remedies}

    def told(kind: type[AnyTally], true: dict[str, int], within: str | None = None) -> AnyTally | None:
        return _told(draw, kind, true, within, known=known) if known or draw(_FLAGS) else None

    return AnnualReview(
        draw(authorities),
        draw(years),
        investigations=told(InvestigationTally, two, "satisfactory_remedies"),
        compliance=draw(_maybe(compliance_tallies(known=known, max_count=max_count), known=known)),
        overview=told(Overview, three),
        decided=told(DecisionTally, decided),
        received=draw(_maybe(received_tallies(known=known, max_count=max_count), known=known)),
        source=draw(_maybe(_SOURCES, known=known)),
    )


@st.composite
def review_groups(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    min_size: int = 1,
    max_size: int = 8,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> tuple[AnnualReview, ...]:
    """Reviews of councils of one comparison group in one year; leaves out a council twice."""
    year, group = draw(years), draw(_GROUPS)
    bodies = draw(_councils(min_size=min_size, max_size=max_size, types=st.just(group)))
    return tuple(
        draw(annual_reviews(authorities=st.just(body), years=st.just(year), known=known, max_count=max_count))
        for body in bodies
    )


# --- Rates


_ONE_IN_FIVE = st.sampled_from((False, False, False, False, True))


@st.composite
def proportions(draw: st.DrawFn, *, defined: bool = False, max_count: int = MAX_COUNT) -> Proportion:
    """Shares of whole counts, none and all of them often; with ``defined=True`` never nought of nought."""
    denominator = draw(st.integers(1 if defined else 0, max_count))
    # All of them would hardly ever be drawn by chance.
    numerator = denominator if draw(_ONE_IN_FIVE) else draw(st.integers(0, denominator))
    return Proportion(numerator, denominator)


_PROPORTIONS = proportions()


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Limits between nought and one, at any usual confidence; leaves out the limits of rates per population."""
    sides = draw(st.sampled_from(Sides))
    lower, upper = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    return Interval(
        0.0 if sides is Sides.UPPER else lower,
        1.0 if sides is Sides.LOWER else upper,
        confidence=draw(_CONFIDENCES),
        method=draw(st.sampled_from(ProportionMethod)).value,
        sides=sides,
    )


_CONFIDENCES = st.sampled_from((0.95, 0.998, 0.8)) | st.floats(0.5, 0.9999)


def populations(*, min_people: int = 0, max_people: int = 60_000_000) -> st.SearchStrategy[Population]:
    """How many people lived somewhere on a day, nobody included; with ``min_people=1`` somebody always."""
    return st.builds(Population, st.integers(min_people, max_people), _DAYS, source=st.none() | _SOURCES)


def population_rates(*, defined: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[PopulationRate]:
    """Events per so many residents; with ``defined=True`` somebody lives there."""
    return st.builds(
        PopulationRate,
        _counts(max_count),
        populations(min_people=1 if defined else 0),
        per=st.sampled_from((100_000, 1_000, 1)) | st.integers(1, 1_000_000),
    )


_NAMED_MEASURES: tuple[Measure[Any, Proportion], ...] = (
    uphold_rate,
    compliance_rate,
    satisfactory_remedy_rate,
    late_compliance_rate,
    investigation_rate,
)


def measures(*, key: bool = False) -> st.SearchStrategy[Measure[Any, Proportion]]:
    """
    The measures that lgsco names; with ``key=True`` only the three key statistics.

    Leaves out those that ``upheld_per_population`` makes, which rest on populations of the caller's.
    """
    return st.sampled_from(KEY_STATISTICS if key else _NAMED_MEASURES)


_MEASURES = measures()


# --- What was printed


@st.composite
def printed_percents(draw: st.DrawFn, *, places: st.SearchStrategy[int] | None = None) -> PrintedPercent:
    """Percentages from 0 to 100 as printed, whole ones most; leaves out more than two decimals unless asked for."""
    drawn = draw(st.sampled_from((0, 0, 1, 2)) if places is None else places)
    return _percent(draw(st.integers(0, 100 * 10**drawn)), drawn)


def _percent(scaled: int, places: int) -> PrintedPercent:
    if scaled % 10**places == 0:
        return PrintedPercent(scaled // 10**places, places=places)
    return PrintedPercent(Decimal((0, tuple(map(int, str(scaled))), -places)), places=places)


_PERCENTS = printed_percents()
_PERCENTS_OR_NOT = st.just(NotApplicable.NOT_APPLICABLE) | _PERCENTS
_PER_100K = st.integers(0, 2_000).map(lambda tenths: Decimal(f"{tenths // 10}.{tenths % 10}"))
_BASE_NOUNS = st.sampled_from(
    (
        "detailed investigations",
        "investigations",
        "upheld decisions",
        "satisfactory remedy decisions",
        "compliance outcomes",
    )
)


def printed_statistics(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[PrintedStatistic]:
    """
    One of the three statistics as printed, any of it missing; its figures need not agree with one another.

    With ``known=True`` nothing is missing and nothing is "n/a".
    """
    percents = _PERCENTS if known else st.none() | _PERCENTS_OR_NOT
    return st.builds(
        PrintedStatistic,
        percent=percents,
        count=_maybe(_counts(max_count), known=known),
        base=_maybe(_counts(max_count), known=known),
        base_noun=_maybe(_BASE_NOUNS | _NAMES, known=known),
        average=percents,
    )


def printed_per_100ks(*, known: bool = False) -> st.SearchStrategy[PrintedPer100k]:
    """Upheld decisions per 100,000 residents as printed, with one decimal; leaves out rates above 200."""
    return st.builds(
        PrintedPer100k,
        rate=_maybe(_PER_100K, known=known),
        average=_PER_100K if known else st.none() | st.just(NotApplicable.NOT_APPLICABLE) | _PER_100K,
    )


PrintedTallyT = TypeVar("PrintedTallyT", Overview, DecisionTally, ReceivedTally)


def printed_tallies(
    counts: st.SearchStrategy[PrintedTallyT], *, known: bool = False, max_count: int = MAX_COUNT
) -> st.SearchStrategy[PrintedTally[PrintedTallyT]]:
    """Tables of the counts given, with a total beside them that often is their sum and need not be."""
    return counts.flatmap(lambda held: _with_total(held, known=known, max_count=max_count))


def _with_total(
    counts: PrintedTallyT, *, known: bool, max_count: int
) -> st.SearchStrategy[PrintedTally[PrintedTallyT]]:
    totals = st.just(sum(counts.known().values())) | _counts(10 * max_count)
    return _maybe(totals, known=known).map(lambda total: PrintedTally(counts, total=total))


def printed_reviews(
    *,
    names: st.SearchStrategy[str] = _NAMES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> st.SearchStrategy[PrintedReview]:
    """
    One council and year as printed, any of it missing; its figures need not agree with one another.

    Take ``consistent_printed_reviews`` where they must.
    """
    statistics = _maybe(printed_statistics(known=known, max_count=max_count), known=known)
    return st.builds(
        PrintedReview,
        names,
        years,
        upheld=statistics,
        compliance=statistics,
        remedies=statistics,
        per_100k=_maybe(printed_per_100ks(known=known), known=known),
        overview=_maybe(
            printed_tallies(overviews(known=known, max_count=max_count), known=known, max_count=max_count), known=known
        ),
        decided=_maybe(
            printed_tallies(decision_tallies(known=known, max_count=max_count), known=known, max_count=max_count),
            known=known,
        ),
        received=_maybe(
            printed_tallies(received_tallies(known=known, max_count=max_count), known=known, max_count=max_count),
            known=known,
        ),
        source=_maybe(_SOURCES, known=known),
    )


@st.composite
def consistent_printed_reviews(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] = _NAMES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> tuple[PrintedReview, InvestigationTally, ComplianceTally]:
    """
    What is printed of true counts, any of it missing, and the true counts of investigations and of compliance.

    Each percentage follows from its count and its true base, halves up; nought of nought has none.
    With ``known=True`` no statistic and no table is missing, nor anything of them but a percentage of nothing.
    Leaves out wrong bases, wrong names of a base and every other contradiction.
    """
    decided = draw(decision_tallies(known=True, max_count=max_count)).known()
    compliance = draw(compliance_tallies(known=True, max_count=max_count))
    truth = InvestigationTally(
        decided["upheld"],
        decided["not_upheld"],
        satisfactory_remedies=draw(st.integers(0, decided["upheld"])),
    )
    three = DecisionTally(**decided).overview.known()
    received = draw(received_tallies(known=True, max_count=max_count)).known()

    def statistic(rate: Proportion | None, *nouns: str) -> PrintedStatistic | None:
        return draw(_maybe(_statistic_of(rate, nouns, known=known), known=known)) if rate is not None else None

    def table(kind: type[PrintedTallyT], true: dict[str, int]) -> PrintedTally[PrintedTallyT] | None:
        if not known and draw(_FLAGS):
            return None
        held = _told(draw, kind, true, known=known)
        return PrintedTally(held, total=sum(true.values()) if known or draw(_FLAGS) else None)

    printed = PrintedReview(
        draw(names),
        draw(years),
        upheld=statistic(uphold_rate(truth), "detailed investigations", "investigations"),
        compliance=statistic(compliance_rate(compliance), "compliance outcomes"),
        remedies=statistic(satisfactory_remedy_rate(truth), "upheld decisions"),
        per_100k=draw(st.none() | printed_per_100ks()),
        overview=table(Overview, three),
        decided=table(DecisionTally, decided),
        received=table(ReceivedTally, received),
        source=draw(st.none() | _SOURCES),
    )
    return printed, truth, compliance


@st.composite
def _statistic_of(draw: st.DrawFn, rate: Proportion, nouns: tuple[str, ...], *, known: bool) -> PrintedStatistic:
    percents: st.SearchStrategy[PrintedPercent | NotApplicable | None]
    if rate.value is None:
        percents = st.none() | st.just(NotApplicable.NOT_APPLICABLE)
    else:
        places = draw(st.sampled_from((0, 0, 1, 2)))
        percents = _maybe(st.just(_percent(int(half_up(rate.value * 100 * 10**places)), places)), known=known)
    return PrintedStatistic(
        percent=draw(percents),
        count=draw(_maybe(st.just(rate.numerator), known=known)),
        base=draw(_maybe(st.just(rate.denominator), known=known)),
        base_noun=draw(_maybe(st.sampled_from(nouns), known=known)),
        average=draw(st.none() | _PERCENTS_OR_NOT),
    )


def printed_averages(
    *,
    groups: st.SearchStrategy[AuthorityType] = _GROUPS,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = _MEASURES,
) -> st.SearchStrategy[PrintedAverage]:
    """Averages of a comparison group as printed, for any measure, also those of which none is printed."""
    return st.builds(PrintedAverage, groups, years, measure=measures, percent=_PERCENTS, source=st.none() | _SOURCES)


def printed_population_averages(
    *, groups: st.SearchStrategy[AuthorityType] = _GROUPS, years: st.SearchStrategy[ReportingYear] = _YEARS
) -> st.SearchStrategy[PrintedPopulationAverage]:
    """A group's average of upheld decisions per 100,000 residents; leaves out averages above 200."""
    return st.builds(PrintedPopulationAverage, groups, years, per_100k=_PER_100K, source=st.none() | _SOURCES)


def printed_nationals(
    *, years: st.SearchStrategy[ReportingYear] = _YEARS, known: bool = False
) -> st.SearchStrategy[PrintedNational]:
    """One year's figures for England, as numbers and as text such as ``>99``; ``known=True`` leaves no gap."""
    percents = _maybe(_PERCENTS | st.sampled_from((">99", "over 80")), known=known)
    counts = _maybe(st.integers(0, 30_000) | st.sampled_from(("over 4,000", "about 17,500")), known=known)
    return st.builds(
        PrintedNational,
        years,
        upheld=percents,
        compliance=percents,
        received=counts,
        investigations=counts,
        source=_maybe(_SOURCES, known=known),
    )


def passages() -> st.SearchStrategy[Passage]:
    """Paragraphs of a letter, on any line and about anything; leaves out that the words suit the topics."""
    return st.builds(
        Passage,
        _TEXTS,
        st.integers(1, 500),
        topics=st.lists(st.sampled_from(PassageTopic), unique=True).map(tuple),
    )


def annual_letters(
    *, figures: st.SearchStrategy[PrintedReview] | None = None, known: bool = False
) -> st.SearchStrategy[AnnualLetter]:
    """Letters with any figures and paragraphs; leaves out that their words and their figures go together."""
    return st.builds(
        AnnualLetter,
        printed_reviews(known=known) if figures is None else figures,
        addressed_to=_maybe(st.sampled_from(("Head of Paid Service", "Chief Executive")) | _NAMES, known=known),
        dated=_maybe(_DAYS, known=known),
        passages=st.lists(passages(), max_size=3).map(tuple),
        not_found=st.just(()) if known else st.lists(st.sampled_from(("compliance", "date")), unique=True).map(tuple),
    )


# --- Comparison


def parts(
    *,
    authorities: st.SearchStrategy[Authority] = _COUNCILS,
    rates: st.SearchStrategy[Proportion] = _PROPORTIONS,
) -> st.SearchStrategy[Part]:
    """One council's share in an average, nought of nought included."""
    return st.builds(Part, authorities, rates)


@st.composite
def averages(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = _MEASURES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    groups: st.SearchStrategy[AuthorityType] = _GROUPS,
    methods: st.SearchStrategy[AverageMethod] | None = None,
    known: bool = False,
    min_size: int = 0,
    max_size: int = 8,
) -> Average:
    """
    Averages over the councils of one group, by any method, often of too little to be one.

    With ``known=True`` every council has a rate and half the group at least is held: of five there is then an average.
    Leaves out a council twice, and a group with fewer councils than are held.
    """
    group = draw(groups)
    bodies = draw(_councils(min_size=min_size, max_size=max_size, types=st.just(group)))
    held = draw(st.integers(min_size, len(bodies))) if not known and len(bodies) > min_size else len(bodies)
    most = 2 * len(bodies) if known else 2 * len(bodies) + 1
    size = draw(_maybe(st.integers(len(bodies), most), known=known))
    return Average(
        draw(measures),
        draw(years),
        parts=tuple(Part(body, draw(proportions(defined=known))) for body in bodies[:held]),
        method=draw(st.sampled_from(AverageMethod) if methods is None else methods),
        group=group if size is not None or draw(_FLAGS) else None,
        group_size=size,
        not_published=tuple(bodies[held:]),
    )


_SHARES = st.sampled_from((Fraction(0), Fraction(1))) | st.fractions(0, 1, max_denominator=1_000)


def cautions() -> st.SearchStrategy[Caution]:
    """Reasons for care in any words; leaves out that the words suit the kind."""
    return st.builds(Caution, st.sampled_from(CautionKind), _TEXTS)


def benchmarks(
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = _MEASURES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    groups: st.SearchStrategy[AuthorityType] = _GROUPS,
    known: bool = False,
) -> st.SearchStrategy[Benchmark]:
    """What a council may be set beside, of all five kinds; with ``known=True`` never nothing."""
    return _maybe(
        averages(measures=measures, years=years, groups=groups)
        | printed_averages(measures=measures, years=years, groups=groups)
        | _PERCENTS
        | _SHARES,
        known=known,
    )


@st.composite
def comparisons(
    draw: st.DrawFn,
    *,
    reviews: st.SearchStrategy[AnnualReview] | None = None,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = _MEASURES,
) -> Comparison:
    """
    A council beside a benchmark of the same year, measure and group, with any cautions.

    Leaves out that the cautions follow from the figures: for those call ``lgsco.compare``.
    """
    review = draw(annual_reviews(authorities=_COUNCILS) if reviews is None else reviews)
    measure = draw(measures)
    group = review.authority.type if review.authority.type.is_comparison_group else draw(_GROUPS)
    held = draw(benchmarks(measures=st.just(measure), years=st.just(review.year), groups=st.just(group)))
    return Comparison(
        review,
        measure,
        benchmark=held.without(review) if isinstance(held, Average) else held,
        confidence=draw(_CONFIDENCES),
        cautions=tuple(draw(st.lists(cautions(), max_size=3))),
    )


def targets() -> st.SearchStrategy[Target]:
    """One rate, or the range that a printed percentage stands for; leaves out all other ranges."""
    return _SHARES.map(lambda share: Target(share, share)) | _PERCENTS.map(
        lambda percent: Target(percent.lower, percent.upper)
    )


def other_counts() -> st.SearchStrategy[OtherCount]:
    """Counts that there might have been; leaves out that the verdict follows from the count."""
    return st.builds(OtherCount, proportions(defined=True), st.sampled_from(Verdict))


def results_of_tests() -> st.SearchStrategy[TestResult]:
    """
    P-values in any words; leaves out that the p-value follows from any test.

    Not named by its type: what begins with "test" is a test to those who collect them.
    """
    return st.builds(
        TestResult,
        p_value=st.floats(0, 1),
        test=_TEXTS,
        hypothesis=_TEXTS,
        sides=st.sampled_from(("two-sided", "one-sided")),
    )


@st.composite
def differences(draw: st.DrawFn, *, max_count: int = MAX_COUNT) -> Difference:
    """Differences of two rates with their true limits, by either method."""
    rates = proportions(defined=True, max_count=max_count)
    apart = difference(
        draw(rates),
        draw(rates),
        confidence=draw(_CONFIDENCES),
        method=draw(st.sampled_from(DifferenceMethod)).value,
    )
    return cast("Difference", apart)  # there is one where both rates are defined


def overdispersions() -> st.SearchStrategy[Overdispersion]:
    """Estimates of over-dispersion; leaves out that phi and tau squared go together."""
    return st.builds(
        Overdispersion,
        phi=st.floats(0, 20),
        tau_squared=st.just(0.0) | st.floats(0, 0.1),
        units=st.integers(2, 40),
        scale=st.sampled_from(Scale).map(str),
        trimming=st.sampled_from(("winsorise, 0.1 on each side", "truncate, 0.1 on each side")),
    )


def funnel_points(
    *,
    authorities: st.SearchStrategy[Authority] = _COUNCILS,
    rates: st.SearchStrategy[Proportion] = _PROPORTIONS,
) -> st.SearchStrategy[FunnelPoint]:
    """Councils in a funnel, alone; leaves out that the position follows from a target, and rates per population."""
    return st.builds(FunnelPoint, authorities, rates, position=st.none() | st.sampled_from(Position))


def _is_defined(rate: Proportion) -> bool:
    return rate.denominator > 0


@st.composite
def funnels(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = _MEASURES,
    years: st.SearchStrategy[ReportingYear] = _YEARS,
    known: bool = False,
    max_size: int = 8,
    max_count: int = 300,
) -> Funnel:
    """
    Councils of one group against limits of every kind about a target, their positions as they follow from it.

    With ``known=True`` there are a target and a council, each council has figures, and the group's size is known.
    Leaves out a council twice, and funnels of rates per population.
    """
    # A target of the caller's may be any; without one it is too little that is held.
    target = draw(_maybe(_SHARES, known=known))
    group, most = draw(_GROUPS), max_size if target is not None else min(max_size, 4)
    bodies = draw(_councils(min_size=int(known), max_size=most, types=st.just(group)))
    held = len(bodies) if known or not bodies else draw(st.integers(0, len(bodies)))
    rates = [draw(proportions(max_count=max_count)) for _ in bodies[:held]]
    size = draw(_maybe(st.integers(len(bodies), 2 * len(bodies)), known=known))
    method = draw(st.sampled_from(LimitMethod))
    plain = target is None or method is LimitMethod.EXACT
    adjustment = None if plain else draw(st.none() | st.sampled_from(Adjustment))
    bare = Funnel(
        draw(measures),
        draw(years),
        points=(),
        target=target,
        target_is="given by the caller" if target is not None else "the pooled rate of the councils held",
        limits=method,
        adjustment=adjustment,
        overdispersion=None if plain else draw(overdispersions() if adjustment else st.none() | overdispersions()),
        scale=Scale.PLAIN if plain else draw(st.sampled_from(Scale)),
        group=group,
        group_size=size,
        not_published=tuple(bodies[held:]),
        too_little=None if target is not None else too_little(sum(map(_is_defined, rates)), held, size),
    )
    return attrs.evolve(
        bare,
        points=tuple(
            FunnelPoint(body, rate, position=bare.position(rate)) for body, rate in zip(bodies, rates, strict=False)
        ),
    )


def findings(
    *, names: st.SearchStrategy[str] = _NAMES, years: st.SearchStrategy[ReportingYear] = _YEARS
) -> st.SearchStrategy[Finding]:
    """Contradictions of any kind in any words; for true ones call ``lgsco.audit``."""
    return st.builds(
        Finding,
        kind=st.sampled_from(FindingKind),
        name=names,
        year=years,
        where=_TEXTS,
        printed=_TEXTS,
        follows=_TEXTS,
        certainty=st.sampled_from(Certainty),
        source=st.none() | _SOURCES,
    )


# --- For st.from_type


_OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    AnnualLetter: annual_letters,
    AnnualReview: annual_reviews,
    Authority: authorities,
    AuthorityType: authority_types,
    Average: averages,
    Caution: cautions,
    Comparison: comparisons,
    ComplianceOutcome: compliance_outcomes,
    ComplianceTally: compliance_tallies,
    Decision: decisions,
    Difference: differences,
    DecisionTally: decision_tallies,
    Enquiry: enquiries,
    Finding: findings,
    Funnel: funnels,
    FunnelPoint: funnel_points,
    Interval: intervals,
    Investigation: investigations,
    InvestigationTally: investigation_tallies,
    Measure: measures,
    OtherCount: other_counts,
    Overdispersion: overdispersions,
    Overview: overviews,
    Part: parts,
    Passage: passages,
    Population: populations,
    PopulationRate: population_rates,
    PrintedAverage: printed_averages,
    PrintedNational: printed_nationals,
    PrintedPer100k: printed_per_100ks,
    PrintedPercent: printed_percents,
    PrintedPopulationAverage: printed_population_averages,
    PrintedReview: printed_reviews,
    PrintedStatistic: printed_statistics,
    Proportion: proportions,
    ReceivedTally: received_tallies,
    Recommendation: recommendations,
    Register: registers,
    RegisterEntry: register_entries,
    ReportingYear: reporting_years,
    SeriesBreak: series_breaks,
    Source: sources,
    Target: targets,
    TestResult: results_of_tests,
}
"""Every type that Hypothesis cannot work out for itself; the other enumerations it can."""


def _strategy_of(kind: type) -> st.SearchStrategy[Any]:
    return _OF_TYPE[get_origin(kind) or kind]()


def _tables(table: Any) -> st.SearchStrategy[Any]:
    """Give tables of the counts in the brackets of ``PrintedTally[...]``, or of any."""
    of_kind: dict[type, st.SearchStrategy[Any]] = {
        Overview: overviews(),
        DecisionTally: decision_tallies(),
        ReceivedTally: received_tallies(),
    }
    asked: Iterable[Any] = get_args(table)
    wanted = [of_kind[kind] for kind in asked if kind in of_kind] or [*of_kind.values()]
    return st.one_of([printed_tallies(counts) for counts in wanted])


def _hypothesis_setup_hook() -> None:
    """Tell Hypothesis of our types; it calls this by the entry point, before any test, and nothing is built yet."""
    for kind in _OF_TYPE:
        st.register_type_strategy(kind, _strategy_of)
    st.register_type_strategy(PrintedTally, _tables)
