"""The public names of the core, each once, wherever it is reached; and laws that hold for every type."""

import functools
import zlib

import attrs
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from lgsco import casework, comparison, dataset, documents, errors, model, reports, series, sources, stats
from lgsco._values import Choice, public_types

PACKAGES = (errors, sources, stats, model, documents, comparison, series, casework, dataset, reports)
PUBLIC = {name: getattr(package, name) for package in PACKAGES for name in package.__all__}
CLASSES = [*public_types().values()]
VALUES = [kind for kind in CLASSES if attrs.has(kind)]
ENUMERATIONS = [kind for kind in CLASSES if issubclass(kind, Choice)]


def of_every(kinds, examples=3):
    """
    Make one test of a law about each of several types, which takes the type and what Hypothesis draws with.

    No type is left to luck: each gets so many examples, and as many times more as a profile draws more than the usual.
    """
    share = settings(
        max_examples=settings.default.max_examples * examples // settings.get_profile("usual").max_examples
    )

    def tried(law):
        @functools.wraps(law)
        def test():
            for kind in kinds:

                @share
                @given(st.just(kind), st.data())
                def of_one(kind, data):
                    law(kind, data)

                if settings.default.derandomize:
                    # Each law and type draws on its own, the same every time.
                    of_one = seed(zlib.crc32(f"{law.__name__} of {kind.__name__}".encode()))(of_one)
                of_one()

        # pytest asks for no fixture by the names of the law's arguments.
        del test.__wrapped__
        return test

    return tried
