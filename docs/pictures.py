"""
Makes the pictures of README and of the first pages again: ``python docs/pictures.py``, with Chromium and Pillow.

Run it when the pages that the package makes look different: ``kent.png``, ``site.png`` and ``map.png``.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from lgsco import cli

DOCS = Path(__file__).parent
COLOURS = 256
# What a reader would type into the box of the first page.
TYPED = """
<script>
{
const box = document.querySelector('input[type="search"]');
box.value = "kent";
box.dispatchEvent(new Event("input"));
box.focus();
}
</script>
"""
PICTURES = {
    "kent.png": ("kent.html", 860, 1320),
    "site.png": ("councils/typed.html", 860, 760),
    "map.png": ("councils/map.html", 1000, 1420),
}
"""Each picture: the page, and the width and the height of its window."""


def make_pages(folder: Path) -> None:
    """Write the pages that are shown."""
    cli.main(["report", "Kent", "--year", "2023-24", "-o", str(folder / "kent.html")])
    cli.main(["site", "-o", str(folder / "councils"), "--no-charts"])
    first = (folder / "councils" / "index.html").read_text(encoding="utf-8")
    first = re.sub(r"script-src '[^']*'", "script-src 'unsafe-inline'", first)
    (folder / "councils" / "typed.html").write_text(first.replace("</body>", f"{TYPED}</body>"), encoding="utf-8")


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """Show a page in Chromium and keep the head of it, in few colours but its own."""
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    size = f"--window-size={width},{height}"
    subprocess.run([*command, size, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)
    image = Image.open(picture).convert("RGB")
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        make_pages(Path(name))
        for picture, (page, width, height) in PICTURES.items():
            photograph(Path(name) / page, DOCS / picture, width, height)
            print(picture, (DOCS / picture).stat().st_size)
