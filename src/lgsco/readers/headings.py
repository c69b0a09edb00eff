"""
The headings of published tables: in what words a column says what it holds, and how well we know that.

No real spreadsheet was at hand: the headings are those that newspapers and councils quote from one, and others that we
assume.
"""

from __future__ import annotations

import functools
import re
from typing import final

from lgsco._values import value
from lgsco.documents.tables import TableField
from lgsco.readers.sentences import Evidence

__all__ = ["HEADINGS", "Heading", "fields_of", "is_total", "may_have_marks", "plain", "without_marks"]


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


_F, _QUOTED, _ASSUMED = TableField, Evidence.QUOTED, Evidence.ASSUMED
HEADINGS = (
    Heading("authority name", _F.NAME, _ASSUMED),
    Heading("authority", _F.NAME, _ASSUMED),
    Heading("council", _F.NAME, _ASSUMED),
    Heading("council name", _F.NAME, _ASSUMED),
    Heading("local authority", _F.NAME, _ASSUMED),
    Heading("local authority name", _F.NAME, _ASSUMED),
    Heading("name of authority", _F.NAME, _ASSUMED),
    Heading("name of council", _F.NAME, _ASSUMED),
    Heading("name", _F.NAME, _ASSUMED),
    Heading("body", _F.NAME, _ASSUMED),
    Heading("body name", _F.NAME, _ASSUMED),
    Heading("organisation", _F.NAME, _ASSUMED),
    Heading("organisation name", _F.NAME, _ASSUMED),
    Heading("body in jurisdiction", _F.NAME, _ASSUMED),
    Heading("bodies in jurisdiction", _F.NAME, _ASSUMED),
    Heading("code", _F.CODE, _ASSUMED),
    Heading("ons code", _F.CODE, _ASSUMED),
    Heading("gss code", _F.CODE, _ASSUMED),
    Heading("ons gss code", _F.CODE, _ASSUMED),
    Heading("authority code", _F.CODE, _ASSUMED),
    Heading("area code", _F.CODE, _ASSUMED),
    Heading("council code", _F.CODE, _ASSUMED),
    Heading("local authority code", _F.CODE, _ASSUMED),
    Heading("la code", _F.CODE, _ASSUMED),
    Heading("year", _F.YEAR, _ASSUMED),
    Heading("financial year", _F.YEAR, _ASSUMED),
    Heading("reporting year", _F.YEAR, _ASSUMED),
    Heading("year ending", _F.YEAR, _ASSUMED),
    Heading("year ended", _F.YEAR, _ASSUMED),
    Heading("year to", _F.YEAR, _ASSUMED),
    Heading("period", _F.YEAR, _ASSUMED),
    Heading("year ending 31 march", _F.YEAR, _ASSUMED),
    Heading("adult social care services", _F.ADULT_CARE_SERVICES, _ASSUMED),
    Heading("adult care", _F.ADULT_CARE_SERVICES, _ASSUMED),
    Heading("adults social care", _F.ADULT_CARE_SERVICES, _ASSUMED),
    Heading("adult services", _F.ADULT_CARE_SERVICES, _ASSUMED),
    Heading("adult care services", _F.ADULT_CARE_SERVICES, _QUOTED),
    Heading("adult social care", _F.ADULT_CARE_SERVICES, _QUOTED),
    Heading("benefits and tax", _F.BENEFITS_AND_TAX, _QUOTED),
    Heading("benefits and taxation", _F.BENEFITS_AND_TAX, _ASSUMED),
    Heading("tax and benefits", _F.BENEFITS_AND_TAX, _ASSUMED),
    Heading("corporate and other", _F.CORPORATE_AND_OTHER_SERVICES, _ASSUMED),
    Heading("corporate services and other", _F.CORPORATE_AND_OTHER_SERVICES, _ASSUMED),
    Heading("corporate and other services", _F.CORPORATE_AND_OTHER_SERVICES, _QUOTED),
    Heading("corporate services", _F.CORPORATE_AND_OTHER_SERVICES, _QUOTED),
    Heading("corporate", _F.CORPORATE_AND_OTHER_SERVICES, _QUOTED),
    Heading("education and children services", _F.EDUCATION_AND_CHILDRENS_SERVICES, _ASSUMED),
    Heading("education and childrens", _F.EDUCATION_AND_CHILDRENS_SERVICES, _ASSUMED),
    Heading("childrens services and education", _F.EDUCATION_AND_CHILDRENS_SERVICES, _ASSUMED),
    Heading("education childrens services", _F.EDUCATION_AND_CHILDRENS_SERVICES, _ASSUMED),
    Heading("education and childrens services", _F.EDUCATION_AND_CHILDRENS_SERVICES, _QUOTED),
    Heading("environmental services and public protection and regulation", _F.ENVIRONMENTAL_SERVICES, _ASSUMED),
    Heading("environment services", _F.ENVIRONMENTAL_SERVICES, _ASSUMED),
    Heading("environment and public protection", _F.ENVIRONMENTAL_SERVICES, _ASSUMED),
    Heading("environment and regulation", _F.ENVIRONMENTAL_SERVICES, _ASSUMED),
    Heading("environmental services public protection", _F.ENVIRONMENTAL_SERVICES, _ASSUMED),
    Heading("environmental services public protection and regulations", _F.ENVIRONMENTAL_SERVICES, _ASSUMED),
    Heading("environmental services public protection and regulation", _F.ENVIRONMENTAL_SERVICES, _QUOTED),
    Heading("environmental services and public protection", _F.ENVIRONMENTAL_SERVICES, _QUOTED),
    Heading("environmental services and regulation", _F.ENVIRONMENTAL_SERVICES, _QUOTED),
    Heading("environmental services", _F.ENVIRONMENTAL_SERVICES, _QUOTED),
    Heading("transport and highways", _F.HIGHWAYS_AND_TRANSPORT, _ASSUMED),
    Heading("highways transport", _F.HIGHWAYS_AND_TRANSPORT, _ASSUMED),
    Heading("highways and transport", _F.HIGHWAYS_AND_TRANSPORT, _QUOTED),
    Heading("highways", _F.HIGHWAYS_AND_TRANSPORT, _QUOTED),
    Heading("housing", _F.HOUSING, _QUOTED),
    Heading("housing services", _F.HOUSING, _ASSUMED),
    Heading("planning and development", _F.PLANNING_AND_DEVELOPMENT, _QUOTED),
    Heading("planning", _F.PLANNING_AND_DEVELOPMENT, _ASSUMED),
    Heading("other", _F.OTHER, _QUOTED),
    Heading("others", _F.OTHER, _ASSUMED),
    Heading("other services", _F.OTHER, _ASSUMED),
    Heading("other complaints", _F.OTHER, _ASSUMED),
    Heading("received", _F.RECEIVED, _ASSUMED),
    Heading("total received", _F.RECEIVED, _ASSUMED),
    Heading("complaints received", _F.RECEIVED, _ASSUMED),
    Heading("total complaints received", _F.RECEIVED, _ASSUMED),
    Heading("complaints and enquiries received", _F.RECEIVED, _ASSUMED),
    Heading("total complaints and enquiries received", _F.RECEIVED, _ASSUMED),
    Heading("invalid and incomplete", _F.INVALID_OR_INCOMPLETE, _ASSUMED),
    Heading("incomplete or invalid", _F.INVALID_OR_INCOMPLETE, _ASSUMED),
    Heading("incomplete", _F.INVALID_OR_INCOMPLETE, _ASSUMED),
    Heading("invalid or incomplete", _F.INVALID_OR_INCOMPLETE, _QUOTED),
    Heading("incomplete invalid", _F.INVALID_OR_INCOMPLETE, _QUOTED),
    Heading("invalid", _F.INVALID_OR_INCOMPLETE, _QUOTED),
    Heading("advice given", _F.ADVICE_GIVEN, _QUOTED),
    Heading("advice", _F.ADVICE_GIVEN, _ASSUMED),
    Heading("referred back to local resolution", _F.REFERRED_BACK, _ASSUMED),
    Heading("referred back for local resolutions", _F.REFERRED_BACK, _ASSUMED),
    Heading("referred back for local resolution", _F.REFERRED_BACK, _QUOTED),
    Heading("referred back", _F.REFERRED_BACK, _QUOTED),
    Heading("closed after initial inquiries", _F.CLOSED_AFTER_INITIAL_ENQUIRIES, _ASSUMED),
    Heading("closed after enquiries", _F.CLOSED_AFTER_INITIAL_ENQUIRIES, _ASSUMED),
    Heading("closed", _F.CLOSED_AFTER_INITIAL_ENQUIRIES, _ASSUMED),
    Heading("closed after initial enquiries", _F.CLOSED_AFTER_INITIAL_ENQUIRIES, _QUOTED),
    Heading("closed after initial enquiry", _F.CLOSED_AFTER_INITIAL_ENQUIRIES, _QUOTED),
    Heading("not upheld", _F.NOT_UPHELD, _QUOTED),
    Heading("not upheld decisions", _F.NOT_UPHELD, _ASSUMED),
    Heading("complaints not upheld", _F.NOT_UPHELD, _ASSUMED),
    Heading("decisions not upheld", _F.NOT_UPHELD, _ASSUMED),
    Heading("upheld decisions", _F.UPHELD, _ASSUMED),
    Heading("complaints upheld", _F.UPHELD, _ASSUMED),
    Heading("decisions upheld", _F.UPHELD, _ASSUMED),
    Heading("upheld complaints", _F.UPHELD, _ASSUMED),
    Heading("number upheld", _F.UPHELD, _ASSUMED),
    Heading("upheld cases", _F.UPHELD, _ASSUMED),
    Heading("cases upheld", _F.UPHELD, _ASSUMED),
    Heading("upheld", _F.UPHELD, _QUOTED),
    Heading("decided", _F.DECIDED, _ASSUMED),
    Heading("total decided", _F.DECIDED, _ASSUMED),
    Heading("complaints decided", _F.DECIDED, _ASSUMED),
    Heading("total complaints decided", _F.DECIDED, _ASSUMED),
    Heading("decisions made", _F.DECIDED, _ASSUMED),
    Heading("total decisions", _F.DECIDED, _ASSUMED),
    Heading("complaints and enquiries decided", _F.DECIDED, _ASSUMED),
    Heading("total complaints and enquiries decided", _F.DECIDED, _ASSUMED),
    Heading("decisions", _F.DECIDED, _ASSUMED),
    Heading("upheld rate", _F.UPHOLD_RATE, _ASSUMED),
    Heading("percent upheld", _F.UPHOLD_RATE, _ASSUMED),
    Heading("upheld percent", _F.UPHOLD_RATE, _ASSUMED),
    Heading("percentage upheld", _F.UPHOLD_RATE, _ASSUMED),
    Heading("complaints upheld percent", _F.UPHOLD_RATE, _ASSUMED),
    Heading("percentage of complaints upheld", _F.UPHOLD_RATE, _ASSUMED),
    Heading("percent of complaints upheld", _F.UPHOLD_RATE, _ASSUMED),
    Heading("percentage of investigations upheld", _F.UPHOLD_RATE, _ASSUMED),
    Heading("percent of investigations upheld", _F.UPHOLD_RATE, _ASSUMED),
    Heading("uphold rate", _F.UPHOLD_RATE, _QUOTED),
    Heading("average uphold rate of similar authorities", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("average uphold rate for similar authorities", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("average uphold rate in similar authorities", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("similar authorities uphold rate", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("similar authority uphold rate", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("average uphold rate of similar organisations", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("average uphold rate of authorities of this type", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("uphold rate similar authorities", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("average upheld rate", _F.UPHOLD_AVERAGE, _ASSUMED),
    Heading("average uphold rate", _F.UPHOLD_AVERAGE, _QUOTED),
    Heading("upheld per 100 000 residents", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld decisions per 100 000 residents", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld per 100k", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld decisions per 100k residents", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld per 100 000", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld decisions per 100 000", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld decisions per 100k", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld per 100k residents", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("upheld decisions per 100 000 population", _F.UPHELD_PER_100K, _ASSUMED),
    Heading("average upheld decisions per 100 000 residents", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED),
    Heading("average upheld per 100 000 residents", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED),
    Heading("average upheld per 100k", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED),
    Heading(
        "average upheld decisions per 100 000 residents of similar authorities", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED
    ),
    Heading("average upheld decisions per 100k residents", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED),
    Heading("average upheld decisions per 100 000", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED),
    Heading("average upheld per 100 000 residents of similar authorities", _F.UPHELD_PER_100K_AVERAGE, _ASSUMED),
    Heading("not for us", _F.NOT_FOR_US, _ASSUMED),
    Heading("not for us or not ready for us to investigate", _F.NOT_FOR_US, _ASSUMED),
    Heading("not for us or not ready", _F.NOT_FOR_US, _ASSUMED),
    Heading("not for us not ready for us to investigate", _F.NOT_FOR_US, _ASSUMED),
    Heading("assessed and closed", _F.ASSESSED_AND_CLOSED, _ASSUMED),
    Heading("assessed closed", _F.ASSESSED_AND_CLOSED, _ASSUMED),
    Heading("investigations", _F.INVESTIGATED, _ASSUMED),
    Heading("detailed investigations", _F.INVESTIGATED, _ASSUMED),
    Heading("total investigations", _F.INVESTIGATED, _ASSUMED),
    Heading("complaints investigated", _F.INVESTIGATED, _ASSUMED),
    Heading("total investigated", _F.INVESTIGATED, _ASSUMED),
    Heading("total detailed investigations", _F.INVESTIGATED, _ASSUMED),
    Heading("number of investigations", _F.INVESTIGATED, _ASSUMED),
    Heading("cases investigated", _F.INVESTIGATED, _ASSUMED),
    Heading("number of detailed investigations", _F.INVESTIGATED, _ASSUMED),
    Heading("investigated", _F.INVESTIGATED, _QUOTED),
    Heading("investigated upheld not upheld", _F.INVESTIGATED, _QUOTED),
    Heading("not investigated", _F.NOT_INVESTIGATED, _QUOTED),
    Heading("complaints not investigated", _F.NOT_INVESTIGATED, _ASSUMED),
    Heading("dealt with", _F.DEALT_WITH, _ASSUMED),
    Heading("complaints dealt with", _F.DEALT_WITH, _ASSUMED),
    Heading("total dealt with", _F.DEALT_WITH, _ASSUMED),
    Heading("total complaints dealt with", _F.DEALT_WITH, _ASSUMED),
    Heading("complied", _F.COMPLIED, _ASSUMED),
    Heading("compliant", _F.COMPLIED, _ASSUMED),
    Heading("recommendations complied with", _F.COMPLIED, _ASSUMED),
    Heading("number complied", _F.COMPLIED, _ASSUMED),
    Heading("total complied", _F.COMPLIED, _ASSUMED),
    Heading("satisfied", _F.COMPLIED, _ASSUMED),
    Heading("compliance satisfied", _F.COMPLIED, _ASSUMED),
    Heading("remedy complied with", _F.COMPLIED, _ASSUMED),
    Heading("recommendations implemented", _F.COMPLIED, _ASSUMED),
    Heading("compliance with recommendations", _F.COMPLIED, _ASSUMED),
    Heading("complied on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("remedy complete and satisfied on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("completed on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("compliance on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("complied with on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("remedied on time", _F.COMPLIED_ON_TIME, _ASSUMED),
    Heading("complied late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("late compliance", _F.COMPLIED_LATE, _ASSUMED),
    Heading("completed late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("compliance late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("complied with late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("remedy completed late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("remedied late", _F.COMPLIED_LATE, _ASSUMED),
    Heading("not complied", _F.NOT_COMPLIED, _ASSUMED),
    Heading("not compliant", _F.NOT_COMPLIED, _ASSUMED),
    Heading("non compliance", _F.NOT_COMPLIED, _ASSUMED),
    Heading("non compliant", _F.NOT_COMPLIED, _ASSUMED),
    Heading("not complied with", _F.NOT_COMPLIED, _ASSUMED),
    Heading("remedy not complied with", _F.NOT_COMPLIED, _ASSUMED),
    Heading("recommendations not complied with", _F.NOT_COMPLIED, _ASSUMED),
    Heading("not satisfied", _F.NOT_COMPLIED, _ASSUMED),
    Heading("compliance outcomes", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("total compliance outcomes", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("number of compliance outcomes", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("compliance decisions", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("total recommendations", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("recommendations due", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("remedies due", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("recommendations due for compliance", _F.COMPLIANCE_OUTCOMES, _ASSUMED),
    Heading("compliance percent", _F.COMPLIANCE_RATE, _ASSUMED),
    Heading("percent compliance", _F.COMPLIANCE_RATE, _ASSUMED),
    Heading("percentage compliance", _F.COMPLIANCE_RATE, _ASSUMED),
    Heading("compliance rate with recommendations", _F.COMPLIANCE_RATE, _ASSUMED),
    Heading("compliance rate", _F.COMPLIANCE_RATE, _QUOTED),
    Heading("average compliance rate", _F.COMPLIANCE_AVERAGE, _ASSUMED),
    Heading("average compliance rate of similar authorities", _F.COMPLIANCE_AVERAGE, _ASSUMED),
    Heading("average compliance rate for similar authorities", _F.COMPLIANCE_AVERAGE, _ASSUMED),
    Heading("average compliance rate in similar authorities", _F.COMPLIANCE_AVERAGE, _ASSUMED),
    Heading("similar authorities compliance rate", _F.COMPLIANCE_AVERAGE, _ASSUMED),
    Heading("compliance rate similar authorities", _F.COMPLIANCE_AVERAGE, _ASSUMED),
    Heading("satisfactory remedies", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactory remedy", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactory remedy decisions", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("upheld with satisfactory remedy", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactory remedy provided by authority", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactory remedies provided", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactory remedy provided", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactory remedy before complaint reached ombudsman", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactorily by authority before lgsco involvement", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("upheld satisfactory remedy provided", _F.SATISFACTORY_REMEDIES, _ASSUMED),
    Heading("satisfactorily by authority before lgo involvement", _F.SATISFACTORY_REMEDIES, _QUOTED),
    Heading("by lgo", _F.REMEDIED_BY_OMBUDSMAN, _QUOTED),
    Heading("by lgsco", _F.REMEDIED_BY_OMBUDSMAN, _ASSUMED),
    Heading("by ombudsman", _F.REMEDIED_BY_OMBUDSMAN, _ASSUMED),
    Heading("remedied by lgsco", _F.REMEDIED_BY_OMBUDSMAN, _ASSUMED),
    Heading("by the ombudsman", _F.REMEDIED_BY_OMBUDSMAN, _ASSUMED),
    Heading("satisfactory remedy rate", _F.REMEDY_RATE, _ASSUMED),
    Heading("satisfactory remedy percent", _F.REMEDY_RATE, _ASSUMED),
    Heading("satisfactory remedies percent", _F.REMEDY_RATE, _ASSUMED),
    Heading("percentage satisfactory remedy", _F.REMEDY_RATE, _ASSUMED),
    Heading("percent satisfactory remedy", _F.REMEDY_RATE, _ASSUMED),
    Heading("remedy rate", _F.REMEDY_RATE, _ASSUMED),
    Heading("satisfactory remedies rate", _F.REMEDY_RATE, _ASSUMED),
    Heading("average satisfactory remedy rate", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("average satisfactory remedy rate of similar authorities", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("average satisfactory remedy rate for similar authorities", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("similar authorities satisfactory remedy rate", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("average satisfactory remedy rate in similar authorities", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("satisfactory remedy rate similar authorities", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("average remedy rate", _F.REMEDY_AVERAGE, _ASSUMED),
    Heading("totals", None, _ASSUMED),
    Heading("grand total", None, _ASSUMED),
    Heading("all", None, _ASSUMED),
    Heading("overall total", None, _ASSUMED),
    Heading("sum", None, _ASSUMED),
    Heading("total", None, _QUOTED),
)
"""Every heading that is understood, and the column that it heads."""

_BY_WORDS = {heading.words: heading.field for heading in HEADINGS}
# The names of groups that may stand within the heading of an average: "Average County Council uphold rate".
_OF_A_GROUP = re.compile(
    r"\b(?:county|district|metropolitan|unitary|london) (?:boroughs?|councils?|authority|authorities)\b ?"
)
# A council's own table heads a column with its initials.
_INITIALS = re.compile(r"[A-Z]{3,6} (?=\w)")
_SIGNS = (
    "\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT FOUR}\N{SUPERSCRIPT FIVE}"
    "\N{SUPERSCRIPT SIX}\N{SUPERSCRIPT SEVEN}\N{SUPERSCRIPT EIGHT}\N{SUPERSCRIPT NINE}\N{DAGGER}\N{DOUBLE DAGGER}*#"
)
_NOTE_MARK = re.compile(
    rf" ?(?:\[(?:notes? ?)?[0-9]{{1,3}}\]|\(notes? ?[0-9]{{1,3}}\)|\[[prebuf]\]|[{_SIGNS}]{{1,3}})$", re.IGNORECASE
)
_MOST_MARKS, _LONGEST_MARK = 4, 20
_BRACKETS = re.compile(r"[\[(]([^\[\]()]{0,200})[\])]")
_TOTALS = re.compile(
    r"(?:grand |sub ?|overall )?totals?(?: .{0,60})?|.{0,60} totals?|all (?:councils|authorities|bodies)|all"
    r"|(?:all )?england|national(?: total)?|sum"
)
"""Rows that add up others: no council is called so."""
_LONGEST = 300


def without_marks(text: str) -> tuple[str, str]:
    """
    Give a text on one line and without the marks of notes at its end, and those marks.

    >>> without_marks("Total [note 1]"), without_marks("1,234 [r] (note 2)"), without_marks("[z]")
    (('Total', '[note 1]'), ('1,234', '[r] (note 2)'), ('[z]', ''))
    """
    said = " ".join(text.split())
    bare = said
    for _ in range(_MOST_MARKS):
        mark = _NOTE_MARK.search(bare, max(len(bare) - _LONGEST_MARK, 0))
        if mark is None or mark.start() == 0:
            break
        bare = bare[: mark.start()]
    return bare, said[len(bare) :].strip()


def may_have_marks(text: str) -> bool:
    """Whether any mark of a note may stand in a text, however long."""
    return any(sign in text for sign in f"]){_SIGNS}")


def plain(heading: str) -> str:
    r"""
    Fold what headings differ in: case, punctuation, apostrophes, "&"; a sign of per cent becomes a word.

    >>> plain("Education & Children\N{RIGHT SINGLE QUOTATION MARK}s  Services"), plain("Uphold rate (%)")
    ('education and childrens services', 'uphold rate percent')
    """
    said = heading[:_LONGEST].casefold().replace("&", " and ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    said = said.replace("per cent", "%").replace("%", " percent ").replace("'", "")
    return " ".join(re.findall(r"\w+", said))


@functools.lru_cache(maxsize=4096)
def fields_of(heading: str) -> tuple[TableField | None, ...]:
    """
    Say what a heading stands for: a field, ``None`` for a total; nothing at all where it is not understood.

    >>> fields_of("Average uphold rate (%) of similar authorities"), fields_of("Total"), fields_of("Rank")
    ((TableField.UPHOLD_AVERAGE,), (None,), ())
    >>> fields_of("Sent back to us [Referred back for local resolution]")
    (TableField.REFERRED_BACK,)
    """
    bare, _ = without_marks(heading)
    # A share of something is not its count, wherever the sign of per cent stands.
    is_share = "percent" in plain(bare).split()
    for said in (bare, _BRACKETS.sub(" ", bare), *_BRACKETS.findall(bare), _INITIALS.sub("", bare, count=1)):
        words = plain(said)
        unsigned = " ".join(word for word in words.split() if word != "percent")
        for known in (words, _OF_A_GROUP.sub("", words), unsigned, _OF_A_GROUP.sub("", unsigned)):
            if known in _BY_WORDS:
                field = _BY_WORDS[known]
                if not is_share or (field is not None and field.holds is not int):
                    return (field,)
    return ()


def is_total(name: str) -> bool:
    """Whether a row of this name adds up other rows."""
    return _TOTALS.fullmatch(plain(name)) is not None
