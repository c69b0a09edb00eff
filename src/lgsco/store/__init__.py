"""
A dataset in a database, through SQLAlchemy: SQLite by default, and any server that SQLAlchemy reaches.

>>> import tempfile, pathlib
>>> from lgsco import published, store
>>> data = published.dataset()
>>> with tempfile.TemporaryDirectory() as folder:
...     address = str(pathlib.Path(folder) / "figures.sqlite")
...     store.save(data, address)
...     store.load(address) == data
True
"""

from lgsco.store.database import load, save

__all__ = ["load", "save"]
