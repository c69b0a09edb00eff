"""``lgsco audit``: a letter's figures against its own counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lgsco import convert, readers
from lgsco._display import long_date, number_of, text_table
from lgsco.audits import audit
from lgsco.cli._figures import contradiction
from lgsco.cli._terminal import DISAGREE, OK, Page, content_of, plain, say
from lgsco.measures import KEY_STATISTICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.findings import Finding
    from lgsco.printed import AnnualLetter

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "audit",
        help="hold a letter's figures against its own counts",
        description="Read an annual review letter (its text) and list the figures in it that contradict one another.",
    )
    parser.add_argument("file", metavar="FILE", help="the letter as a text file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda asked: _audit(asked.file, as_json=asked.json))


def _audit(file: str, *, as_json: bool) -> int:
    letter = readers.read_letter(content_of(file))
    findings = audit(letter)
    if as_json:
        document = {"lgsco": convert.FORMAT, "letter": plain([letter])[0], "findings": plain(findings)}
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        say(_audited(letter, findings))
    return DISAGREE if findings else OK


def _audited(letter: AnnualLetter, findings: Sequence[Finding]) -> str:
    figures = letter.figures
    of = "" if letter.dated is None else f", of {long_date(letter.dated.year, letter.dated.month, letter.dated.day)}"
    rows = []
    for measure in KEY_STATISTICS:
        printed = figures.statistic(measure)
        base = None if printed is None or printed.base is None else f"{printed.base} {printed.base_noun or ''}".strip()
        cells = (None, None, None, None) if printed is None else (printed.percent, printed.count, base, printed.average)
        rows.append([measure.title, *("-" if cell is None else str(cell) for cell in cells)])
    page = Page(markdown=False)
    blocks = [
        f"Annual review letter to {figures.name}, {figures.year}{of}",
        text_table(["As printed", "Percentage", "Count", "Stated base", "Average"], rows),
    ]
    if letter.not_found:
        blocks.append(f"Not found in it: {', '.join(letter.not_found)}.")
    if findings:
        blocks += [
            f"{number_of(len(findings), 'contradiction')}:",
            page.items([contradiction(one) for one in findings]),
        ]
    else:
        blocks.append("Nothing in it contradicts its own counts.")
    return "\n\n".join(blocks)
