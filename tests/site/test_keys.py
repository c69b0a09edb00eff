"""
Keys of pages: a page whose key is the same is the same, byte for byte, whatever has changed; few keys change.

So a site that is built again is as it would be if it were built from nothing.
"""

import datetime as dt
import functools

import attrs

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceOutcome,
    ComplianceStatus,
    ComplianceTally,
    Dataset,
    Decision,
    Enquiry,
    InvestigationTally,
    Outcome,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Register,
    ReportingYear,
    Source,
    uphold_rate,
)
from lgsco.cli import _site, main
from lgsco.documents import NationalFigures, PrintedStatistic, RegionalFigures, ServiceImprovement
from lgsco.model import AuthorityPopulation, RegisterEntry
from lgsco.site import site_pages
from lgsco.stats import Population

COUNTY, UNITARY = AuthorityType.COUNTY_COUNCIL, AuthorityType.UNITARY_COUNCIL
COUNTIES = [Authority(f"County {letter}", COUNTY) for letter in "ABCDEF"]
A, F = COUNTIES[0], COUNTIES[-1]
FORMER, LATER = Authority("Former", UNITARY), Authority("Later", UNITARY)
YEARS = [ReportingYear(2024), ReportingYear(2025)]
LETTER = Source("A letter", published_on=dt.date(2025, 7, 1))
NEWER = Source("A newer letter", published_on=dt.date(2026, 7, 1))


def entry(council, **more):
    return RegisterEntry(council, group=council.type, region="South East", centre_km=(500, 200), **more)


def review(council, year, upheld=6, **more):
    counts = InvestigationTally(upheld, 4, satisfactory_remedies=2)
    return AnnualReview(council, year, investigations=counts, compliance=ComplianceTally(5, 1), source=LETTER, **more)


def average(group, year, percent, source=LETTER):
    return PrintedAverage(group, year, measure=uphold_rate, percent=PrintedPercent(percent), source=source)


def case(council, **more):
    return Decision("19 003 456", council, outcome=Outcome.UPHELD, decided_on=YEARS[0].end, **more)


def printed(council, year, percent, **more):
    upheld = PrintedStatistic(percent=PrintedPercent(percent), **more)
    return PrintedReview(council.name, year, upheld=upheld, source=LETTER)


@functools.cache
def data():
    """Two groups of two years: one is drawn, of the other a percentage alone is known, with its average beside."""
    ends = dt.date(2024, 6, 1)
    return Dataset(
        Register([*map(entry, COUNTIES), entry(FORMER, end=ends, successors=(LATER,)), entry(LATER, start=ends)]),
        counts=tuple(review(council, year) for council in COUNTIES for year in YEARS),
        printed=(printed(FORMER, YEARS[0], 60), printed(LATER, YEARS[1], 55)),
        averages=(average(COUNTY, YEARS[0], 70), average(COUNTY, YEARS[1], 71)),
        national=(NationalFigures(YEARS[0], upheld=PrintedPercent(74), source=LETTER),),
        regional=(RegionalFigures("South East", YEARS[0], upheld=PrintedPercent(70), source=LETTER),),
        populations=(AuthorityPopulation(A, YEARS[0], population=Population(1_000, dt.date(2023, 6, 30))),),
        cases=(case(A),),
        compliance=(ComplianceOutcome("19 003 456", A, status=ComplianceStatus.ON_TIME, recorded_on=YEARS[0].end),),
        enquiries=(Enquiry(YEARS[0].start, YEARS[0].end),),
        improvements=(ServiceImprovement("19 003 456", "Train staff.", authority=A),),
    )


def with_counts(*changed):
    keys = {(row.authority, row.year) for row in changed}
    kept = [row for row in data().counts if (row.authority, row.year) not in keys]
    return attrs.evolve(data(), counts=(*kept, *changed))


def with_entry(name, **changes):
    entries = [
        attrs.evolve(each, **changes) if each.authority.name == name else each for each in data().register.entries
    ]
    return attrs.evolve(data(), register=Register(entries))


LAST, EARLIER = review(A, YEARS[1], 9), review(A, YEARS[0], 9)


def changes():
    """Give what changes, and what a site is then made of; of each part of a dataset all is lost in turn."""
    parts = [field.name for field in attrs.fields(Dataset) if field.name != "register"]
    assert all(getattr(data(), part) for part in parts), "each part has something to lose"
    rows = data().counts
    percents = (printed(FORMER, YEARS[0], 60), printed(LATER, YEARS[1], 99))
    last, earlier = (average(COUNTY, YEARS[0], 70), average(COUNTY, YEARS[1], 90)), (average(COUNTY, YEARS[0], 90),)
    elsewhere = Dataset(data().register, averages=(average(UNITARY, YEARS[0], 66),))
    england = (NationalFigures(YEARS[0], upheld=PrintedPercent(99), source=LETTER),)
    return {
        "nothing but the order": {"data": attrs.evolve(data(), counts=rows[::-1])},
        "a count of the last year": {"data": with_counts(LAST)},
        "a count of an earlier year": {"data": with_counts(EARLIER)},
        "a source": {"data": with_counts(attrs.evolve(review(F, YEARS[1]), source=NEWER))},
        "a year that is gone": {"data": attrs.evolve(data(), counts=tuple(row for row in rows if row != rows[-1]))},
        "a council that is gone": {
            "data": attrs.evolve(data(), counts=tuple(row for row in rows if row.authority != F))
        },
        "a percentage": {"data": attrs.evolve(data(), printed=percents)},
        "an average of the last year": {"data": attrs.evolve(data(), averages=last)},
        "an average of an earlier year": {"data": attrs.evolve(data(), averages=earlier)},
        "an average of another group": {"data": data() + elsewhere},
        "figures of England": {"data": attrs.evolve(data(), national=england)},
        "a case": {"data": attrs.evolve(data(), cases=(case(A, public_report=True),))},
        "a case of another council": {"data": attrs.evolve(data(), cases=(case(A), case(F)))},
        "a region": {"data": with_entry("County A", region="North East")},
        "a spelling": {"data": with_entry("Former", spellings=("Formerly",))},
        "the end of a council": {"data": with_entry("County A", end=dt.date(2025, 1, 1))},
        "the date": {"as_at": dt.date(2026, 11, 29)},
        "small counts": {"suppression": "below-five"},
        "no charts": {"charts": False},
        "the source of the cases": {"cases_from": NEWER},
        **{f"all {part}": {"data": attrs.evolve(data(), **{part: ()})} for part in parts},
    }


def made(**options):
    return {page.path: page for page in site_pages(**{"data": data(), **options})}


def test_a_page_whose_key_is_the_same_is_the_same():
    """Whatever else has changed; and a key that is another is one of a page that may have changed, not of all."""
    before = made()
    contents = {path: page.content() for path, page in before.items()}
    kept = {}
    for name, options in changes().items():
        after = made(**options)
        same = {path for path, page in after.items() if path in before and page.key == before[path].key}
        kept[name] = {path for path in before if path not in same}
        for path in same:
            assert after[path].content() == contents[path], (name, path)

    councils = {path for path in before if path.startswith("councils/")}
    assert set() == kept["nothing but the order"]
    assert {"councils/county-a.html"} == kept["a count of an earlier year"] & councils
    assert {"councils/former.html", "councils/later.html"} == councils - kept["a count of the last year"]
    assert {"councils/later.html"} == kept["a percentage"] & councils
    assert {"councils/county-a.html"} == kept["a case"] & councils == kept["all improvements"] & councils
    assert councils == kept["figures of England"] & councils
    assert {"index.html", "methods.html", "style.css"} == {
        path for path in before if "/" not in path and path not in kept["a count of an earlier year"]
    }
    for name in ("a region", "a spelling", "the date", "small counts", "no charts", "the source of the cases"):
        assert set(before) == kept[name], name


def test_a_site_built_again_is_as_if_built_from_nothing(tmp_path, monkeypatch, capsys):
    """Change after change in one folder, a file that was lost among them; one changed by hand stops the build."""
    chosen = {}
    monkeypatch.setattr(_site, "site_pages", lambda *_, **options: site_pages(**{**options, "data": data(), **chosen}))

    def built(folder):
        assert 0 == main(["site", "-o", str(folder)])
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    folder = tmp_path / "again"
    built(folder)
    some = changes()
    for name in ("a count of the last year", "an average of another group", "a council that is gone", "no charts"):
        chosen.clear()
        chosen.update(some[name])
        (folder / "councils" / "county-b.html").unlink()
        assert built(tmp_path / name) == built(folder)
    page = folder / "councils" / "county-b.html"
    page.write_text("by hand", encoding="utf-8")
    assert 2 == main(["site", "-o", str(folder)])
    assert "by hand" == page.read_text(encoding="utf-8")
    capsys.readouterr()
