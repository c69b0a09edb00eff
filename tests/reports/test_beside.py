"""A council beside those that the reader chose."""

from __future__ import annotations

import pytest

from lgsco import published
from lgsco.errors import AuthorityLookupError
from lgsco.reports import Absent, comparison_report, council_report
from lgsco.stats.rates import Proportion

DATA = published.dataset()


def beside(report, heading):
    """Return the section with councils side by side, its table by council, and what its charts are of."""
    [section] = [section for section in report.sections if section.heading == heading]
    [table] = section.tables
    return section, {row.heading: row.cells for row in table.rows}


def test_chosen_councils_stand_side_by_side():
    """Kent beside three others: the sentence is about them, and each has a row, by name."""
    report = comparison_report(DATA, "Kent", "2024-25", against=["Surrey", "Essex", "E10000014"])
    section, rows = beside(report, "Beside the chosen councils")
    [uphold] = [section for section in report.sections if section.heading == "Uphold rate"]

    assert "together: 92% (213 of 231). This is lower" in uphold.paragraphs[0]
    assert [*rows] == [f"{name} County Council" for name in ("Essex", "Hampshire", "Kent", "Surrey")]
    assert rows["Kent County Council"][0] == Proportion(63, 76)
    assert rows["Essex County Council"][0] == Proportion(183, 193)
    assert [point.name for point in section.charts[0].points] == [
        f"{name} County Council" for name in ("Essex", "Hampshire", "Kent")
    ]
    assert report.sections[0].tables[0].columns[2].heading == "Chosen councils"


def test_a_statistic_that_none_of_them_has_says_so():
    """No average of nothing is shown."""
    report = comparison_report(DATA, "Kent", "2024-25", against=["Surrey", "Essex"])
    [compliance] = [section for section in report.sections if section.heading == "Compliance rate"]

    assert compliance.paragraphs[0].endswith("We do not have this figure for any of the chosen councils.")
    assert isinstance(report.sections[0].tables[0].rows[1].cells[2], Absent)


def test_a_region_shows_the_councils_of_which_anything_is_held():
    """It counts the others, which are many."""
    section, rows = beside(
        council_report(DATA, "Kent", "2024-25", against="region"), "Beside the councils of the region South East"
    )

    assert section.paragraphs[0] == "We have no figures for 53 of the 69 councils."
    assert len(rows) == 17
    assert "Kent County Council" in rows


def test_the_group_is_what_nobody_asked_otherwise():
    """Without a choice there is no such section, and a council that is not one is refused."""
    assert not any(section.heading.startswith("Beside") for section in council_report(DATA, "Kent", "2024-25").sections)
    with pytest.raises(AuthorityLookupError):
        comparison_report(DATA, "Kent", "2024-25", against=["Atlantis"])


def test_how_sure_states_each_range_once():
    """Beside the printed average; beside the chosen councils only what is new, and of what cannot be shown once."""
    report = comparison_report(DATA, "Croydon", "2023-24", against=["Merton", "Sutton", "Bexley"], detail=True)
    [sure] = [section.items for section in report.sections if section.heading == "How sure can we be?"]
    chosen, _ = beside(report, "Beside the chosen councils")

    assert 3 == sum("the likely range is" in item for item in sure)
    assert 1 == sum("better or worse than others" in item for item in sure)
    assert [
        "Uphold rate, beside the chosen councils: if the council were typical (84%)",
        "Satisfactory remedy rate, beside the chosen councils: if the council were typical (19%)",
    ] == [item.partition(", chance")[0] for item in sure if "beside" in item]
    assert "We have no figures for the London Borough of Sutton." == chosen.paragraphs[0]
    assert "Uphold rate of the London Borough of Croydon and the chosen councils, 2023-24, with likely ranges" == (
        chosen.charts[0].title
    )
