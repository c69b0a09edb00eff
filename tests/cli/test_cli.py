"""The command line: what it prints, in which form, to which stream, and with which exit code."""

import io
import json
import os
import re
import subprocess
import sys
import types

import attrs
import pytest
from tests.support.letters import Noise, render
from tests.support.values import YEAR

import lgsco
from lgsco import (
    Average,
    Comparison,
    Finding,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Proportion,
    ReportingYear,
    compliance_rate,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.cli import main
from lgsco.comparison import CautionKind
from lgsco.convert import from_json
from lgsco.documents import FindingKind, PrintedStatistic
from lgsco.readers import read_letter
from lgsco.series import Change, ControlChart, History, Trend
from lgsco.wording import commands as wording

OK, DISAGREE, CANNOT, UNREADABLE = 0, 1, 2, 3


@pytest.fixture
def run(capsys, monkeypatch):
    """Give a function that carries out a command, and gives its exit code, its output and its complaints."""
    monkeypatch.setenv("COLUMNS", "100")

    def carried_out(*arguments):
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return carried_out


def words(text):
    """Give the words of a text in their order, wherever its lines break."""
    return " ".join(text.split())


def cells(row):
    """Give the cells of a row of a text table, which stand two spaces or more apart."""
    return [cell.strip() for cell in re.sub(r"% +\(", "% (", row).split("  ") if cell.strip()]


def row_of(text, title):
    """Give the cells of the row of a text table with this title."""
    (row,) = (line for line in text.splitlines() if line.startswith(title + "  "))
    return cells(row)


def value_of(document, kind, key):
    """Read a part of the JSON that a command prints, as what ``convert`` writes for it."""
    head = {"lgsco": document["lgsco"], "type": kind.__name__}
    if isinstance(document[key], list):
        return from_json(json.dumps({**head, "values": document[key]}), tuple[kind, ...])
    return from_json(json.dumps({**head, "value": document[key]}), kind)


# --- review


def test_the_main_job(run):
    """Worcestershire 2019-20: each statistic with its counts, its interval and the printed average beside it."""
    code, out, err = run("review", "Worcestershire County Council", "--year", "2019-20")

    assert (OK, "") == (code, err)
    assert "Worcestershire County Council, 2019-20" == out.splitlines()[0]
    assert ["Uphold rate", "86% (19 of 22)", "67% to 95%", "66%", "too close to call"] == row_of(out, "Uphold rate")
    assert ["Compliance rate", "92% (11 of 12)", "65% to 99%", "100%", "1 not carried out"] == row_of(
        out, "Compliance rate"
    )
    assert ["Satisfactory remedy rate", "16% (3 of 19)", "6% to 38%", "9%", "could be chance"] == row_of(
        out, "Satisfactory remedy rate"
    )


def test_the_main_job_says_what_it_rests_on(run):
    """Who is similar, that averages are as printed, what is counted, and where each figure came from."""
    _, out, _ = run("review", "Worcestershire County Council", "--year", "2019-20")
    said = words(out)

    assert "The Ombudsman compares Worcestershire County Council with county councils." in said
    assert "The Ombudsman's figure for similar councils, this council included." in said
    assert "LGSCO, annual review letter to Worcestershire County Council, 22 July 2020" in said
    assert "of the complaints the Ombudsman investigated, the share in which it found fault" in said


def test_the_main_job_says_what_the_letter_gets_wrong(run):
    """The one contradiction of the letter, with the figures that show it."""
    _, out, _ = run("review", "Worcestershire County Council", "--year", "2019-20")
    said = words(out)

    assert "22 detailed investigations, but 16% is 3 of 19 upheld; of 22 it would be 14%" in said
    assert 1 == said.count("published is a base")


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("worcestershire", "2019-20"),
        ("E10000034", "2019-20"),
        ("Worcestershire", "2019/20"),
        ("Worcestershire", "2020"),
        ("Worcestershire", "2019-2020"),
    ],
)
def test_names_and_years_may_be_written_as_people_write_them(run, name, year):
    """A spelling, a code, and each way to write the year, give the same page."""
    assert run("review", "Worcestershire County Council", "--year", "2019-20") == run("review", name, "--year", year)


def test_a_review_as_markdown(run):
    """Headings, lists and a table that a reader of Markdown understands, with the same figures."""
    code, out, _ = run("review", "Worcestershire County Council", "--year", "2019-20", "--markdown")
    lines = out.splitlines()

    assert (OK, "# Worcestershire County Council, 2019-20") == (code, lines[0])
    assert "| Uphold rate | 86% (19 of 22) | 67% to 95% | 66% | too close to call |" in lines
    assert "| Satisfactory remedy rate | 16% (3 of 19) | 6% to 38% | 9% | could be chance |" in lines
    assert "| --- | --- | --- | --- | --- |" in lines
    assert "## Sources" in lines
    assert 1 == sum(line.startswith("- ") and "16% is 3 of 19 upheld" in line for line in lines)


def test_a_review_as_json(run):
    """The comparisons and the findings are read back as the values that the page was made from."""
    code, out, _ = run("review", "Worcestershire County Council", "--year", "2019-20", "--json")
    document = json.loads(out)
    comparisons = value_of(document, Comparison, "comparisons")
    (finding,) = value_of(document, Finding, "findings")
    printed = [held for held in comparisons if isinstance(held.benchmark, PrintedAverage)]

    assert OK == code
    assert [
        (uphold_rate, Proportion(19, 22), PrintedPercent(66)),
        (compliance_rate, Proportion(11, 12), PrintedPercent(100)),
        (satisfactory_remedy_rate, Proportion(3, 19), PrintedPercent(9)),
    ] == [(held.measure, held.rate, held.benchmark.percent) for held in printed]
    assert {"uphold_rate", "compliance_rate", "satisfactory_remedy_rate"} == {
        held["measure"] for held in document["comparisons"]
    }
    assert FindingKind.WRONG_BASE is finding.kind
    assert document["comparisons"][0]["rate"] == {"numerator": 19, "denominator": 22}


def test_a_computed_average_stands_beside_the_printed_one(run):
    """Kent 2024-25: most of the group is held, so the others are pooled, and how many they are is said."""
    code, out, _ = run("review", "Kent County Council", "--year", "2024-25")

    assert OK == code
    assert ["83% (63 of 76)", "73% to 90%", "89%", "89% (719 of 807)"] == row_of(out, "Uphold rate")[1:5]
    assert "14 other councils of the 20 in the group" in words(out)


def test_a_computed_average_as_json(run):
    """It is told from the printed one, and knows how much of the group it rests on."""
    _, out, _ = run("review", "Kent County Council", "--year", "2024-25", "--json")
    comparisons = value_of(json.loads(out), Comparison, "comparisons")
    (average,) = (
        held.benchmark
        for held in comparisons
        if isinstance(held.benchmark, Average) and held.benchmark.value is not None
    )

    assert (Proportion(719, 807), Proportion(14, 20)) == (average.pooled, average.group.coverage)


def test_what_is_not_published_is_said_in_words(run):
    """Nothing held is neither nought nor a gap."""
    _, out, _ = run("review", "Kent County Council", "--year", "2024-25")

    assert ["not held", "not held", "not held", "too few held"] == row_of(out, "Compliance rate")[1:5]


def test_nothing_over_nothing_is_said_in_words(run):
    """Allerdale 2022-23 prints 0% of 0 recommendations: that is no rate, and the page says that print is wrong."""
    _, out, _ = run("review", "Allerdale", "--year", "2022-23")

    assert "no recommendations were" == row_of(out, "Compliance rate")[1]
    assert "published is 0% of 0" in words(out)


def test_a_true_nought_is_a_figure(run):
    """Lancaster 2019-20: none of 2 were upheld."""
    _, out, _ = run("review", "Lancaster", "--year", "2019-20")

    assert "0% (0 of 2)" == row_of(out, "Uphold rate")[1]


def test_an_abolished_council_carries_a_caution(run):
    """Cumbria 2023-24: figures of a council that was gone, beside no average, with its successors."""
    code, out, _ = run("review", "Cumbria", "--year", "2023-24")
    said = words(out)

    assert OK == code
    assert "90% (9 of 10)" == row_of(out, "Uphold rate")[1]
    assert all(name in said for name in ("abolished", "Cumberland Council", "Westmorland and Furness Council"))
    assert "published is 91%, but 9 of 10 is 90%" in said


def test_an_abolished_council_as_json(run):
    """The caution is a value, not only words, and there is nothing to stand beside."""
    _, out, _ = run("review", "Cumbria", "--year", "2023-24", "--json")
    comparisons = value_of(json.loads(out), Comparison, "comparisons")

    assert {None} == {held.benchmark for held in comparisons}
    assert all(CautionKind.REORGANISED in {caution.kind for caution in held.cautions} for held in comparisons)


def test_figures_without_a_contradiction_say_nothing_of_one(run):
    """An empty list of findings is JSON too."""
    _, out, _ = run("review", "Kent County Council", "--year", "2024-25")
    _, as_json, _ = run("review", "Kent County Council", "--year", "2024-25", "--json")

    assert "get wrong" not in out
    assert [] == json.loads(as_json)["findings"]


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("Rutland", "2019-20", ["Rutland County Council", "2019-20"]),
        ("Cumbria", "2019-20", ["Cumbria County Council", "2023-24", "2024-25"]),
        ("City of London", "2019-20", ["City of London Corporation"]),
        ("Wrocestershire County Council", "2019-20", ["Wrocestershire", "Worcestershire County Council"]),
        ("Barsetshire", "2019-20", ["Barsetshire"]),
        ("Cumberland", "2021-22", ["Cumberland Council", "2023-04-01"]),
        ("Carlisle", "2024-25", ["Carlisle City Council", "2023-04-01", "Cumberland Council"]),
        ("Poole", "2021-22", ["2019-04-01", "Bournemouth, Christchurch and Poole Council"]),
    ],
)
def test_what_cannot_be_shown_is_said(run, name, year, said):
    """No figures (with what is held), nobody of that name (with the nearest), not yet, no more (with who followed)."""
    code, out, err = run("review", name, "--year", year)

    assert (CANNOT, "") == (code, out)
    assert [] == [each for each in said if each not in err]
    assert err.startswith("lgsco: ")


@pytest.mark.parametrize("form", ["--json", "--markdown"])
def test_a_refusal_is_the_same_in_every_form(run, form):
    """A program that asked for JSON gets the exit code and no half of a document."""
    assert run("review", "Rutland", "--year", "2019-20") == run("review", "Rutland", "--year", "2019-20", form)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("rank",),
        ("review",),
        ("review", "Kent"),
        ("review", "--year", "2019-20"),
        ("review", "Kent", "--year"),
        ("review", "Kent", "--year", "last"),
        ("review", "Kent", "--year", "2019-21"),
        ("review", "Kent", "--year", "19-20"),
        ("review", "Kent", "--year", "1960"),
        ("review", "Kent", "--year", "2019-20", "--json", "--markdown"),
        ("review", "Kent", "2019-20"),
        ("review", "Kent", "--year", "2019-20", "--csv"),
        ("audit",),
        ("funnel", "--group", "care_provider", "--year", "2024-25"),
        ("funnel", "--group", "county_council", "--year", "2024-25", "--measure", "late_compliance_rate"),
    ],
)
def test_wrong_words_are_a_matter_of_usage(run, arguments):
    """No command, half a command, a year that is none: exit code 2, how to use it, and nothing on standard output."""
    code, out, err = run(*arguments)

    assert (CANNOT, "") == (code, out)
    assert "usage: lgsco" in err


@pytest.mark.parametrize("arguments", [("--help",), ("review", "--help"), ("audit", "--help")])
def test_help_is_no_failure(run, arguments):
    """It goes to standard output."""
    code, out, err = run(*arguments)

    assert (OK, "") == (code, err)
    assert out.startswith("usage: lgsco")


def test_help_says_what_the_exit_codes_mean(run):
    """Whoever writes a script finds all four."""
    _, out, _ = run("--help")

    assert [] == [
        code for code in (OK, DISAGREE, CANNOT, UNREADABLE) if f"{code} " not in out.partition("Exit codes")[2]
    ]


@pytest.mark.parametrize("columns", ["1", "60", "80", "100", "400"])
def test_text_fits_the_terminal(run, monkeypatch, columns):
    """Lines are as long as the terminal is wide, from 60 columns to 100; only an address may be longer."""
    monkeypatch.setenv("COLUMNS", columns)
    code, out, _ = run("review", "Worcestershire County Council", "--year", "2019-20")

    assert OK == code
    assert max(len(line) for line in out.splitlines() if "://" not in line) <= min(max(int(columns), 60), 100)


# --- compare and funnel


def test_a_comparison_in_words(run):
    """Worcestershire 2019-20: counts, interval and benchmark of each statistic in a sentence, borderline as it is."""
    code, out, err = run("compare", "Worcestershire", "--year", "2019-20")
    said = words(out)

    assert (OK, "") == (code, err)
    for each in ("19 of 22", "86%", "66%", "11 of 12", "100%", "3 of 19", "9%", "too close to call", "Add --detail."):
        assert each in said
    assert "Two standard tests disagree" in words(run("compare", "Worcestershire", "--year", "2019-20", "--detail")[1])
    assert "Two standard tests" not in said
    assert "annual review letter to Worcestershire County Council" in said


def test_a_comparison_as_json(run):
    """With the printed average, and with the computed one where enough is held."""
    _, worcestershire, _ = run("compare", "Worcestershire", "--year", "2019-20", "--json")
    _, kent, _ = run("compare", "Kent", "--year", "2024-25", "--json")

    assert [PrintedAverage] * 3 == [
        type(held.benchmark) for held in value_of(json.loads(worcestershire), Comparison, "comparisons")
    ]
    assert [PrintedAverage, Average] == [
        type(held.benchmark)
        for held in value_of(json.loads(kent), Comparison, "comparisons")
        if held.measure == uphold_rate and held.benchmark is not None
    ]


def test_a_group_against_limits(run):
    """Councils by name and not by rate, each with its counts and its position in words."""
    code, out, err = run("funnel", "--group", "county_council", "--year", "2024-25")
    councils = [line.split("  ")[0] for line in out.splitlines() if "County Council  " in line]

    assert (OK, "") == (code, err)
    assert (15, sorted(councils)) == (len(councils), councils)
    assert ["83% (63 of 76)", "73% to 90%", "within the limits"] == row_of(out, "Kent County Council")[1:]
    assert "below the 95% limit" == row_of(out, "East Sussex County Council")[3]
    assert "15 of the 21 councils" in words(out)


def test_a_group_of_which_too_little_is_held(run):
    """There are rates and no limits, and why is said; as there is where nothing is held at all."""
    code, out, _ = run("funnel", "--group", "district_council", "--year", "2022-23")
    nothing, nowhere, why = run("funnel", "--group", "london_borough", "--year", "2019-20")

    assert OK == code
    assert "We cannot draw a chart with limits" in out
    assert ["25% (1 of 4)", "5% to 70%"] == row_of(out, "Allerdale Borough Council")[1:]
    assert (CANNOT, "") == (nothing, nowhere)
    assert "London Boroughs" in why


def test_a_funnel_as_json(run):
    """A document that is read back as the funnel."""
    _, out, _ = run("funnel", "--group", "county_council", "--year", "2024-25", "--limits", "exact", "--json")
    made = from_json(out, lgsco.Funnel)

    assert (uphold_rate, ReportingYear(2025), 15) == (made.measure, made.year, len(made.points))


# --- history


def test_the_years_of_a_council(run):
    """Kent from 2022-23 on: every count, the breaks, what is on one footing, and what is set beside nothing."""
    code, printed, _ = run("history", "Kent County Council")
    said = words(printed)

    assert OK == code
    for count in ("87% (53 of 61)", "100% (51 of 51)", "8% (4 of 53)", "81% (76 of 94)", "83% (63 of 76)"):
        assert count in printed
    assert "From 2022-23: fewer borderline cases are investigated, so uphold rates rise everywhere." in said
    assert "Do not compare the uphold rate or the satisfactory remedy rate with the years before." in said
    assert "from 100% (51 of 51) in 2022-23 to 98% (62 of 63) in 2023-24" in said
    assert (
        "rose by 2 percentage points, from 81% (76 of 94) in 2023-24 to 83% (63 of 76) in 2024-25 (likely range: 10"
        " lower to 13 higher). The change is small enough to be chance." in said
    )
    assert "was 87% (53 of 61) in 2022-23, 81% (76 of 94) in 2023-24 and 83% (63 of 76) in 2024-25." in said
    assert "too few years for a trend, which needs 3 that were counted in the same way." in said


def test_the_years_of_an_abolished_council(run):
    """Cumbria: when it ended, its own figures after that, and its successors, whose figures are not among them."""
    code, printed, _ = run("history", "Cumbria County Council")
    said = words(printed)

    assert OK == code
    assert "Cumbria County Council was abolished on 1 April 2023. The councils after it: Cumberland Council" in said
    assert "Westmorland and Furness Council (figures of 2023-24). Their figures are not in this series." in said
    assert "Complaints about it were still decided afterwards" in said
    for count in ("90% (9 of 10)", "100% (12 of 12)", "0% (0 of 9)", "no complaints were investigated"):
        assert count in printed


def test_the_years_of_a_council_that_was_created(run):
    """Its predecessors are named, with the years that are held of them."""
    code, printed, _ = run("history", "Westmorland and Furness Council")

    assert OK == code
    assert "was created on 1 April 2023. The councils before it: " in words(printed)
    assert "Cumbria County Council (figures of 2023-24 and 2024-25)" in words(printed)
    assert "We have no year with cases." in run("history", "East Sussex")[1]


def test_across_breaks_the_cautions_stay(run):
    """What is drawn because it was asked for says across what."""
    code, printed, _ = run("history", "East Sussex", "--across-breaks")
    said = words(printed)

    assert OK == code
    assert "the rate was 70% (21 of 30) in 2020-21, 66% (25 of 38) in 2021-22, 77% (20 of 26) in 2022-23," in said
    assert "Run rules: 5 years are too few to tell" in said
    assert "This is drawn across a series break, 2022-23: fewer borderline cases" in said


def test_years_that_are_not_held_are_named(run):
    """Between the first and the last."""
    _, printed, _ = run("history", "Worcestershire County Council")

    assert "We have no figures for 2015-16, 2016-17, 2017-18, 2018-19, 2020-21, 2022-23 and 2023-24." in words(printed)


def test_the_years_as_json(run):
    """The history, and each change, trend and chart as its type is written."""
    _, printed, _ = run("history", "East Sussex", "--across-breaks", "--json")
    document = json.loads(printed)

    def held(kind, value):
        return from_json(json.dumps({"lgsco": document["lgsco"], "type": kind.__name__, "value": value}), kind)

    history = held(History, document["history"])
    changes = [held(Change, value) for value in document["changes"]]
    assert [2021, 2022, 2023, 2024, 2025] == [year.ending for year in history.years]
    assert [(2021, 2022), (2022, 2023), (2023, 2024), (2024, 2025)] == [
        (made.earlier.year.ending, made.later.year.ending) for made in changes
    ]
    assert [uphold_rate] == [held(Trend, value).measure for value in document["trends"]]
    assert ["Uphold rate", "Compliance rate", "Satisfactory remedy rate"] == [
        held(ControlChart, value).title for value in document["charts"]
    ]


def test_years_of_which_nothing_is_told_are_still_json(run):
    """No change, no trend: empty lists."""
    _, printed, _ = run("history", "Cumbria County Council", "--json")
    document = json.loads(printed)

    assert ([], []) == (document["changes"], document["trends"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kentshire", "no authority in the register is called 'Kentshire'"),
        ("Somerset", "may be"),
        ("Somerset Council", "no figures of Somerset Council are held. Somerset Council was created on 1 April 2023."),
    ],
)
def test_a_council_without_a_history_is_refused(run, name, said):
    """With what is known of it."""
    code, printed, complaint = run("history", name)

    assert (CANNOT, "") == (code, printed)
    assert said in words(complaint)


# --- audit

FIGURES = PrintedReview(
    "Barsetshire County Council",
    YEAR,
    upheld=PrintedStatistic(
        percent=PrintedPercent(86), count=19, base=22, base_noun="detailed investigations", average=PrintedPercent(66)
    ),
    remedies=PrintedStatistic(percent=PrintedPercent(16), count=3, base=22, base_noun="detailed investigations"),
)
CONSISTENT = PrintedReview(
    "Børchester District Council",
    YEAR,
    upheld=PrintedStatistic(percent=PrintedPercent(50), count=1, base=2, base_noun="detailed investigations"),
    compliance=PrintedStatistic(base=0),
    remedies=PrintedStatistic(percent=PrintedPercent(0), count=0, base=1, base_noun="upheld decisions"),
)


@pytest.fixture
def letter(tmp_path):
    """Give a function that writes a letter to a file, and gives the file's name."""

    def written(figures, name="letter.txt"):
        path = tmp_path / name
        path.write_bytes(figures if isinstance(figures, bytes) else render(figures, Noise(bold=True)).encode())
        return str(path)

    return written


def test_a_letter_that_contradicts_itself(run, letter):
    """Exit code 1, what the letter prints, what was not found in it, and the one contradiction."""
    code, out, err = run("audit", letter(FIGURES))

    assert (DISAGREE, "") == (code, err)
    assert "Barsetshire County Council, 2019-20, of 22 July 2020" in out.splitlines()[0]
    assert ["Uphold rate", "86%", "19", "22 detailed investigations", "66%"] == row_of(out, "Uphold rate")
    assert ["Compliance rate", "-", "-", "-", "-"] == row_of(out, "Compliance rate")
    assert "16% is 3 of 19 upheld; of 22 it would be 14%" in words(out)
    assert "compliance" in next(line for line in out.splitlines() if "ot found" in line)
    assert "1 contradiction:" in out.splitlines()


def test_a_letter_that_agrees_with_itself(run, letter):
    """Exit code 0, and it says so."""
    code, out, err = run("audit", letter(CONSISTENT))

    assert (OK, "") == (code, err)
    assert "Børchester District Council" in out.splitlines()[0]
    assert "contradiction" not in out
    assert "ot found" not in out
    assert "Nothing in it contradicts" in out


def test_several_contradictions_are_counted(run, letter):
    """Each on a line of its own."""
    wrong = PrintedReview(
        "Barsetshire County Council",
        YEAR,
        upheld=PrintedStatistic(percent=PrintedPercent(91), count=9, base=10, base_noun="detailed investigations"),
        compliance=PrintedStatistic(percent=PrintedPercent(54), base=29, base_noun="compliance outcomes"),
    )
    code, out, _ = run("audit", letter(wrong))

    assert DISAGREE == code
    listed = out.partition("2 contradictions:\n")[2]
    assert 2 == sum(line.startswith("- ") for line in listed.splitlines())


def test_an_audit_as_json(run, letter):
    """The letter and the findings are read back as the values that they are."""
    code, out, _ = run("audit", "--json", letter(FIGURES))
    said = json.loads(out)
    [file] = said["files"]
    [document] = file["documents"]
    findings = value_of({"lgsco": said["lgsco"], **file}, Finding, "findings")

    assert DISAGREE == code
    printed = read_letter(render(FIGURES, Noise(bold=True)))
    source = lgsco.Source(file["file"], published_on=printed.dated)
    printed = attrs.evolve(printed, figures=attrs.evolve(printed.figures, source=source))
    assert printed == from_json(json.dumps(document), lgsco.AnnualLetter)
    assert [(FindingKind.WRONG_BASE, file["file"])] == [(one.kind, one.source.title) for one in findings]


def test_an_audit_without_findings_as_json(run, letter):
    """An empty list, and the letter whole."""
    code, out, _ = run("audit", letter(CONSISTENT), "--json")
    [file] = json.loads(out)["files"]

    assert (OK, [], None) == (code, file["findings"], file["error"])
    assert "Børchester District Council" == file["documents"][0]["value"]["figures"]["name"]
    assert "Børchester" in out


def test_a_letter_from_standard_input(run, letter, monkeypatch):
    """A dash stands for it, and what comes from there is audited as a file is."""
    stream = io.BytesIO(render(FIGURES, Noise(bold=True)).encode())
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=stream))
    piped = run("audit", "-")

    assert piped == run("audit", letter(FIGURES))
    assert DISAGREE == piped[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ["letter", "page", "decisions", "table"]),
        (b"86% of complaints we investigated were upheld.\n", ["council", "year", "compliance", "remedies"]),
        (b"%PDF-1.7\n\x00", ["PDF"]),
        (render(FIGURES).encode("utf-16"), ["byte 0", "UTF-8"]),
        (render(FIGURES).replace("86%", "186%").encode(), ["186%", "line "]),
        (render(FIGURES).encode() + b"\n87% of complaints we investigated were upheld.", ["86%", "87%", "line "]),
    ],
)
def test_what_is_no_letter_is_unreadable(run, letter, content, said):
    """Exit code 3, the file's name, what was sought, and what clashed; nothing on standard output."""
    name = letter(content)
    code, out, err = run("audit", name)

    assert (UNREADABLE, "") == (code, out)
    assert [] == [each for each in (name, *said) if each not in err]
    assert (code, out, err) == run("audit", "--json", name)


def test_a_file_that_is_not_there_is_unreadable(run, tmp_path):
    """It is told by its name, without a traceback."""
    (tmp_path / "letter.txt").touch()
    for path in (tmp_path / "missing.txt", tmp_path / "letter.txt" / "below"):
        code, out, err = run("audit", str(path))

        assert (UNREADABLE, "") == (code, out)
        assert err.startswith(f"lgsco: {path}: ")
        assert 1 == len(err.splitlines())


def test_no_control_characters_reach_the_terminal(run, letter):
    """A letter is somebody else's text: an escape sequence in it does not colour, clear or retitle the terminal."""
    hostile = render(FIGURES).replace("Barsetshire", "Barset\x1b[2J\x1b]0;x\x07shire")
    _, out, err = run("audit", letter(hostile.encode()))

    assert [] == [character for character in out + err if ord(character) < 32 and character != "\n"]


# --- The program


def program(*arguments, **options):
    """Run the command as a process of its own."""
    command = [sys.executable, "-c", "import sys; from lgsco.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.mark.slow
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_terminal_without_a_letter_of_the_text_is_no_crash(letter, form):
    """On a machine that does not write UTF-8, an audit of a letter with a ligature ends as it does elsewhere."""
    text = render(FIGURES, said=("The \N{LATIN SMALL LIGATURE FI}gures.",)).replace(
        "Barset", "Bar\N{CYRILLIC SMALL LETTER ES}et"
    )
    done = program("audit", letter(text.encode()), *form, env={**os.environ, "PYTHONIOENCODING": "cp1252"})

    assert (DISAGREE, b"") == (done.returncode, done.stderr)


@pytest.mark.slow
def test_the_version():
    """One line, and the version of the package."""
    done = program("--version", text=True)

    assert (OK, f"lgsco {lgsco.__version__}\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
def test_exit_codes_reach_the_shell(letter):
    """What ``main`` gives is what a script sees, with standard input read as bytes."""
    text = render(FIGURES).encode()
    codes = [
        program("review", "Kent", "--year", "2024-25").returncode,
        program("audit", "-", input=text).returncode,
        program("review", "Barsetshire", "--year", "2024-25").returncode,
        program("audit", letter(b"nothing")).returncode,
    ]

    assert [OK, DISAGREE, CANNOT, UNREADABLE] == codes


# --- report


def test_a_report_is_written_in_the_form_of_its_ending(run, tmp_path):
    """A page, or Markdown; what was written is said."""
    for name, beginning in (("kent.html", "<!DOCTYPE html>"), ("kent.md", "# Kent County Council, 2023-24")):
        path = tmp_path / name
        code, out, _ = run("report", "Kent County Council", "--year", "2023-24", "-o", str(path))

        assert OK == code
        assert f"Kent County Council, 2023-24: {path}" == out.strip()
        text = path.read_text(encoding="utf-8")
        assert text.startswith(beginning)
        assert "not by the Ombudsman" in text


def test_a_report_may_be_a_workbook(run, tmp_path):
    """Whatever the capitals of the ending."""
    path = tmp_path / "kent.XLSX"
    code, _, _ = run("report", "Kent County Council", "--year", "2023-24", "-o", str(path))

    assert OK == code
    assert path.read_bytes().startswith(b"PK")


def test_a_page_may_be_without_pictures(run, tmp_path):
    """As with the option."""
    path = tmp_path / "kent.html"
    code, _, _ = run("report", "Kent County Council", "--year", "2023-24", "-o", str(path), "--no-charts")

    assert OK == code
    assert "<svg" not in path.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_or_has_another_ending(run, tmp_path):
    """Each is said with its file."""
    path = tmp_path / "nowhere" / "kent.md"
    code, out, err = run("report", "Kent County Council", "--year", "2023-24", "-o", str(path))

    assert (UNREADABLE, "") == (code, out)
    assert str(path) in err
    code, out, err = run("report", "Kent County Council", "--year", "2023-24", "-o", "kent.pdf")
    assert (CANNOT, "") == (code, out)
    assert "kent.pdf" in err


def test_no_report_of_what_is_not_held(run, tmp_path):
    """As with every command, what is held is said instead."""
    code, out, err = run("report", "Kent County Council", "--year", "2016-17", "-o", str(tmp_path / "kent.md"))

    assert (CANNOT, "") == (code, out)
    assert "2023-24" in err


def test_a_report_on_a_council_of_which_nothing_is_held_says_where_to_look(run, tmp_path):
    """In a year of which other councils' figures are held; of another year there is nothing to say."""
    page = tmp_path / "adur.md"

    code, out, _ = run("report", "Adur", "--year", "2023-24", "-o", str(page))

    assert (OK, True) == (code, wording.NOTHING_HELD in out)
    first = page.read_text(encoding="utf-8").split("\n## ")[1]
    assert "https://www.lgo.org.uk/your-councils-performance" in first
    assert CANNOT == run("report", "Adur", "--year", "2031-32", "-o", str(page))[0]
