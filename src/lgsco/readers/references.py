"""References of cases, in the forms in which they are printed."""

from __future__ import annotations

import re

REFERENCE = re.compile(
    r"(?:ref(?:erence)?[.:]? ?)?(?P<reference>\d\d[ -]?\d{3}[ -]?\d{3} ?[a-z]?|\d\d/[a-z]/\d{1,5})",
    re.IGNORECASE | re.ASCII,
)
_AS_PRINTED = len("24 013 122")


def normal(printed: str) -> str:
    """Return a reference in the form that cases have."""
    if len(printed) == _AS_PRINTED and printed[2] == printed[6] == " ":
        return printed
    if "/" in printed:
        return printed.upper()
    figures = printed.replace(" ", "").replace("-", "").lower()
    return f"{figures[:2]} {figures[2:5]} {figures[5:]}"
