"""``lgsco audit``: contradictions within documents, and between them."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from lgsco import published
from lgsco._text import number_of, one_line, text_table
from lgsco.cli._files import FileRead, as_json, files_in, kind_of, problems_of, read_files, sourced, summary_of
from lgsco.cli._read import statistics_table, title_of
from lgsco.cli._terminal import DISAGREE, OK, UNREADABLE, Page, plain, say, say_json, year_of
from lgsco.documents.audits import audit
from lgsco.documents.figures import AnnualLetter
from lgsco.reports.words import contradiction
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.documents.findings import Finding
    from lgsco.model.years import ReportingYear

__all__ = ["add_to"]


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
    paths, hidden = files_in(names)
    files = read_files(paths, year)
    is_single = len(names) == 1 and [names[0]] == [file.path for file in paths]
    if is_single and files[0].error is not None:
        raise files[0].error
    documents = [sourced(file) for file in files]
    register = published.register()
    within = [audit(in_file, register=register) for in_file in documents]
    between = _between_files(audit([*itertools.chain(*documents)], register=register), within)
    if in_json:
        say_json(files=[*map(_json, files, within)], between=plain(between))
    elif is_single and isinstance(documents[0][0], AnnualLetter):
        say(_letter(documents[0][0], within[0]))
    else:
        say("\n\n".join(_overview(files, hidden, within, between)))
    if any(file.error is not None for file in files):
        return UNREADABLE
    return DISAGREE if between or any(within) else OK


def _between_files(findings: Sequence[Finding], within: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Return the findings of all files together that are not in any file by itself."""
    own = Counter(itertools.chain(*within))
    between = []
    for finding in findings:
        if own[finding]:
            own[finding] -= 1
        else:
            between.append(finding)
    return between


def _json(file: FileRead, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "file": file.name,
        "documents": [as_json(document) for document in file.documents],
        "findings": plain(findings),
        "error": None if file.error is None else str(file.error),
    }


def _letter(letter: AnnualLetter, findings: Sequence[Finding]) -> str:
    page = Page()
    blocks = [title_of(letter), statistics_table(letter.figures)]
    if letter.not_found:
        blocks.append(wording.not_found_in_letter(letter.not_found))
    if findings:
        blocks += [f"{number_of(len(findings), 'contradiction')}:", page.items([*map(contradiction, findings)])]
    else:
        blocks.append(wording.NO_CONTRADICTION_IN_LETTER)
    return "\n\n".join(blocks)


def _overview(
    files: Sequence[FileRead],
    hidden: Sequence[str],
    within: Sequence[Sequence[Finding]],
    between: Sequence[Finding],
) -> list[str]:
    page = Page()
    rows = []
    for file, findings in zip(files, within, strict=True):
        kinds = ", ".join(dict.fromkeys(map(kind_of, file.documents))) or "not read"
        rows.append([one_line(file.name), kinds, str(len(findings)) if file.documents else "-"])
    blocks = [text_table(["File", "What it is", "Faults"], rows)] if rows else [wording.NO_FILES]
    documents = [(file.name, document) for file in files for document in file.documents]
    blocks += _section(page, "What was read", [f"{name}: {summary_of(document)}" for name, document in documents])
    count = sum(map(len, within)) + len(between)
    if count:
        blocks.append(page.heading(number_of(count, "contradiction")))
        for file, findings in zip(files, within, strict=True):
            if findings:
                blocks += [f"{file.name}:", page.items([str(finding) for finding in findings])]
        if between:
            blocks += ["Between files:", page.items([_with_source(finding) for finding in between])]
    else:
        blocks.append(wording.NOTHING_CONTRADICTS)
    problems = [f"{name}: {problem}" for name, document in documents for problem in problems_of(document)]
    blocks += _section(page, "Not understood, or not there", problems)
    blocks += _section(page, "Not read", [f"{file.name}: {file.error}" for file in files if file.error is not None])
    blocks += _section(page, "Passed over, since hidden", hidden)
    return blocks


def _with_source(finding: Finding) -> str:
    return str(finding) if finding.source is None else f"{finding.source.title}: {finding}"


def _section(page: Page, heading: str, items: Sequence[str]) -> list[str]:
    return [page.heading(heading), page.items([one_line(item) for item in items])] if items else []
