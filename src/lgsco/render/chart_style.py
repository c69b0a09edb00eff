"""The style of all pictures: on screens in light and dark, in print, and in forced colours."""

from __future__ import annotations

import functools

CHART_CLASS = "lgsco-chart"

_FONTS = 'Arial,Helvetica,"Liberation Sans",Roboto,"DejaVu Sans Condensed",sans-serif'
_SHAPES = {
    "": f"display:block;overflow:visible;font:14px {_FONTS}",
    ".q": "font-size:13px",
    ".b": "font-weight:700",
    ".t": "font-size:19px;font-weight:700",
    ".num": "font-size:11px;font-weight:700",
    ".halo": "paint-order:stroke;stroke-width:4px;stroke-linejoin:round",
    ".axis": "fill:none;stroke-width:1.5",
    ".avg": "stroke-width:3",
    ".eng": "stroke-width:3;stroke-dasharray:7 3",
    ".lim": "fill:none;stroke-width:1.5",
    ".alert": "stroke-dasharray:3 4",
    ".range": "stroke-width:6",
    ".trend": "fill:none;stroke-width:2",
    ".this": "stroke-width:1.5",
    ".other": "stroke-width:2",
}
_COLOURS = {
    "": "fill:ink", ".q": "fill:quiet", ".bg": "fill:paper", ".halo": "stroke:paper", ".grid": "stroke:grid",
    ".axis,.leader,.break": "stroke:quiet", ".avg": "stroke:avg", ".eng": "stroke:eng", ".lim": "stroke:other",
    ".range": "stroke:range", ".range.o": "stroke:others", ".trend": "stroke:this",
    ".this": "fill:this;stroke:paper", ".other": "fill:paper;stroke:other",
}  # fmt: skip

THEMES = {
    "light": {
        "ink": "#0b0c0c", "quiet": "#484c50", "paper": "#fff", "grid": "#dcdfe1", "this": "#0b4f8a",
        "other": "#5a646b", "range": "#5b8ab8", "others": "#82898f", "avg": "#a8280f", "eng": "#00625a",
    },
    "dark": {
        "ink": "#f3f2f1", "quiet": "#c4c7ca", "paper": "#16191c", "grid": "#3b4147", "this": "#7cc0ff",
        "other": "#a9b2b8", "range": "#4d86b8", "others": "#7d868c", "avg": "#ff9a76", "eng": "#5fd0c5",
    },
    "forced": {
        "ink": "CanvasText", "quiet": "CanvasText", "paper": "Canvas", "grid": "GrayText", "this": "Highlight",
        "other": "CanvasText", "range": "Highlight", "others": "GrayText", "avg": "LinkText", "eng": "VisitedText",
    },
}  # fmt: skip
"""The colours by their use. In grey each stands out from the paper, and shapes and dashes tell them apart."""

_SWITCH = (
    ".{0}{{max-width:100%;height:auto}}.{0}.lgsco-narrow{{display:none}}"
    "@media screen and (max-width:40rem){{.{0}.lgsco-wide{{display:none}}"
    ".{0}.lgsco-narrow{{display:block;width:100%}}}}"
)


@functools.cache
def chart_style(*, media: bool = True) -> str:
    """
    Return the style sheet of pictures; every rule of it begins with the class of a picture.

    Args:
        media: with the rules for dark screens, forced colours and narrow windows.

    >>> "prefers-color-scheme" in chart_style(), "prefers-color-scheme" in chart_style(media=False)
    (True, False)
    """
    shapes = "".join(_rule(names, words) for names, words in _SHAPES.items())
    light = _colours("light")
    if not media:
        return shapes + light
    faint = _rule(".grid", "stroke-opacity:.4")
    return (
        f"{shapes}{light}@media screen and (prefers-color-scheme:dark){{{_colours('dark')}}}"
        f"@media (forced-colors:active){{.{CHART_CLASS}{{forced-color-adjust:none}}{_colours('forced')}{faint}}}"
        f"{_SWITCH.format(CHART_CLASS)}"
    )


def _rule(names: str, words: str) -> str:
    selectors = ",".join(f".{CHART_CLASS} {name}".rstrip() for name in names.split(","))
    return f"{selectors}{{{words}}}"


def _colours(theme: str) -> str:
    colours = THEMES[theme]
    return "".join(
        _rule(names, ";".join(f"{use}:{colours[role]}" for use, role in (part.split(":") for part in words.split(";"))))
        for names, words in _COLOURS.items()
    )
