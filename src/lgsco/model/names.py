"""Names of councils as people type them: folded to what spellings share, and with what is short written in full."""

from __future__ import annotations

import re

# Words that say what kind of body it is; a name is compared without them, but only the loose ones may be invented.
LOOSE_WORDS = frozenset({"council", "borough", "royal", "city", "of", "the"})
_KIND_WORDS = LOOSE_WORDS | {"county", "district", "metropolitan", "london", "corporation", "ua"}

_JOINTS = re.compile(r"\s*(?:&|/|\+|;|,|\band\b)\s*", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"\s+(?:(?:county|city|borough|district|metropolitan)\s+)*(?:councils|districts|boroughs)\s*$", re.IGNORECASE
)
_MOST_JOINT = 4
COMMON_WORDS = frozenset({"and", "in", "on", "under", "upon", "north", "south", "east", "west", "mid", "st", "new"})
"""Words that many names share: none is suggested for them."""

# What people type for the words that say the kind of a council; "CC" may be of a county or of a city.
_SHORT_KINDS = {
    "lbc": ("london borough council",), "lb": ("london borough",), "rb": ("royal borough",), "rbc": ("royal borough",
    "borough council"), "mbc": ("metropolitan borough council", "metropolitan district council"),
    "mb": ("metropolitan borough",), "mdc": ("metropolitan district council", "metropolitan borough council"),
    "cc": ("county council", "city council"), "bc": ("borough council",), "dc": ("district council",),
    "ccc": ("county council", "city council"), "ua": ("",), "uc": ("",),
}  # fmt: skip
_SHORT_NAMES = {
    "b and nes": "bath and north east somerset", "banes": "bath and north east somerset",
    "bathnes": "bath and north east somerset", "bcp": "bournemouth christchurch and poole",
    "rbwm": "windsor and maidenhead", "rbkc": "kensington and chelsea", "k and c": "kensington and chelsea",
    "lbhf": "hammersmith and fulham", "h and f": "hammersmith and fulham", "cwac": "cheshire west and chester",
    "cw and c": "cheshire west and chester",
}  # fmt: skip
_SHORT_WORDS = {
    "beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire",
    "derbys": "derbyshire", "glos": "gloucestershire", "gloucs": "gloucestershire", "hants": "hampshire",
    "herts": "hertfordshire", "lancs": "lancashire", "leics": "leicestershire", "lincs": "lincolnshire",
    "mddx": "middlesex", "northants": "northamptonshire", "northumb": "northumberland", "notts": "nottinghamshire",
    "oxon": "oxfordshire", "staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire",
    "worcs": "worcestershire", "yorks": "yorkshire", "n": "north", "s": "south", "e": "east", "w": "west",
    "ne": "north east", "nw": "north west", "se": "south east", "sw": "south west", "nth": "north", "sth": "south",
    "co": "county", "boro": "borough", "met": "metropolitan", "dist": "district", "cncl": "council",
}  # fmt: skip


def in_full(spelling: str) -> list[str]:
    """Return a spelling with what people shorten in full, once for each meaning; nothing where nothing is short."""
    for short, full in _SHORT_NAMES.items():
        longer = re.sub(rf"\b{short}\b", full, spelling)
        if longer != spelling:
            spelling = longer
            break
    else:
        if not any(word in _SHORT_KINDS or word in _SHORT_WORDS for word in spelling.split()):
            return []
    variants = [""]
    for word in spelling.split():
        meanings = _SHORT_KINDS.get(word) or (_SHORT_WORDS.get(word, word),)
        variants = [f"{variant} {meaning}" for variant in variants for meaning in meanings][:_MOST_VARIANTS]
    return [" ".join(variant.split()) for variant in variants]


_MOST_VARIANTS = 8


def plain_name(name: str) -> str:
    """Fold what spellings differ in: case, apostrophes, hyphens, full stops, "&"."""
    folded = name.casefold().replace("&", " and ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("'", "")
    return " ".join(re.findall(r"\w+", folded))


def core_words(plain: str) -> frozenset[str]:
    """Return the words of a plain name by which it is known, without those that say its kind."""
    words = frozenset(plain.split())
    # The City of London is made of kind words alone.
    return words - _KIND_WORDS or words


def letter_pairs(plain: str) -> frozenset[str]:
    """Return the pairs of letters of a name, without the words that say its kind."""
    return frozenset(f" {word} "[index : index + 2] for word in core_words(plain) for index in range(len(word) + 1))


def joint_parts(name: str) -> list[str]:
    """Return the parts of what may be a joint name, such as "Adur & Worthing"; none where it cannot be one."""
    parts = [part for part in _JOINTS.split(_OF_SEVERAL.sub("", name)) if part.strip()]
    return parts if 1 < len(parts) <= _MOST_JOINT else []
