"""
The words in which a case system says what a field holds: outcomes, compliance, kinds of recommendation, yes and no.

No export of a real council was at hand. ``CASE_WORDS`` says of each word how well it is known.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, final

from lgsco._values import Choice, value
from lgsco.model.authorities import AuthorityType
from lgsco.model.cases import ComplianceStatus, Outcome, RecommendationKind, ServiceArea
from lgsco.readers.headings import fields_of
from lgsco.readers.scanner import plain
from lgsco.readers.sentences import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator


@final
@value
class CaseWord:
    """One way to say what a field holds; ``words`` are as ``plain`` of the headings folds them."""

    field: str
    words: str
    meaning: str
    evidence: Evidence


FLAGS: Final = ("satisfactory_remedy", "public_report", "recommendation_payment_in_text")
_LISTS: dict[str, type[Choice]] = {
    "authority_type": AuthorityType,
    "outcome": Outcome,
    "service_area": ServiceArea,
    "recommendation_kind": RecommendationKind,
    "compliance_status": ComplianceStatus,
}
CHOICES: Final = {
    **{field: tuple(member.value for member in members) for field, members in _LISTS.items()},
    **dict.fromkeys(FLAGS, ("yes", "no")),
}
"""The fields that hold one of a list, and that list."""

_TABLE = """
outcome | upheld | upheld maladministration and injustice | partly upheld; partially upheld; upheld in part; fault;
    fault found; fault found causing injustice; fault causing injustice; fault and injustice; fault no injustice;
    maladministration; maladministration and injustice; maladministration with injustice;
    maladministration no injustice; maladministration without injustice
outcome | not_upheld | not upheld no fault | no fault; no fault found; no evidence of fault; no maladministration;
    no maladministration found
outcome | referred_back | premature | premature complaint; premature decision; premature enquiry;
    premature referred back; referred back to council; referred back to authority; sent back for local resolution
outcome | closed_after_initial_enquiries | closed after initial enquiries out of jurisdiction |
    closed after initial enquiry; closed after initial inquiries; out of jurisdiction; outside jurisdiction
outcome | invalid_or_incomplete | incomplete invalid; invalid incomplete; incomplete or invalid | invalid; incomplete
outcome | advice_given | | advice; advice only; signposted
compliance_status | complied | compliant; remedy complete and satisfied | complied with; satisfied; compliance;
    remedy complete; remedy completed; remedy implemented; implemented; complete; completed; yes; y; true
compliance_status | on_time | | complied on time; complete and on time; completed on time; compliant on time;
    remedy completed on time; remedy complete on time
compliance_status | late | | complied late; complete but late; completed late; compliant late; late compliance;
    compliant but late; remedy completed late; remedy complete but late; remedy complete late
compliance_status | not_complied | | non compliance; non compliant; not compliant; not complied with; not satisfied;
    remedy not complete; remedy not completed; remedy incomplete; remedy incomplete and unsatisfied; not implemented;
    no; n; false
service_area | adult_care_services | | adults; adult social services; adults services; social care adults
service_area | education_and_childrens_services | | childrens services; childrens social care; children; education;
    children and families; schools; special educational needs; send; social care children; childrens
service_area | highways_and_transport | | transport; roads; parking
service_area | environmental_services | | environment; waste; refuse and recycling; environmental health
service_area | benefits_and_tax | | council tax; housing benefit; benefits; revenues and benefits
recommendation_kind | apology | | apologise; written apology; letter of apology
recommendation_kind | payment | | financial remedy; financial redress; financial; compensation; money; refund
recommendation_kind | reminder_or_training | | reminder; training; staff training; remind staff; training or guidance;
    staff reminder
recommendation_kind | policy_review | | policy or procedure review; procedure review; review of policy;
    procedure change; policy change; procedure or policy change; procedure or policy change review
recommendation_kind | service_improvement | | service change; improvement
yes or no | yes | | yes; y; true; 1
yes or no | no | | no; n; false; 0
"""
"""A field, what it holds, the words that are quoted for it, and the words that we assume."""


def _read() -> Iterator[CaseWord]:
    for field, members in _LISTS.items():
        for member in members:
            for words in dict.fromkeys(plain(name) for name in (_spaced(member), getattr(member, "label", member))):
                yield CaseWord(field, words, member.value, Evidence.QUOTED)
    for row in re.sub(r"\n +", " ", _TABLE).strip().splitlines():
        field, meaning, *columns = (cell.strip() for cell in row.split("|"))
        for evidence, several in zip((Evidence.QUOTED, Evidence.ASSUMED), columns, strict=True):
            for words in filter(None, several.split("; ")):
                for name in FLAGS if field == "yes or no" else (field,):
                    yield CaseWord(name, words, meaning, evidence)


def _spaced(word: str) -> str:
    return word.replace("_", " ")


CASE_WORDS: Final = (*_read(),)
"""Every word that is understood in a cell of a field that holds one of a list."""

_LABELS = {plain(outcome.label) for outcome in Outcome} | {
    "partly upheld", "partially upheld", "premature", "referred back", "incomplete invalid", "invalid incomplete"
}  # fmt: skip
_MEANINGS = {(word.field, word.words): word.meaning for word in CASE_WORDS}
# "Upheld: maladministration and injustice", "Not upheld - no fault", "Referred back for local resolution (premature)".
_REASON = re.compile(r" ?[:;(,\N{EN DASH}\N{EM DASH}] ?| - | -|- ")
_NO_FAULT = re.compile(r"\b(?:no|not|without|alleged)(?: \w+){0,3}? (?:fault|maladministration|injustice)\b")
_FAULT = re.compile(r"\b(?:fault|maladministration|injustice)\b")
_DENIALS = re.compile(r"\bnot upheld\b|\b(?:no|without)(?: \w+){0,3}? (?:fault|maladministration)\b")
_NOT_FINAL = re.compile(
    r"\b(?:draft|provisional(?:ly)?|proposed|pending|awaiting|tbc|under review|in review|withdrawn|overturned|quashed"
    r"|superseded|changed to|appeal(?:ed|ing)?|not (?:yet )?(?:final|confirmed|agreed)|stage (?:[1-3]|one|two|three))\b"
)
_LONGEST = 200


@functools.lru_cache(maxsize=4096)
def meaning_of(field: str, text: str) -> str | None:
    """
    Return what a field holds, by the words in its cell; ``None`` where they are not understood.

    An outcome may have its reason after it, which must neither deny it nor say that it is not final.

    >>> meaning_of("outcome", "Upheld: maladministration and injustice")
    'upheld'
    >>> meaning_of("outcome", "Closed after initial enquiries - no worthwhile outcome")
    'closed_after_initial_enquiries'
    >>> meaning_of("outcome", "Upheld: no fault") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    spaced = _spaced(text)
    known = _MEANINGS.get((field, plain(spaced)))
    if known is not None:
        return known
    if field == "service_area":
        areas = [area.value for area in fields_of(spaced) if area is not None and area.value in CHOICES[field]]
        return areas[0] if areas else None
    if field != "outcome":
        return None
    label, *reasons = _REASON.split(spaced, maxsplit=1)
    known = _MEANINGS.get((field, plain(label))) if plain(label) in _LABELS else None
    return None if known is None or _denies(plain(" ".join(reasons)), known) else known


def _denies(reason: str, outcome: str) -> bool:
    """Whether the words after an outcome say another one, or that it may not be the last."""
    if _NOT_FINAL.search(reason):
        return True
    if outcome == Outcome.UPHELD:
        return _DENIALS.search(reason) is not None
    if outcome == Outcome.NOT_UPHELD:
        return _FAULT.search(_NO_FAULT.sub("", reason)) is not None
    return "upheld" in reason.split()
