"""Reads what reports were written to: the tables and words of HTML and of Markdown, by the standard library."""

import re
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """The tables, headings and attributes of a page; raises where elements are not closed in their order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.tables = []
        self.elements = []
        self.words = []
        self.feed(text)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag, attributes):
        """Open an element."""
        self.elements.append((tag, dict(attributes)))
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag in {"td", "th"}:
            self.tables[-1]["rows"][-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        """Note an element that has no end."""
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        """Close the element opened last."""
        assert self.open, tag
        assert tag == self.open.pop()

    def handle_data(self, data):
        """Put words where they stand."""
        if {"style", "script"} & set(self.open):
            return
        self.words.append(data)
        if "caption" in self.open:
            self.tables[-1]["caption"] += data
        elif {"td", "th"} & set(self.open):
            self.tables[-1]["rows"][-1][-1] += data

    @property
    def text(self):
        """All words, on one line."""
        return " ".join("".join(self.words).split())


def markdown_tables(text):
    """Give the rows of each table, header first, signs that were escaped read as themselves."""
    tables = []
    for block in text.rstrip("\n").split("\n\n"):
        if block.startswith("| "):
            lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in block.split("\n")]
            assert {len(lines[0])} == {len(line) for line in lines}
            tables.append([[plain(cell) for cell in line] for line in (lines[0], *lines[2:])])
    return tables


def plain(cell):
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell.strip()).replace("&lt;", "<")
