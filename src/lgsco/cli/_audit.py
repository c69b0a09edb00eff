"""``lgsco audit``: contradictions within documents, and between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of
from lgsco.cli._files import findings_apart, json_of, load_named, overview
from lgsco.cli._read import problems_of, statistics_table, title_of
from lgsco.cli._terminal import DISAGREE, OK, UNREADABLE, Page, say, say_json, year_of
from lgsco.documents.letters import AnnualLetter
from lgsco.reports.words import contradiction
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.loading.results import Loaded
    from lgsco.model.years import ReportingYear


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "audit",
        help="list contradictions within published documents, and between them",
        description="Read letters, pages, spreadsheets and listings of decisions, and list the figures in them that"
        " contradict one another. PDFs need lgsco[pdf], workbooks lgsco[sheets].",
        epilog="Exit codes: 0 no contradictions; 1 there are contradictions; 3 a file cannot be read, whatever is in"
        " the others.",
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a file, a folder of them, or - for standard input; one or more"
    )
    parser.add_argument("--year", type=year_of, help="the year of spreadsheets that do not state it, such as 2019-20")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda options: _audit(options.files, options.year, in_json=options.json))


def _audit(names: Sequence[str], year: ReportingYear | None, *, in_json: bool) -> int:
    loaded = load_named(names, year=year)
    documents = [document for _, document in loaded.documents]
    page = Page()
    if in_json:
        say_json(**json_of(loaded, documents=True))
    elif len(documents) == 1 and isinstance(documents[0], AnnualLetter) and loaded.files[0].name == names[0]:
        say("\n\n".join(_letter(page, documents[0], loaded)))
    else:
        say("\n\n".join(overview(page, loaded)))
    if any(file.error is not None for file in loaded.files):
        return UNREADABLE
    return DISAGREE if loaded.findings else OK


def _letter(page: Page, letter: AnnualLetter, loaded: Loaded) -> list[str]:
    [findings], _ = findings_apart(loaded)
    blocks = [title_of(letter), statistics_table(letter.figures), *problems_of(page, loaded)]
    if findings:
        return [*blocks, f"{number_of(len(findings), 'contradiction')}:", page.items([*map(contradiction, findings)])]
    return [*blocks, wording.NO_CONTRADICTION_IN_LETTER]
