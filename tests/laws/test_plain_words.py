"""
Laws of the words that members read.

- Before "How sure can we be?" no report has a word of the statistics behind it.
- Every sentence begins as one and ends as one, has the right number of its noun, and a verdict has at most 15 words.
- A page on which no rate is known leads with what is known, and with where the rest is.
"""

import re

from hypothesis import given, settings

from lgsco import InvalidValue, published, strategies
from lgsco.casework import tally_casework
from lgsco.reports import comparison_report, council_report, group_report, history_report, review_report
from lgsco.reports.words import years_of_council
from lgsco.wording.reports import DECISIONS_PAGE, HOW_SURE, PERFORMANCE_PAGE

FEWER = settings(max_examples=settings.default.max_examples // 2)
OF_STATISTICS = re.compile(r"interval|wilson|score test|\bexact|overdispersion|benchmark", re.IGNORECASE)
WRONG_NUMBER = re.compile(
    r"\b(?<![\d.,])1 (complaints|cases|councils|recommendations|investigations|years|days|others)\b"
)
MOST_WORDS = 15


def prose_of(report):
    """Yield each paragraph and item before it is said how sure one can be."""
    yield from (report.title, report.scope, report.units)
    for section in report.sections:
        if section.heading == HOW_SURE:
            return
        for figure in section.figures:
            yield from filter(None, (figure.verdict, figure.meaning))
            assert len((figure.verdict or "").split()) <= MOST_WORDS
        yield from (*section.paragraphs, *section.items)


def before_certainty(report):
    """Yield each text before it is said how sure one can be: prose, figures, captions, headings and cells."""
    yield from filter(None, (report.heading, *prose_of(report)))
    for section in report.sections:
        if section.heading == HOW_SURE:
            return
        yield section.heading
        for figure in section.figures:
            yield from filter(None, (figure.title, figure.number, figure.counts, figure.beside))
        yield from (link.words for link in section.links)
        yield from (text for chart in section.charts for text in (chart.title, chart.words))
        for table in section.tables:
            yield from (table.caption, table.stub, *(column.heading for column in table.columns))
            yield from (cell for row in table.rows for cell in (row.heading, *row.cells) if isinstance(cell, str))


def check(report):
    """Hold a report against the laws of its words."""
    for text in before_certainty(report):
        assert OF_STATISTICS.search(text) is None, text
    for words in [*prose_of(report)][1:]:
        assert words[-1] in ".:", words
        assert words[0].isupper() or words[0].isdigit(), words
        assert WRONG_NUMBER.search(words) is None, words
        assert re.search(r"  |\.\.", words) is None, words


def check_council(data, council, year):
    """Hold the reports on a council and year against the laws of their words."""
    try:
        casework = tally_casework(data.cases, year.end)
    except InvalidValue:  # of cases that contradict themselves there is no tally to show
        casework = None
    report = council_report(data, council, year, casework=casework)
    check(report)
    places = {link.url for section in report.sections for link in section.links}
    assert DECISIONS_PAGE in places
    assert any(url.startswith(PERFORMANCE_PAGE) for url in places)
    first = report.sections[0]
    assert first.links or any(figure.number != "not held" for figure in first.figures)
    check(review_report(data, council, year))
    check(comparison_report(data, council, year, detail=True))


def test_the_reports_that_ship_are_in_plain_words():
    """Of every council in its newest year, and of every group in the newest year."""
    data = published.dataset()
    for entry in data.register.entries:
        council = entry.authority
        years = years_of_council(data, council)
        check(council_report(data, council, years[-1] if years else data.years[-1]))
        if council.name[0] == "K":
            check_council(data, council, years[0] if years else data.years[-1])
            check(history_report(data, council))
    for group in {review.authority.type for review in data.reviews(year=data.years[-1])}:
        check(group_report(data, group, data.years[-1]))


@FEWER
@given(strategies.datasets(max_size=1))
def test_the_reports_on_any_dataset_are_in_plain_words(data):
    """Whatever is known of its councils."""
    known = [(council, year) for council in data.authorities for year in years_of_council(data, council)]
    for council, year in known[:1]:
        check_council(data, council, year)
