"""
Tables of many councils as published: received, decided, compliance and remedies, a row for each council.

A table is held by its columns, each cell as printed. A cell that holds no figure says what stands in it instead, so
that a blank, a dash, "n/a" and what was withheld are never taken for one another, and none of them for nought.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeAlias, final

from lgsco._values import Choice, Constraint, Count, Text, evolve, fields_of, matching, refusal_of, value
from lgsco.documents.figures import (
    PrintedPer100k,
    PrintedPercent,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.documents.missing import Missing
from lgsco.errors import (
    AuthorityLookupError,
    InvalidValue,
    Problem,
)
from lgsco.model.authorities import OnsCode
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, DecisionTally, Overview, ReceivedTally
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.documents.figures import COUNTED
    from lgsco.model.authorities import Authority, Register

__all__ = [
    "MatchedReviews",
    "PublishedTable",
    "TableColumn",
    "TableField",
    "TableKind",
    "TableNote",
    "TableProblem",
    "TableRow",
    "UnmatchedRow",
    "WrongTotal",
]


class TableKind(Choice):
    """What a published table is about; one sheet may hold several."""

    RECEIVED = "received"
    """Complaints received, by service area."""
    DECIDED = "decided"
    """Complaints decided, by outcome, with the uphold rate."""
    OVERVIEW = "overview"
    """Complaints dealt with, in the three groups of the pages from 2024-25."""
    COMPLIANCE = "compliance"
    """Compliance outcomes, with the compliance rate."""
    REMEDIES = "remedies"
    """Upheld cases that the council had already put right, with their rate."""


class TableField(Choice):
    """
    What a column of a published table holds.

    >>> TableField.HOUSING.kind, TableField.NAME.kind
    (TableKind.RECEIVED, None)
    """

    NAME = "name"
    CODE = "code"
    YEAR = "year"
    ADULT_CARE_SERVICES = "adult_care_services"
    BENEFITS_AND_TAX = "benefits_and_tax"
    CORPORATE_AND_OTHER_SERVICES = "corporate_and_other_services"
    EDUCATION_AND_CHILDRENS_SERVICES = "education_and_childrens_services"
    ENVIRONMENTAL_SERVICES = "environmental_services"
    HIGHWAYS_AND_TRANSPORT = "highways_and_transport"
    HOUSING = "housing"
    PLANNING_AND_DEVELOPMENT = "planning_and_development"
    OTHER = "other"
    RECEIVED = "received"
    """All complaints received."""
    INVALID_OR_INCOMPLETE = "invalid_or_incomplete"
    ADVICE_GIVEN = "advice_given"
    REFERRED_BACK = "referred_back"
    CLOSED_AFTER_INITIAL_ENQUIRIES = "closed_after_initial_enquiries"
    NOT_UPHELD = "not_upheld"
    UPHELD = "upheld"
    DECIDED = "decided"
    """All complaints decided."""
    UPHOLD_RATE = "uphold_rate"
    UPHOLD_AVERAGE = "uphold_average"
    """The uphold rate of similar authorities."""
    UPHELD_PER_100K = "upheld_per_100k"
    UPHELD_PER_100K_AVERAGE = "upheld_per_100k_average"
    NOT_FOR_US = "not_for_us"
    ASSESSED_AND_CLOSED = "assessed_and_closed"
    INVESTIGATED = "investigated"
    """Upheld and not upheld together."""
    NOT_INVESTIGATED = "not_investigated"
    """Not for us, and assessed and closed, together."""
    DEALT_WITH = "dealt_with"
    """All complaints dealt with."""
    COMPLIED = "complied"
    """On time and late together."""
    COMPLIED_ON_TIME = "complied_on_time"
    COMPLIED_LATE = "complied_late"
    NOT_COMPLIED = "not_complied"
    COMPLIANCE_OUTCOMES = "compliance_outcomes"
    """All compliance outcomes."""
    COMPLIANCE_RATE = "compliance_rate"
    COMPLIANCE_AVERAGE = "compliance_average"
    SATISFACTORY_REMEDIES = "satisfactory_remedies"
    REMEDIED_BY_OMBUDSMAN = "remedied_by_ombudsman"
    """Upheld cases that were put right on the Ombudsman's recommendation."""
    REMEDY_RATE = "satisfactory_remedy_rate"
    REMEDY_AVERAGE = "satisfactory_remedy_average"

    @property
    def kind(self) -> TableKind | None:
        """The kind of table that has this column; ``None`` for what says whose figures a row holds."""
        return _KIND_OF[self]

    @property
    def holds(self) -> type:
        """What its figures are: int for counts, PrintedPercent, Decimal for rates per 100,000; str for who and when."""
        return _HOLDS.get(self, int)


_F = TableField
_AREAS = tuple(_F(field.name) for field in fields_of(ReceivedTally) if field.name != "_total")
_OUTCOMES = tuple(_F(field.name) for field in fields_of(DecisionTally) if field.name != "_total")
_GROUPED = tuple(_F(field.name) for field in fields_of(Overview) if field.name != "_total")
_WHO = (_F.NAME, _F.CODE, _F.YEAR)
# What a whole table of each kind has; what else belongs to the kind stands below.
_WHOLE = {
    TableKind.RECEIVED: (*_AREAS, _F.RECEIVED),
    TableKind.DECIDED: (*_OUTCOMES, _F.DECIDED),
    TableKind.OVERVIEW: (*_GROUPED, _F.DEALT_WITH),
    TableKind.COMPLIANCE: (_F.COMPLIED, _F.COMPLIANCE_OUTCOMES),
    TableKind.REMEDIES: (_F.SATISFACTORY_REMEDIES,),
}
_BESIDE = {
    TableKind.DECIDED: (_F.UPHOLD_RATE, _F.UPHOLD_AVERAGE, _F.UPHELD_PER_100K, _F.UPHELD_PER_100K_AVERAGE),
    TableKind.OVERVIEW: (_F.NOT_INVESTIGATED,),
    TableKind.COMPLIANCE: (
        _F.COMPLIED_ON_TIME, _F.COMPLIED_LATE, _F.NOT_COMPLIED, _F.COMPLIANCE_RATE, _F.COMPLIANCE_AVERAGE,
    ),
    TableKind.REMEDIES: (_F.REMEDIED_BY_OMBUDSMAN, _F.REMEDY_RATE, _F.REMEDY_AVERAGE),
}  # fmt: skip
_KIND_OF: dict[TableField, TableKind | None] = {
    **dict.fromkeys(_WHO),
    **{field: kind for kind in TableKind for field in (*_WHOLE[kind], *_BESIDE.get(kind, ()))},
}
_HOLDS: dict[TableField, type] = {
    **dict.fromkeys(_WHO, str),
    **dict.fromkeys(
        (
            _F.UPHOLD_RATE, _F.UPHOLD_AVERAGE, _F.COMPLIANCE_RATE, _F.COMPLIANCE_AVERAGE, _F.REMEDY_RATE,
            _F.REMEDY_AVERAGE,
        ),
        PrintedPercent,
    ),
    **dict.fromkeys((_F.UPHELD_PER_100K, _F.UPHELD_PER_100K_AVERAGE), Decimal),
}  # fmt: skip
# Which columns make up which other; of two lines for one total, each is checked.
_SUMS: tuple[tuple[TableField, tuple[TableField, ...]], ...] = (
    (_F.RECEIVED, _AREAS),
    (_F.DECIDED, _OUTCOMES),
    (_F.DEALT_WITH, _GROUPED),
    (_F.DEALT_WITH, (_F.INVESTIGATED, _F.NOT_INVESTIGATED)),
    (_F.INVESTIGATED, (_F.UPHELD, _F.NOT_UPHELD)),
    (_F.NOT_INVESTIGATED, (_F.NOT_FOR_US, _F.ASSESSED_AND_CLOSED)),
    (_F.COMPLIED, (_F.COMPLIED_ON_TIME, _F.COMPLIED_LATE)),
    (_F.COMPLIANCE_OUTCOMES, (_F.COMPLIED, _F.NOT_COMPLIED)),
)


TableFigure: TypeAlias = int | Decimal | PrintedPercent | Missing

LineNumber = Annotated[
    int, Constraint(lambda given: None if type(given) is int and given > 0 else "must be a row number from 1")
]
ColumnLetter = Annotated[str, matching("[A-Z]{1,3}", "must be the letters of a column, such as 'C'")]


def _why_no_names(held: object) -> str | None:
    # The whole tuple at once, since a table has hundreds of rows.
    if type(held) is not tuple or set(map(type, held)) - {str}:
        return "must be a tuple of str"
    return None if "" not in held and tuple(map(str.strip, held)) == held else "must be texts, none of them empty"


def _why_no_years(held: object) -> str | None:
    fits = type(held) is tuple and not set(map(type, held)) - {ReportingYear, type(None)}
    return None if fits else "must be a tuple of ReportingYear, or None where it is not known"


def _why_no_codes(held: object) -> str | None:
    if type(held) is not tuple:
        return "must be a tuple of ONS codes"
    return next(
        (reason for code in held if code is not None and (reason := refusal_of(code, OnsCode)) is not None), None
    )


def _why_no_lines(held: object) -> str | None:
    fits = type(held) is tuple and not set(map(type, held)) - {int} and min(held, default=1) > 0
    return None if fits else "must be a tuple of row numbers from 1"


def _is_rate(figure: object) -> bool:
    return not isinstance(figure, Decimal) or (figure.is_finite() and not figure.is_signed())


def _why_no_figures(field: TableField, figures: tuple[object, ...]) -> str | None:
    """Say why figures do not fit their field; by their types as a whole, since a table has thousands."""
    kinds = set(map(type, figures))
    if not kinds <= {field.holds, Missing} or field in _WHO:
        return f"must be each {field.holds.__name__} or Missing, for {field}"
    if int in kinds and min(figures if len(kinds) == 1 else [one for one in figures if type(one) is int]) < 0:  # type: ignore[type-var, operator]  # all ints
        return f"must not be negative, for {field}"
    if Decimal in kinds and not all(map(_is_rate, figures)):
        return f"must be rates of zero or more, for {field}"
    return None


@final
@value
class TableColumn:
    """
    A column of a published table: what it holds, its heading as printed, its letter, and the figures of every row.

    Raises:
        InvalidValue: a field is of the wrong type, or the figures are not of the kind that the field holds.
    """

    field: TableField
    figures: Annotated[
        tuple[TableFigure, ...],
        Constraint(lambda given: None if type(given) is tuple else "must be a tuple of figures"),
    ]
    _: KW_ONLY
    heading: Text | None = None
    letter: ColumnLetter | None = None

    def __attrs_post_init__(self) -> None:
        if (reason := _why_no_figures(self.field, self.figures)) is not None:
            raise InvalidValue.at("figures", self.figures, reason)


@final
@value
class TableRow:
    """
    One row of a published table: whose figures they are, and the figures, field by field.

    ``line`` is the number of the row in its sheet.

    >>> fields = [TableField.UPHELD, TableField.HOUSING]
    >>> row = TableRow("Barsetshire Council", fields=fields, figures=[3, Missing.DASH])
    >>> row.count(TableField.UPHELD), row.count(TableField.HOUSING), row.figure(TableField.HOUSING)
    (3, None, Missing.DASH)

    Raises:
        InvalidValue: a field is of the wrong type, or there are more fields than figures or fewer (InvalidValue where
            several are wrong).
    """

    name: Text
    _: KW_ONLY
    year: ReportingYear | None = None
    code: OnsCode | None = None
    line: LineNumber | None = None
    fields: tuple[TableField, ...] = ()
    figures: Annotated[
        tuple[TableFigure, ...],
        Constraint(lambda given: None if type(given) is tuple else "must be a tuple of figures"),
    ] = ()

    def __attrs_post_init__(self) -> None:
        if len(self.fields) != len(self.figures) or len(set(self.fields)) != len(self.fields):
            raise InvalidValue.at("fields", self.fields, "each must stand once, with one figure for each")
        for field, figure in zip(self.fields, self.figures, strict=True):
            if (reason := _why_no_figures(field, (figure,))) is not None:
                raise InvalidValue.at("figures", figure, reason)

    def figure(self, field: TableField) -> TableFigure | None:
        """Give what stands in a column; ``None`` where the table has no such column."""
        return self.figures[self.fields.index(field)] if field in self.fields else None

    def count(self, field: TableField) -> int | None:
        """Give a count; ``None`` where the cell holds none, or the table has no such column."""
        figure = self.figure(field)
        return figure if type(figure) is int else None

    def printed(self, source: Source | None = None) -> PrintedReview | None:
        """Give the row as the figures of one council and year; ``None`` where its year is not known."""
        if self.year is None:
            return None
        received = ReceivedTally(**{area.value: self.count(area) for area in _AREAS})
        decided = DecisionTally(**{outcome.value: self.count(outcome) for outcome in _OUTCOMES})
        return PrintedReview(
            self.name,
            self.year,
            upheld=self._statistic(_F.UPHOLD_RATE, _F.UPHELD, self._investigated(), _F.UPHOLD_AVERAGE),
            compliance=self._statistic(
                _F.COMPLIANCE_RATE,
                _F.COMPLIED,
                self.count(_F.COMPLIANCE_OUTCOMES),
                _F.COMPLIANCE_AVERAGE,
                self._complied(),
            ),
            remedies=self._statistic(_F.REMEDY_RATE, _F.SATISFACTORY_REMEDIES, None, _F.REMEDY_AVERAGE),
            per_100k=self._per_100k(),
            overview=self._table(Overview(**{part.value: self.count(part) for part in _GROUPED}), _F.DEALT_WITH),
            decided=self._table(decided, _F.DECIDED),
            received=self._table(received, _F.RECEIVED),
            source=source,
        )

    def _investigated(self) -> int | None:
        if (investigated := self.count(_F.INVESTIGATED)) is not None:
            return investigated
        upheld, not_upheld = self.count(_F.UPHELD), self.count(_F.NOT_UPHELD)
        return None if upheld is None or not_upheld is None else upheld + not_upheld

    def _complied(self) -> int | None:
        if (complied := self.count(_F.COMPLIED)) is not None:
            return complied
        on_time, late = self.count(_F.COMPLIED_ON_TIME), self.count(_F.COMPLIED_LATE)
        return None if on_time is None or late is None else on_time + late

    def _statistic(
        self, rate: TableField, counted: TableField, base: int | None, average: TableField, count: int | None = None
    ) -> PrintedStatistic | None:
        made = PrintedStatistic(
            percent=self._percent(rate),
            count=self.count(counted) if count is None else count,
            base=base,
            average=self._percent(average),
        )
        return None if made == _NO_STATISTIC else made

    def _percent(self, field: TableField) -> PrintedPercent | Missing | None:
        figure = self.figure(field)
        return figure if isinstance(figure, PrintedPercent) or figure is Missing.NOT_APPLICABLE else None

    def _per_100k(self) -> PrintedPer100k | None:
        rate, average = self._rate(_F.UPHELD_PER_100K), self._rate(_F.UPHELD_PER_100K_AVERAGE)
        return None if rate is None and average is None else PrintedPer100k(rate=rate, average=average)

    def _rate(self, field: TableField) -> Decimal | Missing | None:
        figure = self.figure(field)
        return figure if isinstance(figure, Decimal) or figure is Missing.NOT_APPLICABLE else None

    def _table(self, counts: COUNTED, field: TableField) -> PrintedTally[COUNTED] | None:
        total = self.count(field)
        return PrintedTally(counts, total=total) if counts.known() or total is not None else None

    def compliance(self) -> ComplianceTally | None:
        """Give the compliance outcomes with those that were late; ``None`` where they say nothing or cannot be true."""
        late, total = self.count(_F.COMPLIED_LATE), self.count(_F.COMPLIANCE_OUTCOMES)
        complied, not_complied = self._complied(), self.count(_F.NOT_COMPLIED)
        if all(count is None for count in (complied, not_complied, late, total)):
            return None
        try:
            return ComplianceTally(complied, not_complied, late=late, total=total)
        except InvalidValue:
            return None


_NO_STATISTIC = PrintedStatistic()


@final
@value
class TableNote:
    """Something that a sheet says beside its figures, and where: a title, a note, a mark on a figure, a heading."""

    place: Text
    text: Text

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@final
@value
class TableProblem:
    """
    One cell or row of a sheet that could not be understood: where it is, what stands in it, and why it is refused.

    ``column`` is the letter of the column, ``heading`` what stands above it.

    >>> print(TableProblem(line=7, column="C", heading="Upheld", text="two", reason="is no whole number"))
    row 7, column C (Upheld): 'two' is no whole number
    """

    _: KW_ONLY
    line: LineNumber
    text: str
    reason: Text
    column: ColumnLetter | None = None
    heading: Text | None = None
    sheet: Text | None = None

    @property
    def place(self) -> str:
        """The sheet, the row, and the column where it is a single cell."""
        return _place(self.line, self.column, heading=self.heading, sheet=self.sheet)

    def __str__(self) -> str:
        return f"{self.place}: {self.text!r} {self.reason}"


def _place(line: int, column: str | None = None, *, heading: str | None = None, sheet: str | None = None) -> str:
    cell = "" if column is None else f", column {column}"
    return (
        f"{'' if sheet is None else f'sheet {sheet!r}, '}row {line}{cell}{'' if heading is None else f' ({heading})'}"
    )


@final
@value
class WrongTotal:
    """
    A printed total that its parts do not make.

    ``down`` says that it is the total of a column, in a row such as "All councils"; else it is that of a row.
    ``added`` is what its parts come to; ``at_least`` says that not every part is known, and that those that are exceed
    the total already.

    >>> print(WrongTotal(field=TableField.RECEIVED, stated=10, added=11, name="Barsetshire Council", line=7))
    row 7, Barsetshire Council: received is 10, and its parts come to 11
    """

    _: KW_ONLY
    field: TableField
    stated: Count
    added: Count
    name: Text
    line: LineNumber | None = None
    year: ReportingYear | None = None
    down: bool = False
    at_least: bool = False

    def __str__(self) -> str:
        place = "" if self.line is None else f"row {self.line}, "
        parts = "the rows above it come" if self.down else "its parts come"
        least = "at least " if self.at_least else ""
        return (
            f"{place}{self.name}: {self.field.replace('_', ' ')} is {self.stated}, and {parts} to {least}{self.added}"
        )


@final
@value
class PublishedTable:
    """
    A table of many councils as published: its rows as printed, and what in it could not be understood.

    It can be counted and looped over like its ``rows``, which are made from its columns.
    ``names`` are as printed; ``years``, ``codes`` and ``lines`` go with them, one for each.
    ``totals`` are the rows that add others up; ``notes`` are titles, notes and marks on figures;
    ``unknown_columns`` are the headings that were not understood.
    ``problems`` list every cell that was not understood: its figure is ``Missing.UNREADABLE``, and the rest is kept.

    >>> table = PublishedTable(
    ...     ["Kent County Council", "Devon County Council"],
    ...     [TableColumn(TableField.UPHELD, [76, 33]), TableColumn(TableField.NOT_UPHELD, [18, Missing.DASH])],
    ...     years=[ReportingYear(2024)] * 2,
    ... )
    >>> [(row.name, row.count(TableField.NOT_UPHELD)) for row in table]
    [('Kent County Council', 18), ('Devon County Council', None)]
    >>> table.kinds, len(table.missing_columns)
    ((TableKind.DECIDED,), 5)

    Raises:
        InvalidValue: a field is of the wrong type, a column stands twice, or the columns are not all as long as the
            names.
    """

    names: Annotated[tuple[str, ...], Constraint(_why_no_names)]
    columns: tuple[TableColumn, ...]
    _: KW_ONLY
    years: Annotated[tuple[ReportingYear | None, ...], Constraint(_why_no_years)]
    codes: Annotated[tuple[str | None, ...], Constraint(_why_no_codes)] = ()
    lines: Annotated[tuple[int, ...], Constraint(_why_no_lines)] = ()
    title: Text | None = None
    sheet: Text | None = None
    totals: tuple[TableRow, ...] = ()
    notes: tuple[TableNote, ...] = ()
    unknown_columns: tuple[TableNote, ...] = ()
    problems: tuple[TableProblem, ...] = ()
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        rows = len(self.names)
        fields = [column.field for column in self.columns]
        uneven = {
            "columns": any(len(column.figures) != rows for column in self.columns),
            "years": len(self.years) != rows,
            "codes": len(self.codes) not in (0, rows),
            "lines": len(self.lines) not in (0, rows),
        }
        problems = [Problem.at(name, rows, "must have one for each name") for name, broken in uneven.items() if broken]
        if len(set(fields)) != len(fields):
            problems.append(Problem.at("columns", fields, "has a field twice"))
        if problems:
            raise InvalidValue(problems)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self.rows)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """Each council's row, in the order of the sheet; without the totals."""
        fields = tuple(column.field for column in self.columns)
        figures = zip(*(column.figures for column in self.columns), strict=True) if fields else [()] * len(self)
        codes, lines = self.codes or [None] * len(self), self.lines or [None] * len(self)
        return tuple(
            TableRow(name, year=year, code=code, line=line, fields=fields, figures=held)
            for name, year, code, line, held in zip(self.names, self.years, codes, lines, figures, strict=True)
        )

    @property
    def fields(self) -> tuple[TableField, ...]:
        """What the columns hold, in their order."""
        return tuple(column.field for column in self.columns)

    @property
    def kinds(self) -> tuple[TableKind, ...]:
        """What the table is about, by its columns."""
        held = {field.kind for field in self.fields}
        return tuple(kind for kind in TableKind if kind in held)

    @property
    def missing_columns(self) -> tuple[TableField, ...]:
        """What a whole table of these kinds has, and this one has no column for, nor columns that make it up."""
        held = set(self.fields)
        held |= {total for total, parts in _SUMS if held.issuperset(parts)}
        return tuple(field for kind in self.kinds for field in _WHOLE[kind] if field not in held)

    @property
    def wrong_totals(self) -> tuple[WrongTotal, ...]:
        """
        Add every total up again, across each row and down each column, and give those that are wrong.

        A row of totals is held against all the rows above it, and against those since the last such row; where it
        states a year, against the rows of that year.
        """
        rows = self.rows
        across = [wrong for row in (*rows, *self.totals) for wrong in _wrong_across(row)]
        return (*across, *_wrong_down(rows, self.totals))

    def printed(self) -> tuple[PrintedReview, ...]:
        """
        Give each row as the figures of one council and year as printed, so that they can be audited.

        A row whose year could not be read is left out; the table's problems name it.
        """
        return tuple(review for row in self.rows if (review := row.printed(self.source)) is not None)

    def reviews(self, register: Register) -> MatchedReviews:
        """
        Give the counts of each row, its council found in the register on the last day of the year.

        By its code where one is printed, else by its name. What could not be matched is listed with the reason: a name
        that the register does not know, with the nearest that it does; a code and a name of two councils; a second row
        of one council and year.
        """
        found: dict[tuple[Authority, ReportingYear], AnnualReview] = {}
        unmatched: list[UnmatchedRow] = []
        for row in self.rows:
            review = _review(row, register, self.source)
            if isinstance(review, str):
                unmatched.append(UnmatchedRow(row, review))
            elif (key := (review.authority, review.year)) in found:
                unmatched.append(UnmatchedRow(row, f"{review.authority} has a row for {review.year} already"))
            else:
                found[key] = review
        return MatchedReviews(tuple(found.values()), unmatched=tuple(unmatched))


def _review(row: TableRow, register: Register, source: Source | None) -> AnnualReview | str:
    """Make counts of a row, or say why there are none."""
    printed = row.printed(source)
    if printed is None:
        return "its year is not known"
    found = [(name, _find(name, register, printed.year)) for name in (row.code, row.name) if name is not None]
    matched = [(name, authority) for name, authority in found if not isinstance(authority, str)]
    if not matched:
        return str(found[-1][1])
    (_, first), (name, last) = matched[0], matched[-1]
    if first != last:
        return f"its code is that of {first}, and its name that of {last}"
    review = evolve(printed, name=name).review(register)
    compliance = row.compliance()
    return review if compliance is None else evolve(review, compliance=compliance)


def _find(name_or_code: str, register: Register, year: ReportingYear) -> Authority | str:
    """Find a council as figures printed for a year name it, or say why it is not found."""
    try:
        return register.find_in_print(name_or_code, year.end)
    except AuthorityLookupError as error:
        return str(error)


def _wrong_across(row: TableRow) -> Iterator[WrongTotal]:
    for field, parts in _SUMS:
        stated = row.count(field)
        if stated is None:
            continue
        known = [count for part in parts if (count := row.count(part)) is not None]
        added, whole = sum(known), len(known) == len(parts)
        if added > stated or (whole and added != stated):
            yield WrongTotal(
                field=field, stated=stated, added=added, name=row.name, line=row.line, year=row.year, at_least=not whole
            )


class _Sums:
    """The rows added so far: how many, and of each column what is known, and in how many rows it is."""

    def __init__(self) -> None:
        self.rows = 0
        self.added: dict[TableField, int] = {}
        self.known: dict[TableField, int] = {}

    def add(self, row: TableRow) -> None:
        self.rows += 1
        for field, figure in zip(row.fields, row.figures, strict=True):
            if type(figure) is int:
                self.added[field] = self.added.get(field, 0) + figure
                self.known[field] = self.known.get(field, 0) + 1

    def wrong(self, total: TableRow, field: TableField, stated: int) -> WrongTotal | None:
        """Say what is wrong with a total of these rows; nothing, where it may be right."""
        added, whole = self.added.get(field, 0), self.known.get(field, 0) == self.rows
        if added == stated or (added < stated and not whole):
            return None
        return WrongTotal(
            field=field,
            stated=stated,
            added=added,
            name=total.name,
            line=total.line,
            year=total.year,
            down=True,
            at_least=not whole,
        )


def _wrong_down(rows: Sequence[TableRow], totals: Sequence[TableRow]) -> Iterator[WrongTotal]:
    above, of_year = _Sums(), {row.year: _Sums() for row in rows}
    waiting = sorted(rows, key=_line, reverse=True)
    for total in totals:
        since = _Sums()
        while waiting and (total.line is None or _line(waiting[-1]) < total.line):
            row = waiting.pop()
            for sums in (above, since, of_year[row.year]):
                sums.add(row)
        own = above if total.year is None else of_year.get(total.year, above)
        for field in total.fields:
            if (stated := total.count(field)) is not None:
                wrong = [sums.wrong(total, field, stated) for sums in (own, above, since)]
                if None not in wrong:
                    yield min((one for one in wrong if one is not None), key=lambda one: abs(one.added - one.stated))


def _line(row: TableRow) -> int:
    return row.line or 0


@final
@value
class UnmatchedRow:
    """A row of which no review could be made, and why."""

    row: TableRow
    reason: Text


@final
@value
class MatchedReviews:
    """
    The reviews that a table comes to, and the rows of which none could be made.

    It can be counted and looped over like the reviews themselves.
    """

    reviews: tuple[AnnualReview, ...]
    _: KW_ONLY
    unmatched: tuple[UnmatchedRow, ...] = ()

    def __len__(self) -> int:
        return len(self.reviews)

    def __iter__(self) -> Iterator[AnnualReview]:
        return iter(self.reviews)
