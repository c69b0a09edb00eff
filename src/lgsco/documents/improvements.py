"""Service improvements: what councils agreed to change, as the Ombudsman's pages list it."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import final

from lgsco._values import Text, value
from lgsco.model.authorities import Authority
from lgsco.model.cases import Reference


@final
@value
class ServiceImprovement:
    """
    One improvement that a council agreed to make after a case, as its page prints it.

    ``reference`` is that of the case, ``agreed`` what the council agreed to do. A case may have several.
    ``authority`` is the council; it is ``None`` on a page, which names its council itself.

    >>> improvement = ServiceImprovement("22 016 433", "Train staff on exclusions.", category="Education")
    >>> improvement.category, improvement.agreed
    ('Education', 'Train staff on exclusions.')

    Raises:
        InvalidValue: a field is of the wrong type or form.
    """

    reference: Reference | None
    agreed: Text
    _: KW_ONLY
    category: Text | None = None
    subcategory: Text | None = None
    authority: Authority | None = None
