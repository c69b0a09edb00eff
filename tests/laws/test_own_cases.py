"""
Laws of a council's own case list.

- What is exported in any of the usual forms is read back as the cases that it was.
- Any cells at all are read, or refused with the place of every problem; so are they by the columns that are proposed.
"""

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from lgsco import Authority, AuthorityType, Investigation, LgscoError, Outcome, strategies
from lgsco.convert import rows_of
from lgsco.model import CaseList
from lgsco.readers import CASE_FIELDS, ColumnProposal, read_cases
from lgsco.readers.case_cells import is_blank
from lgsco.readers.cells import fault_of

ME = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%d", "%Y-%m-%dT00:00:00")
BLANKS = (None, "", " ", "-", "n/a", "N/A")
FLAGS = {True: ("Yes", "y", True), False: ("No", "N", False)}
HEADINGS = {
    field: field.replace("_", " ").upper()
    for field in CASE_FIELDS
    if field not in {"authority", "code", "authority_type"}
}
CASES = strategies.investigation_lists(
    strategies.investigations(
        in_order=True,
        decisions=strategies.decisions(
            authorities=st.just(ME), outcomes=st.sampled_from((Outcome.UPHELD, Outcome.NOT_UPHELD))
        ),
    ),
    max_size=4,
)


@st.composite
def exports(draw):
    """Cases, and rows that say the same in words of a case system."""
    cases = draw(CASES)
    rows = []
    for row in rows_of(cases):
        # What is recommended in no more than a dash, or in the sign of an error, is nothing to a reader.
        assume(fault_of(row["recommendation_text"]) is None)
        assume(not is_blank(row["recommendation_text"] or "x"))
        said = {heading: _said(draw, row.get(field)) for field, heading in HEADINGS.items()}
        rows.append({**said, "Officer": "A"} if draw(st.booleans()) else said)
    return cases, rows


def _said(draw, cell):
    if cell is None:
        return draw(st.sampled_from(BLANKS))
    if isinstance(cell, bool):
        return draw(st.sampled_from(FLAGS[cell]))
    if isinstance(cell, dt.date):
        return draw(st.sampled_from((cell, *(cell.strftime(form) for form in DAYS if cell.year > 999))))
    return draw(st.sampled_from((cell, f" {cell}  "))) if isinstance(cell, str) else cell


@given(exports())
def test_an_export_comes_back_as_its_cases(export):
    """Whatever the words for days, for yes and no, and for nothing."""
    cases, rows = export

    read = read_cases(rows, HEADINGS, ME, duplicates="keep-identical") if rows else CaseList(decisions=[])

    assert tuple(cases) == read.investigations
    assert tuple(case.decision for case in cases) == read.decisions


CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(dt.UTC))
    | st.text(max_size=20)
    | st.sampled_from(("19 003 456", "upheld", "late", "1/4/2020", "4/25/2020", "=1+1", "\N{POUND SIGN}4"))
)
COLUMNS = st.sets(st.sampled_from(CASE_FIELDS)).map(lambda fields: {field: field for field in fields})


@given(st.lists(st.dictionaries(st.sampled_from(CASE_FIELDS), CELLS)), COLUMNS, st.sampled_from((ME, None)))
def test_any_cells_are_read_or_refused(rows, columns, authority):
    """A value or an error of ours, and nothing else."""
    assert isinstance(read_cases(rows, authority=authority), ColumnProposal)
    try:
        cases = read_cases(rows, columns, authority)
    except LgscoError:
        return
    assert all(isinstance(case, Investigation) for case in cases.investigations)


@given(st.binary(max_size=200) | st.text(max_size=200), COLUMNS, st.booleans())
def test_any_file_is_read_or_refused(export, columns, accept):
    """A value, a proposal or an error of ours, and nothing else."""
    try:
        cases = read_cases(export, columns or None, ME, accept=accept)
    except LgscoError:
        return
    assert isinstance(cases, CaseList if columns or accept else ColumnProposal)
