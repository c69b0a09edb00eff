"""What the columns of published tables hold: the kinds of table, their fields, and which fields add up to which."""

from __future__ import annotations

from decimal import Decimal

from lgsco._values import Choice, fields_of
from lgsco.documents.figures import PrintedPercent
from lgsco.model.tallies import DecisionTally, Overview, ReceivedTally


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
AREAS = tuple(_F(field.name) for field in fields_of(ReceivedTally) if field.name != "_total")
OUTCOMES = tuple(_F(field.name) for field in fields_of(DecisionTally) if field.name != "_total")
GROUPS = tuple(_F(field.name) for field in fields_of(Overview) if field.name != "_total")
WHO = (_F.NAME, _F.CODE, _F.YEAR)
# What a whole table of each kind has; what else belongs to the kind is below.
WHOLE = {
    TableKind.RECEIVED: (*AREAS, _F.RECEIVED),
    TableKind.DECIDED: (*OUTCOMES, _F.DECIDED),
    TableKind.OVERVIEW: (*GROUPS, _F.DEALT_WITH),
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
    **dict.fromkeys(WHO),
    **{field: kind for kind in TableKind for field in (*WHOLE[kind], *_BESIDE.get(kind, ()))},
}
_HOLDS: dict[TableField, type] = {
    **dict.fromkeys(WHO, str),
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
SUMS: tuple[tuple[TableField, tuple[TableField, ...]], ...] = (
    (_F.RECEIVED, AREAS),
    (_F.DECIDED, OUTCOMES),
    (_F.DEALT_WITH, GROUPS),
    (_F.DEALT_WITH, (_F.INVESTIGATED, _F.NOT_INVESTIGATED)),
    (_F.INVESTIGATED, (_F.UPHELD, _F.NOT_UPHELD)),
    (_F.NOT_INVESTIGATED, (_F.NOT_FOR_US, _F.ASSESSED_AND_CLOSED)),
    (_F.COMPLIED, (_F.COMPLIED_ON_TIME, _F.COMPLIED_LATE)),
    (_F.COMPLIANCE_OUTCOMES, (_F.COMPLIED, _F.NOT_COMPLIED)),
)
