"""Charts as pictures, drawn by vl-convert, with the title and the words that it leaves out."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from lgsco._text import one_line
from lgsco.errors import MissingExtra
from lgsco.render.vega import PALETTE, to_vega_lite

if TYPE_CHECKING:
    from lgsco.reports.elements import Chart

__all__ = ["drawn_by", "to_png", "to_svg"]

_SVG = "http://www.w3.org/2000/svg"
_VERSION = "5.20"


def to_svg(chart: Chart, *, name: str = "chart", themed: bool = False) -> str:
    """
    Give a chart as SVG with its title and, for whoever cannot see it, the sentence that says what it shows.

    ``name`` begins the ids within it, so that several can stand in one page. A ``themed`` picture takes its colours
    from the page around it and has no ground of its own.

    Raises:
        MissingExtra: the extra ``lgsco[charts]`` is not installed.
    """
    drawn = _drawer().vegalite_to_svg(to_vega_lite(chart), vl_version=_VERSION)
    root = ET.fromstring(drawn)  # noqa: S314  # what vl-convert has just written
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        # Of the picture as a whole its title and its words are told, not each stroke.
        for attribute in [each for each in element.attrib if each == "role" or each.startswith("aria-")]:
            del element.attrib[attribute]
        if themed:
            _theme(element)
    if themed:
        root[:] = [child for child in root if child.tag != "rect"]
    root.attrib |= {"xmlns": _SVG, "role": "img", "aria-labelledby": f"{name}-title {name}-words"}
    del root.attrib["class"]
    words = ET.Element("desc", id=f"{name}-words")
    title = ET.Element("title", id=f"{name}-title")
    title.text, words.text = one_line(chart.title), one_line(chart.words)
    root[:0] = [title, words]
    return ET.tostring(root, encoding="unicode")


def _theme(element: ET.Element) -> None:
    for attribute in ("fill", "stroke"):
        colour = element.attrib.get(attribute, "").lower()
        if colour in PALETTE:
            element.attrib[attribute] = f"var({PALETTE[colour]}, {colour})"


def to_png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """
    Give a chart as PNG, with its title and its words in the file's own text.

    Raises:
        MissingExtra: the extra ``lgsco[charts]`` is not installed.
    """
    drawn: bytes = _drawer().vegalite_to_png(to_vega_lite(chart), vl_version=_VERSION, scale=scale)
    texts = b"".join(
        _chunk(b"iTXt", keyword + b"\0\0\0\0\0" + one_line(text).encode())
        for keyword, text in ((b"Title", chart.title), (b"Description", chart.words))
    )
    # After the signature and the first chunk, whose length never changes.
    return drawn[:_AFTER_HEADER] + texts + drawn[_AFTER_HEADER:]


_AFTER_HEADER = 8 + 25


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def drawn_by() -> str:
    """
    Say what draws, and of which version: another one may draw the same chart otherwise.

    Raises:
        MissingExtra: the extra ``lgsco[charts]`` is not installed.
    """
    return f"vl-convert {_drawer().__version__}, Vega-Lite {_VERSION}"


def _drawer() -> Any:
    try:
        import vl_convert  # noqa: PLC0415  # an extra, and slow to load
    except ImportError:
        raise MissingExtra("charts", "vl-convert-python", "draw charts") from None
    return vl_convert
