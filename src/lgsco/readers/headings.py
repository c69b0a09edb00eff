"""
The headings of published tables: in what words a column says what it holds, and how well we know that.

No real spreadsheet was available: the headings are those that newspapers and councils quote, and others that we assume.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, final

from lgsco._values import value
from lgsco.documents.table_fields import TableField
from lgsco.readers.sentences import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

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
# The names of groups that may be within the heading of an average: "Average County Council uphold rate".
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
    Return a text on one line and without the marks of notes at its end, and those marks.

    >>> without_marks("Total [note 1]"), without_marks("1,234 [r] (note 2)"), without_marks("[z]")
    (('Total', '[note 1]'), ('1,234', '[r] (note 2)'), ('[z]', ''))
    """
    line = " ".join(text.split())
    bare = line
    for _ in range(_MOST_MARKS):
        mark = _NOTE_MARK.search(bare, max(len(bare) - _LONGEST_MARK, 0))
        if mark is None or mark.start() == 0:
            break
        bare = bare[: mark.start()]
    return bare, line[len(bare) :].strip()


def may_have_marks(text: str) -> bool:
    """Whether a text may have the mark of a note, however long it is."""
    return any(sign in text for sign in f"]){_SIGNS}")


def plain(heading: str) -> str:
    r"""
    Fold what headings differ in: case, punctuation, apostrophes, "&"; a sign of per cent becomes a word.

    >>> plain("Education & Children\N{RIGHT SINGLE QUOTATION MARK}s  Services"), plain("Uphold rate (%)")
    ('education and childrens services', 'uphold rate percent')
    """
    folded = heading[:_LONGEST].casefold().replace("&", " and ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    folded = folded.replace("per cent", "%").replace("%", " percent ").replace("'", "")
    return " ".join(re.findall(r"\w+", folded))


@functools.lru_cache(maxsize=4096)
def fields_of(heading: str) -> tuple[TableField | None, ...]:
    """
    Return the field that a heading heads, ``None`` for a total; nothing where it is not understood.

    >>> fields_of("Average uphold rate (%) of similar authorities"), fields_of("Total"), fields_of("Rank")
    ((TableField.UPHOLD_AVERAGE,), (None,), ())
    >>> fields_of("Sent back to us [Referred back for local resolution]")
    (TableField.REFERRED_BACK,)
    """
    bare, _ = without_marks(heading)
    # A share of something is not its count, wherever the sign of per cent is.
    is_share = "percent" in plain(bare).split()
    for text in (bare, _BRACKETS.sub(" ", bare), *_BRACKETS.findall(bare), _INITIALS.sub("", bare, count=1)):
        words = plain(text)
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
