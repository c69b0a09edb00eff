"""
Files and folders to one dataset: each file is read as what it is, and all that was not understood is listed.

Here files are opened; the readers take what is in them. A folder with one bad file loads the rest and says so.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from lgsco import uphold_rate
>>> lines = ["Complaints decided 2019-20", "Council,Upheld,Not upheld", "Kent,54,20", "Barchester,1,2"]
>>> with TemporaryDirectory() as folder:
...     _ = Path(folder, "decided.csv").write_text(chr(10).join(lines))
...     loaded = load(folder)
>>> print(loaded.dataset.statistic("Kent", "2019-20", uphold_rate))
73% (54 of 74)
>>> print(loaded.problems[0].place)
decided.csv, row 4
"""

from lgsco.loading.files import Loadable
from lgsco.loading.loads import Progress, load
from lgsco.loading.results import Loaded, LoadedDocument, LoadedFile

__all__ = ["Loadable", "Loaded", "LoadedDocument", "LoadedFile", "Progress", "load"]
