"""Files and folders to one dataset: what is taken of each, and everything that is not, by its file and place."""

import datetime as dt
import io
import os
import stat
import zipfile

import attrs
import pytest
from tests.support.downloads import COLUMNS, DECIDED, FILES, KENT, OWN, WORCESTERSHIRE, figures, fill
from tests.support.letters import render
from tests.support.listings import render_listing
from tests.support.sheets import as_csv, as_xlsx

import lgsco
from lgsco import Basis, InvalidValue, Outcome, convert, published, store
from lgsco.documents import PublishedDecision, ServiceImprovement
from lgsco.errors import AuthorityLookupError, UnreadableDocument
from lgsco.readers import Bounds

DECISION = PublishedDecision(
    KENT,
    "19 003 456",
    document_type="Statement",
    outcome=Outcome.UPHELD,
    subcategory="Special educational needs",
    decided_on=dt.date(2019, 7, 17),
)
LETTER = FILES["letter.txt"]
YEARLESS = as_csv([["Council", "Upheld", "Not upheld"], [KENT, 54, 20]])


def places(loaded):
    return sorted({str(problem.place) for problem in loaded.problems})


def test_a_folder_is_loaded_whole_with_everything_that_is_not_understood(tmp_path):
    """The figures of three tables are one review; the broken file is named, and the rest is there."""
    loaded = lgsco.load(fill(tmp_path / "downloads", FILES), columns=COLUMNS, authority="Kent")
    data = loaded.dataset

    assert {
        ("broken.xlsx", 0, True),
        ("letter.txt", 1, False),
        ("own.csv", 1, False),
        ("page.html", 1, False),
        ("sheets/compliance.xlsx", 1, False),
        ("sheets/decided.csv", 1, False),
        ("sheets/received.csv", 1, False),
    } == {(file.name, file.rows, file.error is not None) for file in loaded.files}
    assert [
        "broken.xlsx",
        "letter.txt",  # not found: compliance, remedies
        "own.csv",  # the case that is not decided
        "own.csv, Clerk",
        "page.html",
        "sheets/decided.csv",  # no column for the other outcomes
        "sheets/decided.csv, row 5",  # not in the register
        "sheets/decided.csv, row 5, Not upheld",
        "sheets/received.csv",
        "sheets/received.csv, D",
    ] == places(loaded)
    assert ["AnnualLetter", "CaseList", "PerformancePage", *["PublishedTable"] * 3] == sorted(
        type(document).__name__ for _, document in loaded.documents
    )
    review = data.review("Kent", "2019-20")
    assert (54, 74, 40, 41, 10) == (
        review.investigations.upheld,
        review.investigations.total,
        review.compliance.complied,
        review.compliance.total,
        review.received.total,
    )
    assert all(name in review.source.title for name in ("compliance.xlsx", "decided.csv", "received.csv"))
    assert review.source.basis is Basis.PUBLISHED
    own = data.review("Kent", "2019-20", basis="own_cases")
    assert (1, 1) == (own.investigations.upheld, own.investigations.total)
    letter = data.statistic(WORCESTERSHIRE, "2019-20", lgsco.uphold_rate)
    assert ("86% (19 of 22)", "66%") == (str(letter), str(letter.average.percent))
    assert (lgsco.Source("letter.txt", published_on=dt.date(2020, 7, 22)),) == letter.sources
    # 31 of 40 is 78%, and the page prints 75%.
    assert [("percent_against_counts", "page.html")] == [(each.kind, each.source.title) for each in loaded.findings]


def test_findings_are_within_documents_and_between_them(tmp_path):
    """Another letter with other counts, and copies of one decision in two listings that differ."""
    loaded = lgsco.load(
        fill(
            tmp_path,
            {
                "first.txt": LETTER,
                "second.txt": render(figures(WORCESTERSHIRE, 82, 18, 22)),
                "a.txt": render_listing([DECISION]),
                "b.txt": render_listing([attrs.evolve(DECISION, outcome=Outcome.NOT_UPHELD)]),
            },
        )
    )

    assert ["copies_disagree", "counts_disagree"] == sorted(finding.kind for finding in loaded.findings)
    # Neither copy is counted, and each file says so.
    assert {"a.txt", "b.txt"} == {problem.place.file for problem in loaded.problems if problem.place.path}
    assert lgsco.AnnualReview(loaded.dataset.register.find("Kent"), lgsco.ReportingYear(2020)) == loaded.dataset.review(
        "Kent", "2019-20", basis="published_decisions"
    )


def test_decisions_in_several_listings_are_counted_once_and_never_as_published(tmp_path):
    other = attrs.evolve(DECISION, reference="19 003 457", body="Nowhere Care Limited")
    loaded = lgsco.load(
        fill(tmp_path, {f"{n}.txt": render_listing([DECISION, *([other] if n == 4 else [])]) for n in range(5)})
    )
    counted = loaded.dataset.review("Kent", "2019-20", basis="published_decisions")

    assert (1, Basis.PUBLISHED_DECISIONS) == (counted.investigations.upheld, counted.source.basis)
    assert None is loaded.dataset.review("Kent", "2019-20").investigations
    assert [1, 1, 1, 1, 1] == [file.rows for file in loaded.files]
    assert ["4.txt"] == [problem.place.file for problem in loaded.problems]
    assert "Nowhere Care Limited" in str(loaded.problems[0])


def test_a_year_is_taken_from_the_name_of_a_file_at_last_and_said(tmp_path):
    """The caller comes first; a file that mentions another year is refused."""
    two = [["Upheld 2019-20, with corrections of 2018-19"], ["Council", "Upheld"], [KENT, 54]]
    files = {"2019-20-decided.csv": YEARLESS, "2019-20 all.csv": as_csv(two), "figures.csv": YEARLESS}
    fill(tmp_path, {**files, "minutes 2019-20.txt": "Minutes"})
    folder = lgsco.load(tmp_path)

    assert {
        "2019-20 all.csv": True,
        "2019-20-decided.csv": False,
        "figures.csv": True,
        "minutes 2019-20.txt": True,
    } == {file.name: isinstance(file.error, UnreadableDocument) for file in folder.files}
    assert 54 == folder.dataset.review("Kent", "2019-20").investigations.upheld
    assert any("2019-20" in problem.reason for problem in folder.problems if problem.place.file.endswith("decided.csv"))
    # As the caller says, but not where the file itself says otherwise.
    given = lgsco.load(tmp_path / "2019-20-decided.csv", tmp_path / "figures.csv", year="2020-21")
    assert {"2020-21"} == {str(year) for year in given.dataset.years}
    stated = fill(tmp_path / "stated", {"decided.csv": as_csv(DECIDED)})
    assert {"2019-20"} == {str(year) for year in lgsco.load(stated, year="2020-21").dataset.years}


def test_what_is_hidden_a_link_or_not_a_plain_file_is_skipped_and_said(tmp_path):
    folder = fill(
        tmp_path / "in", {"letter.txt": LETTER, ".hidden": LETTER, ".git/letter.txt": LETTER, "old.txt": LETTER}
    )
    fill(tmp_path / "out", {"letter.txt": LETTER})
    (folder / "link.txt").symlink_to(tmp_path / "out" / "letter.txt")
    (folder / "linked").symlink_to(tmp_path / "out")
    os.mkfifo(folder / "pipe")
    loaded = lgsco.load(folder, exclude=[folder / "old.txt"])

    assert ["letter.txt"] == [file.name for file in loaded.files]
    assert [".git", ".hidden", "link.txt", "linked", "old.txt", "pipe"] == [
        problem.place.file for problem in loaded.skipped
    ]
    # A link that is named is followed, and of several paths each is shown as it was given.
    both = lgsco.load(folder / "link.txt", tmp_path / "out")
    assert [str(folder / "link.txt"), str(tmp_path / "out" / "letter.txt")] == [file.name for file in both.files]


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    """Pack files into an archive; the names are texts or a ZipInfo."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def test_an_archive_is_read_as_a_folder_is(tmp_path):
    """Its files by their names in it; what is hidden, a link, locked, damaged or packed twice is not read."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    entries = [
        ("decided.csv", as_csv(DECIDED)),
        ("deep/moved.xlsx", as_xlsx({"Decided": DECIDED})),
        ("folder/", b""),
        ("__MACOSX/decided.csv", b"x"),
        ("deep/.hidden", b"x"),
        (link, b"letter.txt"),
        ("again.zip", zipped([("letter.txt", LETTER)])),
        ("damaged.txt", "this is what is changed"),
        ("locked.txt", "this is said to be locked"),
    ]
    content = zipped(entries, zipfile.ZIP_STORED).replace(b"what is changed", b"not what it was")
    first, last = content.find(b"locked.txt"), content.rfind(b"locked.txt")
    marked = bytearray(content)
    marked[first - 24] |= 1
    marked[last - 38] |= 1
    archives = {
        "all.zip": bytes(marked),
        "odd.zip": zipped([("letter.txt", LETTER)], zipfile.ZIP_LZMA),
        "torn.zip": zipped([("letter.txt", LETTER)])[:-30],
    }
    loaded = lgsco.load(fill(tmp_path, archives))

    assert {"all.zip/decided.csv": 1, "all.zip/deep/moved.xlsx": 1} == {
        file.name: file.rows for file in loaded.files if file.error is None
    }
    assert {"all.zip/again.zip", "all.zip/damaged.txt", "all.zip/locked.txt", "odd.zip/letter.txt", "torn.zip"} == {
        file.name for file in loaded.files if file.error is not None
    }
    assert {"all.zip/__MACOSX/decided.csv", "all.zip/deep/.hidden", "all.zip/link.txt"} == {
        problem.place.file for problem in loaded.skipped
    }


def test_sizes_are_asked_before_anything_is_read(tmp_path):
    """Of files, of streams, and of what an archive says that it holds."""
    small = Bounds(text_bytes=900, pdf_bytes=900, archive_bytes=900, archive_parts=2)
    fill(
        tmp_path,
        {
            "large.txt": "x" * 901,
            "many.zip": zipped([(str(number), "x") for number in range(3)]),
            "unfolds.zip": zipped([("zeros.txt", "0" * 10_000)]),
            "small.txt": "Minutes",
        },
    )
    loaded = lgsco.load(tmp_path, bounds=small)

    assert ["large.txt", "many.zip", "unfolds.zip"] == [
        file.name for file in loaded.files if isinstance(file.error, InvalidValue)
    ]
    assert isinstance(lgsco.load(io.BytesIO(b"x" * 901), bounds=small).files[0].error, InvalidValue)


def test_a_stream_is_read_and_named_where_it_has_a_name(tmp_path):
    path = fill(tmp_path, {"letter.txt": LETTER}) / "letter.txt"
    with path.open("rb") as stream:
        loaded = lgsco.load(stream, io.BytesIO(as_csv(DECIDED)))

    assert [(str(path), 1), ("-", 1)] == [(file.name, file.rows) for file in loaded.files]
    assert isinstance(lgsco.load(io.StringIO("Council")).files[0].error, InvalidValue)


def test_a_saved_dataset_comes_back_and_joins_what_is_beside_it(tmp_path):
    """Its own cases count once; a register that has a council differently is refused, and so is other JSON."""
    loaded = lgsco.load(fill(tmp_path / "in", FILES), columns=COLUMNS, authority="Kent")
    odd = attrs.evolve(loaded.dataset.register.entries[0], start=dt.date(1999, 4, 1))
    fill(
        tmp_path / "saved",
        {
            "all.json": convert.to_json(loaded.dataset),
            "odd.json": convert.to_json(lgsco.Dataset(lgsco.Register((odd,)))),
            "other.json": '{"lgsco": 1}',
            "own.csv": as_csv(OWN),
        },
    )
    again = lgsco.load(tmp_path / "saved", columns=COLUMNS, authority="Kent")

    assert loaded.dataset == again.dataset == lgsco.load(tmp_path / "saved" / "all.json").dataset
    assert {"odd.json", "other.json"} == {file.name for file in again.files if file.error is not None}
    assert (1, 1) == (len(again.dataset.cases), len(again.dataset.enquiries) + 1)


def test_a_database_is_a_saved_dataset_too(tmp_path):
    """By its path, in a folder, and by its address, which is shown without a password."""
    path = tmp_path / "figures.sqlite"
    data = lgsco.load(fill(tmp_path / "in", FILES)).dataset
    store.save(data, str(path))

    for address in (path, f"sqlite:///{path}"):
        assert data == lgsco.load(address).dataset
    path.write_bytes(path.read_bytes()[:100])
    loaded = lgsco.load(path, "nosuch://clerk:secret@host/name?password=secret")
    assert [str(path), "nosuch://host/name"] == [file.name for file in loaded.files if file.error is not None]
    assert "secret" not in "".join(map(str, loaded.problems))


def test_cases_in_two_exports_that_are_not_alike_are_counted_once_and_said(tmp_path):
    other = [OWN[0], ["19 001 001", "Not upheld", "1/10/2019", "S"]]
    settled = [["Ref", "Status", "On"], ["19 001 001", "Complied on time", "1/12/2019"]]
    columns = {"reference": "Ref", "compliance_status": "Status", "compliance_recorded_on": "On"}
    fill(tmp_path, {"a.csv": as_csv(OWN), "b.csv": as_csv(other), "c.csv": as_csv(settled)})
    loaded = lgsco.load(tmp_path, columns=COLUMNS, authority="Kent")
    own = loaded.dataset.review("Kent", "2019-20", basis="own_cases")

    assert (1, 1) == (own.investigations.upheld, own.investigations.total)
    assert ["b.csv"] == [problem.place.file for problem in loaded.problems if "a.csv" in problem.reason]
    # What has other headings is no such export.
    assert ["c.csv"] == [file.name for file in loaded.files if file.error is not None]
    kent = loaded.dataset.register.find("Kent")
    words = {"compliance_status": {"Complied on time": "complied_on_time"}}
    outcomes = lgsco.load(tmp_path / "c.csv", columns=columns, authority=kent, words=words)
    assert 1 == outcomes.dataset.review("Kent", "2019-20", basis="own_cases").compliance.complied


def test_an_export_with_a_bad_cell_is_refused_with_every_place(tmp_path):
    fill(
        tmp_path,
        {"own.csv": as_csv([OWN[0], ["19 001 001", "Upheld", "31/2/2019", ""], ["x", "Upheld", "1/10/2019", ""]])},
    )
    loaded = lgsco.load(tmp_path, columns=COLUMNS, authority="Kent")

    assert isinstance(loaded.files[0].error, InvalidValue)
    assert ["own.csv, row 2, Date", "own.csv, row 3, Ref"] == places(loaded)


def test_what_is_nearly_an_export_is_refused_as_such(tmp_path):
    """One heading is another; two sheets have all headings; the rest has none, and is what it is."""
    renamed = [["Ref", "Outcome", "Date"], ["19 001 001", "Upheld", "1/10/2019"]]
    fill(
        tmp_path,
        {
            "a.csv": as_csv(renamed),
            "b.xlsx": as_xlsx({"2019": OWN, "2020": OWN}),
            "c.txt": "Minutes",
            "d.csv": as_csv(DECIDED),
        },
    )
    loaded = lgsco.load(tmp_path, columns=COLUMNS, authority="Kent")

    assert [InvalidValue, UnreadableDocument, UnreadableDocument, type(None)] == [
        type(file.error) for file in loaded.files
    ]
    assert ["a.csv, Result"] == [str(problem.place) for problem in loaded.files[0].problems]
    assert 2 == len(loaded.files[1].error.found)


def test_a_council_is_matched_by_its_code_or_named_where_it_is_not(tmp_path):
    """A name that the register does not know, beside a code that it does; a letter to nobody that is known."""
    rows = [["Decided 2019-20"], ["Council", "Code", "Upheld"], ["The Garden of England", "E10000016", 54]]
    fill(tmp_path, {"codes.csv": as_csv(rows), "letter.txt": render(figures("Barsetshire County Council", 86, 19, 22))})
    loaded = lgsco.load(tmp_path)

    assert 54 == loaded.dataset.review("Kent", "2019-20").investigations.upheld
    assert {"codes.csv": 1, "letter.txt": 0} == {file.name: file.rows for file in loaded.files}
    assert any("Barsetshire" in str(problem) for problem in loaded.problems if problem.place.file == "letter.txt")


def test_wrong_arguments_are_refused_and_never_an_empty_dataset(tmp_path):
    for wrong in (
        lgsco.load,
        lambda: lgsco.load(tmp_path / "missing", tmp_path / "there"),
        lambda: lgsco.load("a\0b"),
        lambda: lgsco.load(2020),
        lambda: lgsco.load(tmp_path, authority=2020),
        lambda: lgsco.load(tmp_path, words={"outcome": {}}),
        lambda: lgsco.load(tmp_path, columns=COLUMNS, authority=2020),
        lambda: lgsco.load(tmp_path, columns={"reference": "Ref"}),
        lambda: lgsco.load(tmp_path, columns={**COLUMNS, "colour": "Colour"}, authority="Kent"),
        lambda: lgsco.load(tmp_path, year="last"),
    ):
        with pytest.raises(InvalidValue):
            wrong()
    with pytest.raises(AuthorityLookupError):
        lgsco.load(tmp_path, columns=COLUMNS, authority="Barset")
    assert [str(tmp_path)] == places(lgsco.load(tmp_path))


def test_a_table_of_one_council_is_whose_the_caller_says(tmp_path):
    """It has years in place of councils; an own export, for which columns are given, is no such table."""
    own = fill(tmp_path, {"own.csv": "Outcome,2018-19,2019-20\nUpheld,53,54\nNot upheld,8,20\n"})
    review = lgsco.load(own, authority="Kent").dataset.review("Kent", "2019-20")

    assert (54, 74) == (review.investigations.upheld, review.investigations.total)
    for options in ({}, {"columns": COLUMNS, "authority": "Kent"}):
        assert () == lgsco.load(own, **options).dataset.printed


def test_what_a_page_lists_as_service_improvements_is_in_the_dataset_and_its_report(tmp_path):
    """With their council, once however many copies there are; saved and loaded whole; of a council not known, said."""
    page = (
        "{}\nComplaints upheld\nWe investigated 20 complaints and upheld 10.\n50% of complaints we investigated were"
        " upheld.\nStatistics are based on a total of 20 investigations for the period between 1 April 2023 to"
        " 31 March 2024\n\nService improvements\nCase reference: 22 016 433\nCategory: Education\nTrain staff.\n"
    )
    for name, council in (("one", "Kent County Council"), ("two", "Kent County Council"), ("x", "Barset Council")):
        (tmp_path / f"{name}.txt").write_text(page.format(council), encoding="utf-8")
    loaded = lgsco.load(tmp_path)
    data = loaded.dataset
    kent = data.register.find("Kent")
    report = lgsco.reports.council_report(data, kent, "2023-24")

    assert (
        ServiceImprovement("22 016 433", "Train staff.", category="Education", authority=kent),
    ) == data.improvements
    assert data == convert.from_json(convert.to_json(data), lgsco.Dataset)
    assert data == convert.dataset_from_tables(convert.tables_of(data))
    assert [("22 016 433", ("Education", "Train staff."))] == [
        (row.heading, row.cells) for table in report.tables for row in table.rows if "Train staff." in row.cells
    ]
    assert {"x.txt"} == {problem.place.file for problem in loaded.problems if problem.value == "Barset Council"}
    with pytest.raises(InvalidValue):
        lgsco.Dataset(data.register, improvements=(ServiceImprovement(None, "Train staff."),))


def test_progress_is_told_to_a_callback(tmp_path):
    steps = []
    lgsco.load(fill(tmp_path, {"a.txt": LETTER, "b.txt": LETTER}), progress=lambda *step: steps.append(step))

    assert [(0, 2), (1, 2), (2, 2)] == steps


def test_what_ships_and_what_was_loaded_join(tmp_path):
    """The five lines of the how-to."""
    fill(tmp_path, FILES)
    data = published.dataset() + lgsco.load(tmp_path).dataset

    assert "73% (54 of 74)" == str(data.statistic("Kent", "2019-20", lgsco.uphold_rate))
    assert "81% (76 of 94)" == str(data.statistic("Kent", "2023-24", lgsco.uphold_rate))
