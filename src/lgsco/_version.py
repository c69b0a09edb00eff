"""The version of the package, where every layer may read it."""

__version__ = "1.0.0rc1"
