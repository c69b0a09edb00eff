"""The public names of the core, each once, wherever it is reached."""

import inspect

import attrs

from lgsco import casework, comparison, documents, errors, model, reports, series, sources, stats
from lgsco._values import Choice

PACKAGES = (errors, sources, stats, model, documents, comparison, series, casework, reports)
PUBLIC = {name: getattr(package, name) for package in PACKAGES for name in package.__all__}
CLASSES = sorted(
    (found for found in PUBLIC.values() if inspect.isclass(found) and found.__module__ != errors.__name__),
    key=lambda kind: kind.__name__,
)
VALUES = [kind for kind in CLASSES if attrs.has(kind)]
ENUMERATIONS = [kind for kind in CLASSES if issubclass(kind, Choice)]
