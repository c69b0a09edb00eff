"""How the pages are built: ``sphinx -W -n -b html docs docs/_build/html``. Needs no network."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import sys
from doctest import DocTestParser
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from docutils import nodes
from hypothesis import strategies as st

import lgsco

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "lgsco"
author = "The lgsco maintainers"
copyright = "2026, the lgsco maintainers"  # noqa: A001  # Sphinx's name for it
version = release = lgsco.__version__
language = "en-GB"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
# Notebooks are shown with the outputs that they hold; the tests execute them.
nb_execution_mode = "off"
suppress_warnings = [
    "mystnb.unknown_mime_type"
]  # a chart is Vega-Lite as well as a picture; the page shows the picture
exclude_patterns = ["_build"]
# A session is copied without its prompts and without what it prints.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .gp, .go"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
smartquotes_action = "D"  # dashes alone; quotation marks stay as they are typed

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
# What a field may hold, by the names that the annotations have; the page on values says what each means.
CONSTRAINED = (
    "Bound", "ColumnLetter", "Confidence", "Count", "Day", "Limit", "LineNumber", "Money", "NonNegative", "OnsCode",
    "PositiveCount", "PrintedOrNot", "PrintedRate", "Probability", "Reference", "Share", "ShareMeasure", "Text",
)  # fmt: skip
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 120

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_title = f"lgsco {version}"
# Code in 12 pixels, so that the command's tables and most lines of a session fit without scrolling.
html_theme_options = {"navigation_with_keys": True, "light_css_variables": {"code-font-size": "75%"}}

nitpick_ignore_regex = [
    # Classes of the standard library and of other projects: to link them would need their inventories from the network.
    ("py:class", r"(collections\.abc|datetime|decimal|dt|enum|fractions|hypothesis|os|sqlalchemy|st|typing)\..+"),
    ("py:class", r"Adjustment|Any|Backend|Limits|Result|Scale|SeriesName|TableFigure"),
    ("py:class", r"(AuthorityType|Basis|Share|Sides|SuppressionPolicy|Trimming)Like"),
    ("py:class", r"Decimal|Fraction|Iterable|Mapping"),
    # Enumerations of methods, whose words a caller gives as text; and named tuples: a benchmark in words, a page made.
    ("py:class", r"lgsco\.stats\..+Method|PageText|lgsco\.wording\.comparisons\.BenchmarkWords"),
    ("py:class", r"lgsco\.frames\._comparing\.Against.*|lgsco\.readers\.sentences\.Evidence"),
    # Type variables.
    ("py:class", r"(lgsco\..+\.)?(T|V|AnyTally|COUNTED|FoundT|FrameT|Name|PrintedTallyT|RateT|TallyT)"),
]

# Names that are written in annotations but are not public, and where to read of them.
_TOLD_ELSEWHERE = {
    "Audited": "audit",
    "ProportionMeasure": "Measure",
}


_PACKAGES = [importlib.import_module(f"lgsco.{name}") for name in lgsco._PACKAGES]
_PLACES = (
    {name: f"{module.__name__}.{name}" for module in _PACKAGES for name in module.__all__}
    | {name: f"lgsco.{name}" for name in lgsco.__all__}
    | {name: name for name in CONSTRAINED}
)
"""Where the reference has each public name."""


def link_bare_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement
) -> nodes.reference | None:
    """Link ``AnnualReview``, as an annotation or a docstring names it, to ``lgsco.AnnualReview``."""
    name = node["reftarget"].rpartition(".")[2]
    name = _TOLD_ELSEWHERE.get(name, name)
    if node["refdomain"] != "py" or name not in _PLACES:
        return None
    domain = env.domains.python_domain
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", _PLACES[name], node, shown)


def draw_gallery(app: Sphinx) -> None:
    """Run the code of the page of charts, which writes its pictures where the page has them."""
    page = (Path(app.srcdir) / "gallery.md").read_text(encoding="utf-8")
    folder = Path(app.srcdir) / "gallery"
    folder.mkdir(exist_ok=True)
    scope: dict[str, object] = {}
    with contextlib.chdir(folder):
        for example in DocTestParser().get_examples(page.replace("```", "")):
            exec(compile(example.source, "gallery.md", "single"), scope)  # noqa: S102  # our own page


def put_pictures_in_page(app: Sphinx, page: nodes.document) -> None:
    """Put each picture of a notebook into its page, with the title and the words that an image element would hide."""
    for image in [*page.findall(nodes.image)]:
        if image["uri"].endswith(".svg"):
            drawn = (Path(app.srcdir) / image["uri"].lstrip("/")).read_text(encoding="utf-8")
            image.replace_self(nodes.raw("", drawn, format="html"))


class _Bare:
    """Stands for ``Annotated``: a type is shown without its check."""

    def __class_getitem__(cls, parts: tuple[object, ...]) -> object:
        return parts[0]


def show_fields_as_declared() -> None:
    """Show the fields of a value as they are declared: ``Count``, not what ``Count`` stands for."""
    names = {name: type(name, (), {"__module__": "builtins"}) for name in CONSTRAINED} | {"Annotated": _Bare}
    for kind in {getattr(module, name) for module in _PACKAGES for name in module.__all__ if name != "KEY_STATISTICS"}:
        if isinstance(kind, type) and attrs.has(kind):
            scope = vars(sys.modules[kind.__module__]) | names
            for annotations in (kind.__annotations__, kind.__init__.__annotations__):
                for field, declared in annotations.items():
                    # What only type checkers import stays as it is written.
                    with contextlib.suppress(NameError):
                        annotations[field] = declared if not isinstance(declared, str) else eval(declared, scope)  # noqa: S307  # our own annotations


class _Shortened:
    """Stands in a signature for a default that is too long to be read."""

    def __repr__(self) -> str:
        return "..."


def shorten_default_strategies() -> None:
    """Show a strategy that another one takes by default as an ellipsis."""
    for name in lgsco.strategies.__all__:
        strategy = getattr(lgsco.strategies, name)
        signature = inspect.signature(strategy)
        strategy.__signature__ = signature.replace(
            parameters=[
                given.replace(default=_Shortened()) if isinstance(given.default, st.SearchStrategy) else given
                for given in signature.parameters.values()
            ]
        )


def keep_colon(_app: Sphinx, what: str, _name: str, _object: object, _options: object, lines: list[str]) -> None:
    """Keep napoleon from taking what stands before a colon in a field's docstring for the field's type."""
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]  # an empty comment


def setup(app: Sphinx) -> None:
    """Add these to Sphinx."""
    show_fields_as_declared()
    shorten_default_strategies()
    app.connect("autodoc-process-docstring", keep_colon, priority=400)  # napoleon has 500
    app.connect("missing-reference", link_bare_name)
    app.connect("builder-inited", draw_gallery)
    app.connect("doctree-read", put_pictures_in_page, priority=400)  # before images are collected
