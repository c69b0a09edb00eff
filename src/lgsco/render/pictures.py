"""Charts as pictures, drawn by vl-convert, with the title and the description that it leaves out."""

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
    Return a chart as SVG with its title and, for readers who cannot see it, its content in words.

    Args:
        chart: the chart.
        name: the beginning of the ids within the picture, so that several can be on one page.
        themed: take the colours from the page around the picture, and leave out the background.

    Raises:
        MissingExtra: the extra ``lgsco[charts]`` is not installed.
    """
    picture = _drawer().vegalite_to_svg(to_vega_lite(chart), vl_version=_VERSION)
    root = ET.fromstring(picture)  # noqa: S314  # what vl-convert has just written
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        # The title and the description of the whole picture are read out, not each stroke.
        for attribute in [name for name in element.attrib if name == "role" or name.startswith("aria-")]:
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
    Return a chart as PNG, with its title and its content in words as text chunks of the file.

    Args:
        chart: the chart.
        scale: pixels for each unit of the drawing.

    Raises:
        MissingExtra: the extra ``lgsco[charts]`` is not installed.
    """
    picture: bytes = _drawer().vegalite_to_png(to_vega_lite(chart), vl_version=_VERSION, scale=scale)
    texts = b"".join(
        _chunk(b"iTXt", keyword + b"\0\0\0\0\0" + one_line(text).encode())
        for keyword, text in ((b"Title", chart.title), (b"Description", chart.words))
    )
    # After the signature and the first chunk, whose length never changes.
    return picture[:_AFTER_HEADER] + texts + picture[_AFTER_HEADER:]


_AFTER_HEADER = 8 + 25


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def drawn_by() -> str:
    """
    Return the name and the version of the library that draws; another version may draw the same chart differently.

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
