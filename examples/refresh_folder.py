"""
Writes what is held into a folder that Power BI or Excel reads: tidy tables as CSV, and a workbook.

    python refresh_folder.py FOLDER --year 2023-24 --council "Kent County Council"

Made for a scheduler: the same figures give the same files to the byte, whenever it runs. A file is replaced whole or
not at all, and left alone where it holds the same already. Exits with 0 where every file is as it should be, 2 where it
was asked for something that is not held, 3 where a file could not be written, as when Excel has it open.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import lgsco
from lgsco import convert, published, render, reports

OK, CANNOT, UNWRITABLE = 0, 2, 3


def files(year: lgsco.ReportingYear, council: str | None) -> Iterator[tuple[str, bytes]]:
    """Give the name and the content of each file."""
    data = published.dataset()
    reviews = data.reviews()
    comparisons = [
        data.compare(review.authority, review.year, measure)
        for review in reviews
        for measure in lgsco.KEY_STATISTICS
        if measure(review) is not None
    ]
    # One row a council and year, one a rate, one a printed average.
    for name, values in {"counts": reviews, "rates": comparisons, "averages": data.averages}.items():
        # With its mark at the beginning, Excel takes it for UTF-8.
        yield f"{name}.csv", convert.to_csv(values).encode("utf-8-sig")
    if council is None:
        made = reports.group_report(data, None, year)
    else:
        review = data.history(council).on(year)
        made = reports.council_report(data, review.authority, year)
    yield "report.xlsx", render.to_workbook(made)


def put(path: Path, content: bytes) -> bool:
    """Put a file in its place, whole or not at all; say whether that changed anything."""
    if path.exists() and path.read_bytes() == content:
        return False
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.write_bytes(content)
        os.replace(unfinished, path)  # noqa: PTH105  # the one call that replaces a file in one step everywhere
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, and say of each what became of it."""
    parser = argparse.ArgumentParser(description="Write what lgsco holds into a folder, as CSV and as a workbook.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--year", required=True, help="the reporting year of the workbook, such as 2023-24")
    parser.add_argument("--council", help="whose workbook it is; without it that of all councils held")
    asked = parser.parse_args(arguments)
    try:
        made = list(files(lgsco.ReportingYear.parse(asked.year), asked.council))
    except lgsco.LgscoError as error:
        print(error, file=sys.stderr)
        return CANNOT
    code = OK
    for name, content in made:
        try:
            changed = put(asked.folder / name, content)
        except OSError as error:
            print(f"{name}: not written: {error.strerror}", file=sys.stderr)
            code = UNWRITABLE
            continue
        print(f"{name}: {'written' if changed else 'as it was'}")
    return code


if __name__ == "__main__":
    sys.exit(main())
