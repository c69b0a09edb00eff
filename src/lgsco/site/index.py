"""The index: every council of the register, with a box to find a council."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco.model.authorities import authority_order
from lgsco.site.councils import kind_of, years_held
from lgsco.site.figures import group_path
from lgsco.site.pages import file_of, page
from lgsco.wording import site as wording
from lgsco.wording.phrases import date
from lgsco.wording.reports import PERFORMANCE_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lgsco.model.authorities import RegisterEntry
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import PageText


def index_page(figures: SiteFigures) -> PageText:
    """Return the first page: all councils by name, those without figures included, and a box to find one."""
    entries = sorted(figures.register.entries, key=lambda entry: authority_order(entry.authority))
    items = "\n".join(_item(figures, entry) for entry in entries)
    body = (
        '<article class="lgsco"><h1>English councils and the Ombudsman</h1>\n'
        f"<p>{wording.INDEX_INTRODUCTION}</p>\n"
        f"<p>{wording.index_coverage(len(figures.years_of), len(entries))}</p>\n"
        '<div class="lgsco-find" role="search" aria-label="Councils" hidden>\n'
        '<label for="lgsco-find">Find a council</label>\n'
        f'<p class="lgsco-hint" id="lgsco-hint">{wording.FIND_HINT}</p>\n'
        '<input type="search" id="lgsco-find" spellcheck="false" aria-describedby="lgsco-hint">\n'
        '<p class="lgsco-check"><input type="checkbox" id="lgsco-only">'
        ' <label for="lgsco-only">Only councils with figures</label></p>\n'
        '<p id="lgsco-found" role="status"></p>\n</div>\n'
        f'<p id="lgsco-search">{wording.FIND_IN_BROWSER}</p>\n'
        '<h2 id="lgsco-councils-by-name">Councils by name</h2>\n'
        f'<ul class="lgsco-councils" id="lgsco-councils">\n{items}\n</ul></article>'
    )
    return page("index.html", wording.SITE_TITLE, body, script=file_of("find.js"), as_at=figures.date)


def _item(figures: SiteFigures, entry: RegisterEntry) -> str:
    authority = entry.authority
    path = figures.paths.get(authority)
    name = html_text(authority.name)
    facts = [kind_of(authority).capitalize(), *([entry.region] if entry.region else [])]
    if entry.end is not None:
        facts.append(f"abolished {date(entry.end)}")
    heading, coverage = f"<b>{name}</b>", wording.NO_FIGURES
    if path is not None:
        heading = f'<a href="{path}">{heading}</a>'
        coverage = wording.figures_of(years_held(figures.years_of[authority]))
    words = html_text(f"{', '.join(facts)}. {coverage}")
    if path is None:
        ends = [(PERFORMANCE_PAGE, wording.OMBUDSMANS_PAGE), *_instead(figures, entry)]
        words += " " + ", ".join(f'<a href="{end}">{html_text(label)}</a>' for end, label in ends)
    return f"<li{_spelt(entry)}{'' if path is None else ' data-page'}>{heading} <span>{words}</span></li>"


def _instead(figures: SiteFigures, entry: RegisterEntry) -> Iterator[tuple[str, str]]:
    """Return what there is beside a council without figures: its group's newest page, and councils after it."""
    years = [year for group, year in figures.by_group if group is entry.group and entry.exists_on(year.end)]
    if entry.group is not None and years:
        yield group_path(entry.group, max(years)), entry.group.label
    for council in entry.successors:
        if council in figures.paths:
            yield figures.paths[council], council.name


def _spelt(entry: RegisterEntry) -> str:
    """Return the words by which a council is found too: of other spellings, its code, its initials and short names."""
    name = _words(entry.authority.name)
    known = {*name, *_TYPE_WORDS}
    spelt = [word for spelling in entry.spellings for word in _words(spelling) if word not in known]
    code = [] if entry.authority.code is None else [entry.authority.code.casefold()]
    letters = "".join(word[0] for word in name if word not in {"and", "of", "the"})
    initials = [letters, letters.removesuffix("c")] if len(letters) > _FEWEST_INITIALS else []
    short = [short for whole, short in _SHORT_NAMES.items() if whole in name]
    words = dict.fromkeys([*spelt, *code, *initials, *short])
    return f' data-also="{" ".join(words)}"' if words else ""


_FEWEST_INITIALS = 2
_SHORT_NAMES = {
    "bedfordshire": "beds", "berkshire": "berks", "buckinghamshire": "bucks", "cambridgeshire": "cambs",
    "derbyshire": "derbys", "gloucestershire": "glos", "hampshire": "hants", "hertfordshire": "herts",
    "lancashire": "lancs", "leicestershire": "leics", "lincolnshire": "lincs", "northamptonshire": "northants",
    "northumberland": "northd", "nottinghamshire": "notts", "oxfordshire": "oxon", "shropshire": "salop",
    "staffordshire": "staffs", "warwickshire": "warks", "wiltshire": "wilts", "worcestershire": "worcs",
    "yorkshire": "yorks", "bath": "bnes banes", "hammersmith": "lbhf",
}  # fmt: skip
"""How people shorten the names of places, for the box alone."""
# "ua" is how some lists write a unitary authority; the others are of types of councils, some of them former.
_TYPE_WORDS = {"and", "borough", "city", "council", "county", "district", "metropolitan", "of", "the", "ua"}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", ""), re.ASCII)
