"""
Reads the real letter of 2020, which is not copied into this project, and checks what is read against what it prints.

Then PDFs are made of its text by two makers, and read by two extractors; the figures must be the same each time.
Called with the path of its text; ends with 0 where all holds, with 1 where anything does not.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import pypdf

from lgsco import KEY_STATISTICS, PrintedPercent, PrintedReview, Proportion, ReportingYear, audit, published
from lgsco.documents import FindingKind, ParagraphTopic, PrintedStatistic
from lgsco.readers import read_letter

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.support.pdfs import MAKERS  # found beside this directory, whatever it is run from

UPHELD = PrintedStatistic(
    percent=PrintedPercent(86),
    count=19,
    base=22,
    base_noun="detailed investigations",
    average=PrintedPercent(66),
)
COMPLIANCE = PrintedStatistic(
    percent=PrintedPercent(92),
    base=12,
    base_noun="compliance outcomes",
    average=PrintedPercent(100),
)
REMEDIES = PrintedStatistic(
    percent=PrintedPercent(16),
    count=3,
    base=22,
    base_noun="detailed investigations",
    average=PrintedPercent(9),
)
SALUTATION = "Dear "


def checks(path: Path) -> list[tuple[str, object, object]]:
    """List what was looked at, what the letter prints, and what was read."""
    content = path.read_bytes()
    letter = read_letter(content)
    figures = letter.figures
    review = figures.review(published.register())
    findings = audit(letter)
    (shipped,) = (held for held in published.printed(figures.year) if held.name == figures.name)
    addressee = next(line for line in content.decode().splitlines() if line.startswith(SALUTATION))
    person = addressee.removeprefix(SALUTATION).split()[-1]
    topics = [paragraph.topics for paragraph in letter.paragraphs if paragraph.topics]
    return [
        ("the council", "Worcestershire County Council", figures.name),
        ("the year", ReportingYear(2020), figures.year),
        ("complaints upheld", UPHELD, figures.upheld),
        ("compliance", COMPLIANCE, figures.compliance),
        ("satisfactory remedies", REMEDIES, figures.remedies),
        ("other figures", (None, None, None, None), _others(figures)),
        ("the office addressed", "Head of Paid Service", letter.addressed_to),
        ("the person addressed is not kept", False, person in repr(letter)),
        ("the date", dt.date(2020, 7, 22), letter.dated),
        ("what was not found", (), letter.not_found),
        (
            "what paragraphs are about",
            [
                (ParagraphTopic.PUBLIC_REPORT,),
                (ParagraphTopic.COMPLIANCE,),
                (ParagraphTopic.LATE_COMPLIANCE, ParagraphTopic.LIAISON),
                (ParagraphTopic.LIAISON,),
            ],
            topics,
        ),
        (
            "the rates from its counts",
            [Proportion(19, 22), Proportion(11, 12), Proportion(3, 19)],
            [measure(review) for measure in KEY_STATISTICS],
        ),
        (
            "contradictions",
            [(FindingKind.WRONG_BASE, "satisfactory remedy rate")],
            [(finding.kind, finding.where) for finding in findings],
        ),
        (
            "the figures that ship",
            _figures(shipped),
            _figures(figures),
        ),
    ]


def pdf_checks(path: Path) -> list[tuple[str, object, object]]:
    """List the figures of the letter's text, and those of PDFs made of it, by maker and by extractor."""
    text = path.read_text(encoding="utf-8")
    letter = read_letter(text)
    found: list[tuple[str, object, object]] = []
    for make in MAKERS:
        pdf = make(text)
        extracted = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
        for extractor, source in (("pypdfium2", pdf), ("pypdf", extracted)):
            again = read_letter(source)
            for what, expected, read in (
                ("figures", letter.figures, again.figures),
                ("office and date", (letter.addressed_to, letter.dated), (again.addressed_to, again.dated)),
            ):
                found.append((f"{what} of a PDF {make.__name__}, by {extractor}", expected, read))
    return found


def _figures(printed: PrintedReview) -> list[tuple[object, ...]]:
    """Give the figures of the three statistics, without the names of their bases, which do not all ship."""
    statistics = (printed.statistic(measure) for measure in KEY_STATISTICS)
    return [(held.percent, held.count, held.base, held.average) for held in statistics if held is not None]


def _others(figures: PrintedReview) -> tuple[object, ...]:
    return figures.per_100k, figures.overview, figures.decided, figures.received


def main(arguments: list[str]) -> int:
    """Print each check and whether it holds."""
    (name,) = arguments
    failed = 0
    for what, expected, found in [*checks(Path(name)), *pdf_checks(Path(name))]:
        holds = expected == found
        failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {what}: {found!r}" + ("" if holds else f", expected {expected!r}"))
    print(f"{failed} of these failed" if failed else "the real letter is read as printed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
