"""Charts as SVG: each mark is where its value is, each label at its own mark, and nothing outside the picture."""

import itertools
import math
import re
import struct
import sys
import zlib
from collections import Counter
from xml.etree import ElementTree as ET

import attrs
import pytest
from tests.support.values import KENT

import lgsco
from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    InvestigationTally,
    PrintedAverage,
    PrintedPercent,
    Proportion,
    ReportingYear,
)
from lgsco.documents import NationalFigures
from lgsco.errors import MissingExtra
from lgsco.render import chart_style, page_svg, to_png, to_svg
from lgsco.render.alternatives import LONGEST, alternative
from lgsco.render.chart_style import THEMES
from lgsco.render.lettering import width_of
from lgsco.render.svg import picture
from lgsco.reports import Break, Chart, ChartKind, Line, Point, control_chart, dot_chart, funnel_chart, years_chart
from lgsco.series import History, p_chart
from lgsco.wording import charts as wording

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"q": 13, "t": 19, "num": 11}
YEAR = ReportingYear(2025)
# Counts like those of county councils in 2024-25: near one another, and three at one place.
COUNTIES = {
    "Essex": (183, 193), "Kent": (63, 76), "Devon": (69, 81), "West Sussex": (72, 81), "Suffolk": (75, 80),
    "Staffordshire": (44, 53), "Hertfordshire": (65, 69), "Derbyshire": (55, 59), "Hampshire": (30, 38),
    "Leicestershire": (33, 40), "East Sussex": (21, 28), "Norfolk": (19, 24), "Cambridgeshire": (18, 23),
    "Oxfordshire": (22, 22), "Lincolnshire": (13, 16), "Surrey": (13, 16), "Dorset": (13, 16),
}  # fmt: skip


def reviews_of(counts, kind, ending):
    return [
        AnnualReview(Authority(name, kind), YEAR, investigations=InvestigationTally(upheld, cases - upheld))
        for name, (upheld, cases) in ((f"{name} {ending}", counted) for name, counted in counts.items())
    ]


def counties(marked="Kent"):
    reviews = reviews_of(COUNTIES, AuthorityType.COUNTY_COUNCIL, "County Council")
    council = next((each.authority for each in reviews if each.authority.name == f"{marked} County Council"), None)
    return funnel_chart(lgsco.funnel(reviews, lgsco.uphold_rate), council)


def districts(marked):
    """164 councils with few cases each: many of them have the same figures."""
    counts = {}
    for number in range(164):
        cases = 1 + number * number % 29
        counts[f"Place {number}"] = (cases - min(number % 5, cases) * (number % 3) // 2, cases)
    reviews = reviews_of(counts, AuthorityType.DISTRICT_COUNCIL, "Borough Council")
    return funnel_chart(lgsco.funnel(reviews, lgsco.uphold_rate), reviews[marked].authority)


def dots(*, average=True):
    reviews = reviews_of(COUNTIES, AuthorityType.COUNTY_COUNCIL, "County Council")
    printed = PrintedAverage(AuthorityType.COUNTY_COUNCIL, YEAR, measure=lgsco.uphold_rate, percent=PrintedPercent(89))
    return dot_chart(reviews, lgsco.uphold_rate, average=printed if average else None, marked=reviews[1].authority)


def years():
    """Eight years: a year of two cases, a gap, and a break of the uphold rate."""
    counts = {
        2018: (20, 15, 4, 0), 2019: (25, 12, 22, 1), 2020: (1, 1, 30, 0), 2021: (30, 20, 31, 2),
        2023: (53, 8, 51, 0), 2024: (76, 18, 62, 1), 2025: (63, 13, 70, 4),
    }  # fmt: skip
    history = [
        AnnualReview(
            KENT,
            ReportingYear(year),
            investigations=InvestigationTally(upheld, others),
            compliance=ComplianceTally(done, failed),
        )
        for year, (upheld, others, done, failed) in counts.items()
    ]
    averages = [
        PrintedAverage(KENT.type, ReportingYear(year), measure=lgsco.uphold_rate, percent=PrintedPercent(percent))
        for year, percent in ((2023, 80), (2024, 85), (2025, 89))
    ]
    national = [NationalFigures(ReportingYear(2024), upheld=PrintedPercent(80), compliance=">99")]
    measures = [lgsco.uphold_rate, lgsco.compliance_rate]
    return years_chart(history, measures, marked=ReportingYear(2024), averages=averages, national=national)


def control():
    tallies = [(30, 2), (28, 3), (33, 1), (25, 4), (40, 2), (38, 3), (36, 2), (10, 11), (30, 2), (34, 1), (31, 3)]
    reviews = [
        AnnualReview(KENT, year, compliance=ComplianceTally(*tally))
        for year, tally in zip(map(ReportingYear, range(2011, 2022)), tallies, strict=True)
    ]
    return control_chart(p_chart(History(KENT, reviews), lgsco.compliance_rate))


def statistics():
    rates = {"Uphold rate": (76, 94, 0.85), "Compliance rate": (62, 63, 1.0), "Satisfactory remedy rate": (2, 76, 0.07)}
    return Chart(
        ChartKind.DOTS,
        "The three statistics of Kent County Council, 2023-24",
        words="Words",
        across="Per cent",
        points=[
            Point(name, Proportion(upheld, cases), interval=Proportion(upheld, cases).interval(), marked=True)
            for name, (upheld, cases, _) in rates.items()
        ],
        lines=[Line("average of similar councils", ((0.0, share),), panel=name) for name, (*_, share) in rates.items()],
    )


def crowd():
    points = [
        Point(f"A council with a long name {at}", Proportion(50 + at % 3, 100 + at), named=True, marked=at == 7)
        for at in range(40)
    ]
    return Chart(ChartKind.FUNNEL, "Crowd", words="Crowd", across="Cases", up="Rate", points=points)


CHARTS = {
    "counties": counties(),
    "no council marked": counties(None),
    "districts": districts(7),
    "dots": dots(),
    "statistics": statistics(),
    "years": years(),
    "control": control(),
    "crowd": crowd(),
    "long": Chart(
        ChartKind.DOTS,
        "T" * 300,
        words="W",
        across="A",
        points=[
            Point("W" * 300, Proportion(1, 2)),
            Point(("A very long name of a body " * 9).strip(), Proportion(1, 3)),
        ],
    ),
}
FORMS = [
    {"narrow": narrow, "whole_scale": whole_scale} for narrow, whole_scale in itertools.product((False, True), repeat=2)
]


def numbers(words):
    return [float(found) for found in re.findall(r"-?\d+\.?\d*", words)]


class Picture:
    """What is drawn, read from the SVG alone."""

    def __init__(self, text):
        self.root = ET.fromstring(text)
        self.children = list(self.root)
        self.texts = [held for held in self.children if held.tag == f"{SVG}text"]
        self.box = numbers(self.root.get("viewBox"))

    def marks(self, children=None):
        """Give each mark with its middle, its radius and its counts."""
        for held in self.children if children is None else children:
            title = held.find(f"{SVG}title")
            if title is None:
                continue
            if held.tag == f"{SVG}circle":
                x, y, radius = (float(held.get(name)) for name in ("cx", "cy", "r"))
            else:
                x, top, radius, *_ = numbers(held.get("d"))
                y = top + radius
            names = [
                re.fullmatch(r"(.+): (?:<1|>99|\d+)% \(([\d,]+) of ([\d,]+)\)", part) for part in title.text.split("; ")
            ]
            yield x, y, radius, [(match[1], *(int(match[at].replace(",", "")) for at in (2, 3))) for match in names]

    def scales(self):
        """Give the values of the grid, each line of which its percentage follows, by panel."""
        panels = [[]]
        for held, following in itertools.pairwise(self.children):
            if held.get("class") == "grid":
                value = float(following.text.rstrip("%"))
                if panels[-1] and value <= panels[-1][-1][0]:
                    panels.append([])
                panels[-1].append((value, numbers(held.get("d"))))
        return panels

    def styled(self, *classes):
        """Give the elements that have all of these classes."""
        return [held for held in self.children if set(classes) <= set((held.get("class") or "").split())]


def drawn_parts(text):
    """Give what a picture draws, apart from its order: each shape and word with its style, each line by its places."""
    parts = Counter()

    def add(held, style="", anchor="start"):
        style, anchor = held.get("class") or style, held.get("text-anchor") or anchor
        tag = held.tag.removeprefix(SVG)
        if tag == "g":
            for part in held:
                add(part, style, anchor)
        elif tag == "path":
            for steps in re.findall(r"M[^M]+", held.get("d")):
                parts[tag, style, places_of(steps), held.findtext(f"{SVG}title")] += 1
        elif tag in {"text", "circle", "rect"}:
            names = sorted(held.attrib.keys() - {"class", "text-anchor"})
            where = tuple((name, held.get(name)) for name in names)
            parts[tag, style, where, held.text or held.findtext(f"{SVG}title"), anchor] += 1

    for held in ET.fromstring(text):
        add(held)
    return parts


def places_of(steps):
    """Give the places of a line in tenths, or the steps of any other path as they are."""
    if re.search(r"[zH]|l\d|V", steps) and not re.fullmatch(r"M[\d. -]+([hvl][\d. -]+|L[\d. -]+)+", steps):
        return steps
    places = []
    for letter, words in re.findall(r"([MLhvl])([^MLhvl]+)", steps):
        tenths = [round(10 * float(found)) for found in re.findall(r"-?\d*\.?\d+", words)]
        x, y = places[-1] if places else (0, 0)
        step = {"h": (tenths[0], 0), "v": (0, tenths[0])}.get(letter, tuple(tenths))
        places.append((step[0], step[1]) if letter in "ML" else (x + step[0], y + step[1]))
    return tuple(places)


def between(scale, axis, place):
    """Give the value at a place between the first and the last line of a scale."""
    (low, first), (high, last) = scale[0], scale[-1]
    return low + (place - first[axis]) / (last[axis] - first[axis]) * (high - low)


def text_box(held):
    style = (held.get("class") or "").split()
    size = next((SIZES[name] for name in style if name in SIZES), 14)
    wide = width_of(held.text or "", size, bold=bool({"b", "t", "num"} & set(style)))
    x, y = float(held.get("x")), float(held.get("y"))
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[held.get("text-anchor", "start")]
    return left, y - size + 2, left + wide, y + 2


@pytest.mark.parametrize("name", CHARTS)
def test_each_mark_is_where_its_value_is(name):
    """Against the lines of the grid and their percentages, in every form; and every point has a mark."""
    chart = CHARTS[name]
    for form in FORMS:
        picture = Picture(to_svg(chart, **form))
        scales = picture.scales()
        drawn = Counter()
        panel, ticks = -1, 0
        for held in picture.children:
            if held.get("class") == "grid":
                ticks += 1
                panel = next(i for i, end in enumerate(itertools.accumulate(map(len, scales))) if ticks <= end)
            for x, y, _, points in picture.marks([held]):
                axis, place = (0, x) if chart.kind is ChartKind.DOTS else (1, y)
                # A funnel has its grid before its marks, a chart of years each panel's.
                value = between(scales[panel], axis, place)
                step = abs(scales[panel][-1][1][axis] - scales[panel][0][1][axis]) / (
                    scales[panel][-1][0] - scales[panel][0][0]
                )
                for _, upheld, cases in points:
                    assert abs(value - 100 * upheld / cases) * step < 0.3
                    drawn[upheld, cases] += 1
        expected = Counter((point.rate.numerator, point.rate.denominator) for point in chart.points)
        assert set(expected) == set(drawn)
        assert all(drawn[counts] in {number, min(number, 8)} for counts, number in expected.items())
        if form["whole_scale"]:
            assert {(0, 100)} == {(scale[0][0], scale[-1][0]) for scale in scales}


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_outside_the_picture(name):
    """Texts by their width in the widest font, marks and lines; alone, and as the two parts of a page."""
    chart = CHARTS[name]
    parts = re.findall(r"<svg.*?</svg>", page_svg(chart), flags=re.DOTALL)
    for text in (*parts, *(to_svg(chart, **form) for form in FORMS)):
        picture = Picture(text)
        left, top, wide, high = picture.box
        boxes = [text_box(held) for held in picture.texts]
        boxes += [(x - radius, y - radius, x + radius, y + radius) for x, y, radius, _ in picture.marks()]
        for held in picture.children:
            if held.tag == f"{SVG}path" and re.fullmatch(r"[ML\d. -]+", held.get("d")):
                places = numbers(held.get("d"))
                boxes.append((min(places[::2]), min(places[1::2]), max(places[::2]), max(places[1::2])))
        for box in boxes:
            assert left - 0.5 <= box[0] <= box[2] <= left + wide + 0.5, (box, picture.box)
            assert top - 0.5 <= box[1] <= box[3] <= top + high + 0.5


def apart(first, second):
    return first[2] <= second[0] or second[2] <= first[0] or first[3] <= second[1] or second[3] <= first[1]


def gap(box, x, y):
    return math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


@pytest.mark.parametrize("name", ["counties", "no council marked", "districts", "crowd"])
def test_a_label_is_at_its_own_mark(name):
    """Nearest to it or joined to it by a line, over no other label and no mark; a label without a place is left out."""
    chart = CHARTS[name]
    for form in FORMS:
        picture = Picture(to_svg(chart, **form))
        marks = list(picture.marks())
        labels = [(held.text, text_box(held)) for held in picture.styled("halo")]
        leaders = [numbers(held.get("d")) for held in picture.styled("leader")]
        assert labels or name == "crowd"
        for (_, first), (_, second) in itertools.combinations(labels, 2):
            assert apart(first, second)
        for words, box in labels:
            start = words.split(" and ")[0]
            start = start[:-1] if start.endswith("…") else f"{start} "
            own = [place for place in marks if any(f"{full} ".startswith(start) for full, *_ in place[3])]
            assert own
            own_gap, x, y = min((gap(box, x, y), x, y) for x, y, *_ in own)
            joined = any(math.dist(leader[:2], (x, y)) < 0.2 and gap(box, *leader[2:]) < 3 for leader in leaders)
            nearest = min(gap(box, *place[:2]) for place in marks)
            assert joined or own_gap == nearest
            assert all(gap(box, *place[:2]) > place[2] - 1 for place in marks)
        if name == "counties" and not any(form.values()):
            assert {"Kent", "Essex", "Dorset and 2 others"} <= {words for words, _ in labels}
            assert 13 <= len(labels)


def test_the_marked_council_is_named_wherever_it_is():
    """By its label or, where that has no place, in the key; another shape and bold letters tell it apart."""
    for marked in (0, 7, 60, 163):
        for narrow in (False, True):
            picture = Picture(to_svg(districts(marked), narrow=narrow))
            words = [held.text for held in picture.texts]

            assert f"Place {marked}" in words
            assert 1 == sum(held.find(f"{SVG}title") is not None for held in picture.styled("this"))


def test_coinciding_councils_are_counted():
    """In the mark, or by its size where another would cover the number; all that stand alone have none."""
    picture = Picture(to_svg(CHARTS["districts"]))
    by_place = {(x, y): (radius, names) for x, y, radius, names in picture.marks()}
    shown = {
        min(by_place, key=lambda place: math.dist(place, (float(held.get("x")), float(held.get("y")) - 4))): held.text
        for held in picture.styled("num")
    }
    many = {place for place, (_, names) in by_place.items() if len(names) > 1}
    sizes = Counter((point.rate.numerator, point.rate.denominator) for point in CHARTS["districts"].points)

    assert len(shown) >= 10
    assert {place: str(sizes[by_place[place][1][0][1:]]) for place in shown} == shown
    assert set(shown) <= many
    assert wording.SAME_FIGURES in [held.text for held in picture.texts]


def test_a_part_of_a_scale_is_marked_as_such():
    """By words and, where it does not start at 0%, by a zigzag; a whole one by neither."""
    for name in ("counties", "dots", "control", "years"):
        for form in FORMS:
            picture = Picture(to_svg(CHARTS[name], **form))
            noted = any((held.text or "").startswith(("The scale", "Each chart")) for held in picture.texts)
            zigzags = [held for held in picture.styled("axis") if "l" in held.get("d")]

            assert (not form["whole_scale"]) == noted == bool(zigzags)


def test_lines_are_where_they_belong():
    """Averages of years and of England, limits, and no line through a break, a gap or a year of few cases."""
    chart = years()
    picture = Picture(to_svg(chart))
    scale = picture.scales()[0]
    runs = [numbers(held.get("d")) for held in picture.styled("trend")]
    levels = {
        style: [between(scale, 1, numbers(held.get("d"))[1]) for held in picture.styled(style)][1:]
        for style in ("avg", "eng")
    }

    # Uphold rate: two years, two alone, three after the break; compliance: four years, and three.
    assert [2, 3, 4, 3] == [len(run) // 2 for run in runs]
    assert [80, 85, 89] == pytest.approx(levels["avg"], abs=0.5)
    assert [80] == pytest.approx(levels["eng"], abs=0.5)
    funnel = Picture(to_svg(counties()))
    average = between(funnel.scales()[0], 1, numbers(funnel.styled("avg")[-1].get("d"))[1])
    upheld, cases = (sum(counts[part] for counts in COUNTIES.values()) for part in (0, 1))
    assert 100 * upheld / cases == pytest.approx(average, abs=0.3)
    dashed = {"lim alert", "lim"} & {held.get("class") for held in funnel.children}
    assert {"lim alert", "lim"} == dashed


def test_a_break_stands_between_its_years():
    """A double line in the panels that it breaks, explained once, over no word."""
    points = [
        Point(str(year), Proportion(8, 10), at=str(year), panel=panel)
        for panel in ("First", "Second")
        for year in range(2018, 2024)
    ]
    ticks = tuple(map(str, range(2018, 2024)))
    breaks = [Break("2020", "One", panel="First"), Break("2020", "Two", panel="First"), Break("2021", "Three")]
    chart = Chart(ChartKind.YEARS, "T", words="W", across="Y", points=points, ticks=ticks, breaks=breaks)
    for narrow in (False, True):
        picture = Picture(to_svg(chart, narrow=narrow))
        lines = [numbers(held.get("d")) for held in picture.styled("break")]
        words = [held.text for held in picture.texts]

        # The key has two strokes too, in one element that is read apart.
        assert 2 * 3 == sum(abs(line[3] - line[1]) > 100 for line in lines)
        assert 1 == words.count(wording.SERIES_BREAK)
        for held in picture.texts:
            if held.text.endswith("%"):
                box = text_box(held)
                assert all(not (box[0] < line[0] < box[2] and line[1] < box[3] and box[1] < line[3]) for line in lines)


def test_the_words_for_whoever_cannot_see_are_short_and_lead_to_the_table():
    """At most 600 characters, whole sentences, the council that is marked among the first."""
    for chart in CHARTS.values():
        words = alternative(chart)
        assert len(words) <= LONGEST
        assert words.endswith(wording.IN_TABLE)
    assert "Kent County Council: 83% (63 of 76)" in alternative(counties())
    assert "Compliance rate: 98% (62 of 63), average 100%." in alternative(statistics())
    assert "81% (76 of 94) in 2023-24" in alternative(years())


def test_a_picture_that_stands_alone_has_all_in_it():
    """Title, key, source and style; it loads nothing, and is announced once by its title and its words."""
    for chart in CHARTS.values():
        text = to_svg(chart, name="one")
        root = ET.fromstring(text)
        words = [held.text for held in root.iter(f"{SVG}text")]

        assert [f"{SVG}title", f"{SVG}desc", f"{SVG}style"] == [held.tag for held in root[:3]]
        assert [chart.title, alternative(chart)] == [held.text for held in root[:2]]
        assert ("img", "one-title one-words") == (root.get("role"), root.get("aria-labelledby"))
        assert ["one-title", "one-words"] == [held.get("id") for held in root.iter() if "id" in held.attrib]
        assert any("Ombudsman" in each for each in words)
        assert any(
            each in {"Kent", "this council", "a council"} or "Place" in each or "A council" in each for each in words
        )
        assert not re.search(r"url\(|@import|href|script", text)
        assert chart_style() == root[2].text


def test_a_picture_in_fewer_letters_draws_the_same():
    """Every line, shape and word at its place, in its style."""
    for chart in CHARTS.values():
        for narrow in (False, True):
            long = to_svg(chart, narrow=narrow)
            short = picture(chart, "chart", chart_style(), narrow=narrow, short=True)

            assert drawn_parts(long) == drawn_parts(short)
            assert len(short) < len(long)


def test_a_page_has_two_forms_of_which_it_shows_one():
    """Announced once by its words, without ids, titles, sources and styles of its own; names are in the wide one."""
    chart = counties()
    whole = ET.fromstring(page_svg(chart))
    assert ("img", alternative(chart)) == (whole.get("role"), whole.get("aria-label"))
    wide, narrow = (ET.fromstring(part) for part in re.findall(r"<svg.*?</svg>", page_svg(chart), flags=re.DOTALL))

    assert ("lgsco-chart lgsco-wide", "lgsco-chart lgsco-narrow") == (wide.get("class"), narrow.get("class"))
    assert ("720", "280") == (wide.get("width"), narrow.get("width"))
    for root in (wide, narrow):
        assert "role" not in root.attrib
        assert chart.title not in [held.text for held in root.iter()]
        assert not [held for held in root.iter() if "id" in held.attrib or held.tag.endswith("style")]
    marks = len({(point.rate.numerator, point.rate.denominator) for point in chart.points})
    assert [marks, 0] == [sum(held.tag == "title" for held in root.iter()) for root in (wide, narrow)]


# --- Colours


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_seen_in_grey_too(theme):
    """Contrast is of luminance: 4.5 for words and 3 for marks against the paper; marks stand out of their ranges."""
    colours = THEMES[theme]

    def contrast(one, other):
        low, high = sorted((luminance(colours[one]), luminance(colours[other])))
        return (high + 0.05) / (low + 0.05)

    assert all(contrast(words, "paper") >= 4.5 for words in ("ink", "quiet"))
    assert all(contrast(mark, "paper") >= 3 for mark in ("this", "other", "range", "others", "avg", "eng"))
    assert contrast("this", "range") >= 1.5


def test_the_style_reaches_nothing_but_pictures():
    """Every rule begins with their class; a PNG's has none for screens."""
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"@media[^{]*\{", "", chart_style()))

    assert all(each.startswith(".lgsco-chart") for rule in rules for each in rule.split(","))
    assert {"dark", "forced-colors", "max-width"} <= set(re.findall(r"[a-z]+-[a-z]+|dark", chart_style()))
    assert "@" not in chart_style(media=False)


# --- PNG


def test_a_png_has_its_title_and_its_words():
    """In the file's own text, each part with a true checksum, as large as the picture by the scale."""
    chart = statistics()
    picture = to_png(chart, scale=1.5)
    chunks, at = {}, 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        assert struct.unpack(">I", picture[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + data),)
        chunks.setdefault(kind, []).append(data)
        at += 12 + length
    texts = {
        keyword.decode(): rest[4:].decode() for keyword, _, rest in (held.partition(b"\0") for held in chunks[b"iTXt"])
    }
    _, _, wide, high = Picture(to_svg(chart)).box

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert (1.5 * wide, 1.5 * high) == pytest.approx(struct.unpack(">II", chunks[b"IHDR"][0][:8]), abs=1)
    assert {"Title": chart.title, "Description": alternative(chart)} == texts


@pytest.mark.parametrize("library", ["resvg_py", "fontpkg"])
def test_without_the_extra_a_png_says_what_to_install(monkeypatch, library):
    """An SVG picture needs nothing."""
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(MissingExtra) as caught:
        to_png(statistics())
    assert "png" == caught.value.extra
    assert to_svg(attrs.evolve(statistics(), title="Another")).startswith("<svg")
