"""``lgsco audit``: what was printed against its own counts, and documents against one another."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from lgsco import convert, published
from lgsco._text import number_of, one_line, text_table
from lgsco.cli._figures import contradiction
from lgsco.cli._files import FileRead, as_json, files_in, held_in, kind_of, problems_of, read_files, sourced
from lgsco.cli._read import statistics_table, title_of
from lgsco.cli._terminal import DISAGREE, OK, UNREADABLE, Page, plain, say, year_of
from lgsco.documents.audits import audit
from lgsco.documents.figures import AnnualLetter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.documents.findings import Finding
    from lgsco.model.years import ReportingYear

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "audit",
        help="hold what was printed against its own counts, and documents against one another",
        description="Read letters, pages, spreadsheets and listings of decisions, and list the figures in them that"
        " contradict one another. PDFs need lgsco[pdf], workbooks lgsco[sheets].",
        epilog="Exit codes: 0 nothing contradicts; 1 there are contradictions; 3 a file cannot be read, whatever the"
        " others hold.",
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a file, a folder of them, or - for standard input; one or more"
    )
    parser.add_argument("--year", type=year_of, help="the year of spreadsheets that do not say it, such as 2019-20")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda asked: _audit(asked.files, asked.year, in_json=asked.json))


def _audit(given: Sequence[str], year: ReportingYear | None, *, in_json: bool) -> int:
    files, hidden = files_in(given)
    read = read_files(files, year)
    alone = len(given) == 1 and [given[0]] == [file.path for file in files]
    if alone and read[0].error is not None:
        raise read[0].error
    documents = [sourced(one) for one in read]
    register = published.register()
    within = [audit(held, register=register) for held in documents]
    between = _beyond(audit([each for held in documents for each in held], register=register), within)
    if in_json:
        say(_json(read, within, between))
    elif alone and isinstance(documents[0][0], AnnualLetter):
        say(_letter(documents[0][0], within[0]))
    else:
        say("\n\n".join(_overview(read, hidden, within, between)))
    if any(one.error is not None for one in read):
        return UNREADABLE
    return DISAGREE if between or any(within) else OK


def _beyond(findings: Sequence[Finding], within: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Give the findings of all files together that no file has by itself."""
    own = Counter(finding for several in within for finding in several)
    beyond = []
    for finding in findings:
        if own[finding]:
            own[finding] -= 1
        else:
            beyond.append(finding)
    return beyond


def _json(read: Sequence[FileRead], within: Sequence[Sequence[Finding]], between: Sequence[Finding]) -> str:
    files = [
        {
            "file": one.name,
            "documents": [as_json(document) for document in one.documents],
            "findings": plain(findings),
            "error": None if one.error is None else str(one.error),
        }
        for one, findings in zip(read, within, strict=True)
    ]
    document = {"lgsco": convert.FORMAT, "files": files, "between": plain(between)}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _letter(letter: AnnualLetter, findings: Sequence[Finding]) -> str:
    page = Page(markdown=False)
    blocks = [title_of(letter), statistics_table(letter.figures)]
    if letter.not_found:
        blocks.append(f"Not found in it: {', '.join(letter.not_found)}.")
    if findings:
        blocks += [_counted(findings), page.items([contradiction(one) for one in findings])]
    else:
        blocks.append("Nothing in it contradicts its own counts.")
    return "\n\n".join(blocks)


def _counted(findings: Sequence[Finding]) -> str:
    return f"{number_of(len(findings), 'contradiction')}:"


def _overview(
    read: Sequence[FileRead],
    hidden: Sequence[str],
    within: Sequence[Sequence[Finding]],
    between: Sequence[Finding],
) -> list[str]:
    page = Page(markdown=False)
    rows = []
    for one, findings in zip(read, within, strict=True):
        kinds = ", ".join(dict.fromkeys(map(kind_of, one.documents))) or "not read"
        rows.append([one_line(one.name), kinds, str(len(findings)) if one.documents else "-"])
    blocks = [text_table(["File", "What it is", "Faults"], rows)] if rows else ["There are no files."]
    blocks += _section(
        page, "What was read", [f"{one.name}: {held_in(each)}" for one in read for each in one.documents]
    )
    found = sum(map(len, within)) + len(between)
    if found:
        blocks.append(page.heading(number_of(found, "contradiction")))
        for one, findings in zip(read, within, strict=True):
            if findings:
                blocks += [f"{one.name}:", page.items([str(finding) for finding in findings])]
        if between:
            blocks += ["Between files:", page.items([_between(finding) for finding in between])]
    else:
        blocks.append("Nothing contradicts.")
    unclear = [f"{one.name}: {said}" for one in read for each in one.documents for said in problems_of(each)]
    blocks += _section(page, "Not understood, or not there", unclear)
    blocks += _section(page, "Not read", [f"{one.name}: {one.error}" for one in read if one.error is not None])
    blocks += _section(page, "Passed over, since hidden", hidden)
    return blocks


def _between(finding: Finding) -> str:
    return str(finding) if finding.source is None else f"{finding.source.title}: {finding}"


def _section(page: Page, heading: str, items: Sequence[str]) -> list[str]:
    return [page.heading(heading), page.items([one_line(item) for item in items])] if items else []
