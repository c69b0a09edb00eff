"""Why there is no figure: what a cell or a sentence shows in place of one."""

from __future__ import annotations

from lgsco._values import Choice


class Missing(Choice):
    """
    What is shown in place of a figure; none of these is zero. ``None`` stands for a figure that is not held.

    >>> Missing.NOT_APPLICABLE.sign, Missing.NOT_APPLICABLE.label
    ('[z]', 'n/a')

    Source: the signs are those of the Government Analysis Function, "Symbols in tables".
    """

    BLANK = "blank"
    """The cell is empty."""
    DASH = "dash"
    NOT_APPLICABLE = "not_applicable"
    """There can be no figure, as for the rate of no cases: "n/a", "[z]"."""
    NOT_AVAILABLE = "not_available"
    """There may be a figure, but it is not given: "[x]", ".."."""
    WITHHELD = "withheld"
    """There is a figure, and it is kept back: "*", "[c]", "<5"."""
    UNREADABLE = "unreadable"
    """What the cell holds is not a figure; the problems of its table say what it is."""

    @property
    def sign(self) -> str:
        """The Analysis Function's sign for it in a spreadsheet, where it has one; else what is used for it."""
        return _SIGNS_AND_LABELS[self][0]

    @property
    def label(self) -> str:
        """What a reader sees in place of the figure."""
        return _SIGNS_AND_LABELS[self][1]


_SIGNS_AND_LABELS = {
    Missing.BLANK: ("", "blank"),
    Missing.DASH: ("-", "-"),
    Missing.NOT_APPLICABLE: ("[z]", "n/a"),
    Missing.NOT_AVAILABLE: ("[x]", "not available"),
    Missing.WITHHELD: ("[c]", "withheld"),
    Missing.UNREADABLE: ("?", "not readable"),
}
