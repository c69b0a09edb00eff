"""Charts as PNG, made of their SVG by resvg with the letters of Roboto, which look the same on every machine."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

from lgsco._text import one_line
from lgsco.errors import MissingExtra
from lgsco.render.alternatives import alternative
from lgsco.render.chart_style import chart_style
from lgsco.render.svg import picture

if TYPE_CHECKING:
    from lgsco.reports.elements import Chart

_FONT = "Roboto"


def to_png(chart: Chart, *, scale: float = 2.0, narrow: bool = False, whole_scale: bool = False) -> bytes:
    """
    Return a chart as PNG, with its title and its content in words as text chunks of the file.

    Args:
        chart: the chart.
        scale: pixels for each unit of the drawing.
        narrow: draw it for a phone, 312 units wide instead of 752.
        whole_scale: let every axis of percentages be from 0% to 100%.

    Raises:
        MissingExtra: the extra ``lgsco[png]`` is not installed.
    """
    resvg, fontpkg = _libraries()
    drawn: bytes = resvg.svg_to_bytes(
        # The rules for dark screens and narrow windows are for browsers.
        svg_string=picture(chart, "chart", chart_style(media=False), narrow=narrow, whole_scale=whole_scale),
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(fontpkg.path(_FONT))],
        font_family=_FONT,
        sans_serif_family=_FONT,
    )
    texts = b"".join(
        _chunk(b"iTXt", keyword + b"\0\0\0\0\0" + words.encode())
        for keyword, words in ((b"Title", one_line(chart.title)), (b"Description", alternative(chart)))
    )
    # After the signature and the first chunk, whose length never changes.
    return drawn[:_AFTER_HEADER] + texts + drawn[_AFTER_HEADER:]


_AFTER_HEADER = 8 + 25


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _libraries() -> tuple[Any, Any]:
    try:
        import fontpkg  # noqa: PLC0415  # an extra
        import resvg_py  # noqa: PLC0415  # an extra
    except ImportError:
        raise MissingExtra("png", "resvg-py and fontpkg-roboto", "make PNG files of charts") from None
    return resvg_py, fontpkg
