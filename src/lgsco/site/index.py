"""The index: every council of the register, with a box to find one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lgsco._text import html_text, long_date
from lgsco.model.authorities import authority_order
from lgsco.site.councils import kind_of, years_held
from lgsco.site.pages import file_of, page

if TYPE_CHECKING:
    from lgsco.model.authorities import RegisterEntry
    from lgsco.site.held import Held
    from lgsco.site.pages import SitePage

__all__ = ["index_page"]

TITLE = "What the Ombudsman publishes about councils"


def index_page(held: Held) -> SitePage:
    """Give the first page: all councils by name, those without figures included, and a box to find one."""
    entries = sorted(held.register.entries, key=lambda entry: authority_order(entry.authority))
    items = "\n".join(_item(held, entry) for entry in entries)
    body = (
        '<article class="lgsco"><h1>English councils and the Ombudsman</h1>\n'
        "<p>How often the Local Government and Social Care Ombudsman found fault with an English council, whether the"
        " council did what was recommended, and how often it had already put things right: with the counts behind"
        " each rate, what chance alone could explain, and similar authorities beside it.</p>\n<p>Figures of"
        f" {len(held.by_council)} of {len(entries)} councils, past and present, are held; the Ombudsman has published"
        " figures of the others too. No council is ranked: bare numbers do not prove one good or bad.</p>\n"
        '<div class="lgsco-find" role="search" aria-label="Councils" hidden>\n'
        '<label for="lgsco-find">Find a council</label>\n'
        '<p class="lgsco-hint" id="lgsco-hint">Part of its name, its group or its region</p>\n'
        '<input type="search" id="lgsco-find" autocomplete="off" spellcheck="false" aria-describedby="lgsco-hint">\n'
        '<p class="lgsco-check"><input type="checkbox" id="lgsco-only">'
        ' <label for="lgsco-only">Only councils with figures</label></p>\n'
        '<p id="lgsco-found" role="status"></p>\n</div>\n'
        '<p id="lgsco-search">Find a council with the search of your browser: all of them are on this page.</p>\n'
        f'<h2 id="lgsco-councils-by-name">Councils by name</h2>\n'
        f'<ul class="lgsco-councils" id="lgsco-councils">\n{items}\n</ul></article>'
    )
    return page("index.html", TITLE, body, script=file_of("find.js"))


def _item(held: Held, entry: RegisterEntry) -> str:
    authority = entry.authority
    path = held.paths.get(authority)
    name = html_text(authority.name)
    facts = [kind_of(authority).capitalize(), *([entry.region] if entry.region else [])]
    if entry.end is not None:
        facts.append(f"abolished {long_date(entry.end.year, entry.end.month, entry.end.day)}")
    said = f"{', '.join(facts)}."
    if path is None:
        return f"<li{_spelt(entry)}><b>{name}</b> <span>{html_text(said)} No figures are held.</span></li>"
    said += f" Figures of {years_held(held.by_council[authority])}."
    return f'<li{_spelt(entry)}><a href="{path}"><b>{name}</b></a> <span>{html_text(said)}</span></li>'


def _spelt(entry: RegisterEntry) -> str:
    """Give the words of other spellings that the name has not, so that it is found by them too."""
    known = {*_words(entry.authority.name), *_SAY_NOTHING}
    others = dict.fromkeys(word for spelling in entry.spellings for word in _words(spelling) if word not in known)
    return f' data-also="{" ".join(others)}"' if others else ""


# "ua" is how some lists write a unitary authority; the others say what kind of council it is, often of old.
_SAY_NOTHING = {"and", "borough", "city", "council", "county", "district", "metropolitan", "of", "the", "ua"}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", ""), re.ASCII)
