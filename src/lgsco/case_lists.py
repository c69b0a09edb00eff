"""A body's own list of cases, as read from an export: what it holds, and what in it is no decision yet."""

from __future__ import annotations

from typing import final

import attrs

from lgsco._values import each, optional, tuple_of, value
from lgsco.casework import ComplianceOutcome, Decision, Enquiry, Investigation

__all__ = ["CaseList"]


@final
@value
class CaseList:
    """
    What a council's own export of its cases holds.

    ``decisions`` are all cases that are decided; ``investigations`` are those among them that ended upheld or not
    upheld, with the work on them, where the export tells of it. ``compliance`` are the compliance outcomes.
    Either is ``None`` where the export does not tell of it, which is not the same as none.
    ``undecided`` are the references of cases that the export holds and that are not decided, and ``enquiries`` what was
    asked in those. ``unread_columns`` are headings that nobody said to read.

    Count it with ``reviews_of(cases.decisions, cases.compliance)``.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    decisions: tuple[Decision, ...] | None = attrs.field(
        default=None,
        kw_only=True,
        converter=attrs.converters.optional(tuple_of[Decision, ...]),
        validator=optional(each(Decision)),
    )
    compliance: tuple[ComplianceOutcome, ...] | None = attrs.field(
        default=None,
        kw_only=True,
        converter=attrs.converters.optional(tuple_of[ComplianceOutcome, ...]),
        validator=optional(each(ComplianceOutcome)),
    )
    investigations: tuple[Investigation, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Investigation, ...], validator=each(Investigation)
    )
    undecided: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str)
    )
    enquiries: tuple[Enquiry, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Enquiry, ...], validator=each(Enquiry)
    )
    unread_columns: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str)
    )
