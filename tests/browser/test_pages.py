"""Every kind of page in Chromium: without errors, without requests, readable by everybody, at any width, on paper."""

import io
import itertools
import json
import re
from importlib import resources

import pypdfium2
import pytest

from lgsco import AnnualReview, Authority, AuthorityType, Dataset, InvestigationTally, Register, ReportingYear
from lgsco.model import RegisterEntry
from lgsco.site import site_pages

PAGES = {
    "index": "index.html",
    "groups": "groups.html",
    "map": "map.html",
    "methods": "methods.html",
    "downloads": "downloads.html",
    "England": "national.html",
    "council with many years": "councils/cambridgeshire-county-council.html",
    "council with one year": "councils/boston-borough-council.html",
    "abolished council": "councils/allerdale-borough-council.html",
    "group that is drawn": "groups/county-councils-2024-25.html",
    "group without its rates": "groups/metropolitan-boroughs-2024-25.html",
    "group of which too little is held": "groups/district-councils-2023-24.html",
    "report": "report.html",
}
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page):
    """Give what axe-core finds, each with the first element that it is about."""
    page.evaluate(AXE)
    options = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False})
    found = page.evaluate(f"axe.run(document, {options})")
    assert found["passes"], "axe looked at nothing"
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_accessible_and_fits(site, visit, kind, scheme, width):
    """Axe finds nothing, and the page is no wider than its window: what is wider scrolls in a part of its own."""
    page = visit(site / PAGES[kind], viewport={"width": width, "height": 800}, color_scheme=scheme)

    assert [] == violations(page)
    assert width >= page.evaluate("document.scrollingElement.scrollWidth")


def test_axe_finds_what_is_wrong(visit, tmp_path):
    """A check of the check: a picture without words and grey on grey."""
    (tmp_path / "bad.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><main><h1>x</h1><img src="data:,">'
        '<p style="color:#ccc">Grey on white',
        encoding="utf-8",
    )
    page = visit(tmp_path / "bad.html")

    assert {"color-contrast", "image-alt"} <= {each.partition(":")[0] for each in violations(page)}


def test_dark_is_dark_and_light_is_light(site, visit):
    """Text and ground change places, and pictures with them."""

    def ground(scheme):
        page = visit(site / PAGES["council with many years"], color_scheme=scheme)
        return page.evaluate(
            "[document.body, document.querySelector('svg text.b, svg .b text')].map(it => getComputedStyle(it))"
            ".map((look, at) => at ? look.fill : look.backgroundColor)"
        )

    assert ["rgb(255, 255, 255)", "rgb(11, 12, 12)"] == ground("light")
    assert ["rgb(22, 25, 28)", "rgb(243, 242, 241)"] == ground("dark")


def test_every_page_of_the_site_opens_without_a_word(site, visit):
    """All of them, one after another: none writes to the console or asks for anything but itself."""
    files = sorted(site.rglob("*.html"))
    page = visit(files[0])
    for file in files:
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(file.as_uri())

        assert {file.as_uri(), (site / "style.css").as_uri()} >= set(asked) >= {file.as_uri()}
        assert 1 == page.locator("h1").count()
    assert len(files) > 180


def test_links_are_followed(site, visit):
    """From the index to a council, from it to its group, and by the menu to the map and back."""
    page = visit(site / "index.html")
    page.get_by_role("link", name="Kent County Council").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith("complaints about Kent County Council")
    page.get_by_role("link", name="All county councils side by side, 2024-25").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith("complaints about county councils, 2024-25")
    page.get_by_role("table", name="Councils side by side").get_by_role("link", name="Essex County Council").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith("complaints about Essex County Council")
    page.get_by_role("link", name="Map").click()
    assert "Map" == page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Councils", exact=True).click()
    assert page.url.endswith("/index.html")


def test_the_first_key_leads_past_the_menu(site, visit):
    """A link that only the keyboard shows."""
    page = visit(site / PAGES["council with many years"])
    page.keyboard.press("Tab")

    assert "Skip to the content" == page.evaluate("document.activeElement.textContent")
    assert page.get_by_text("Skip to the content").bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_the_keyboard_stops_only_where_something_scrolls(site, visit):
    """On a phone tables are stacked, so nothing scrolls, and every stop is a link or a control."""
    page = visit(site / PAGES["council with many years"], viewport={"width": 320, "height": 800})

    assert 0 == page.locator("[tabindex='0']").count()
    assert [] == page.evaluate(
        "[...document.querySelectorAll('main *')].filter(it => it.scrollWidth > it.clientWidth + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(it).overflowX)).map(it => it.outerHTML.slice(0, 80))"
    )


# --- The box of the index


def shown(page):
    return page.locator("#lgsco-councils > li:visible b").all_inner_texts()


def test_a_council_is_found_by_mouse(site, visit):
    """Click, type, tick: what is found is shown, and how many is said."""
    page = visit(site / "index.html")
    assert 365 == len(shown(page))
    assert "365 councils found" == page.get_by_role("status").inner_text()
    page.get_by_label("Find a council").click()
    page.get_by_label("Find a council").press_sequentially("york")
    everything = shown(page)
    assert {"City of York Council", "North Yorkshire Council", "York"} & set(everything)
    assert all("york" in page.locator("li", has_text=name).first.inner_text().casefold() for name in everything)
    page.get_by_label("Only councils with figures").click()
    held = shown(page)
    assert set(held) < set(everything)
    assert f"{len(held)} councils found" == page.get_by_role("status").inner_text()
    page.get_by_label("Only councils with figures").click()
    assert everything == shown(page)


def test_a_council_is_found_by_keyboard(site, visit):
    """Tab to the box, type, tab to the council, enter; escape empties the box."""
    page = visit(site / "index.html")
    for _ in range(20):
        page.keyboard.press("Tab")
        if "lgsco-find" == page.evaluate("document.activeElement.id"):
            break
    page.keyboard.type("xyzxyz")
    assert [] == shown(page)
    assert page.get_by_role("status").inner_text().startswith("No council found")
    page.keyboard.press("Escape")
    assert 365 == len(shown(page))
    page.keyboard.type("WORCESTERSHIRE  County")
    assert ["Worcestershire County Council"] == shown(page)
    assert "1 council found" == page.get_by_role("status").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_label("Only councils with figures").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/worcestershire-county-council.html")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("st helens", "St Helens Council"),
        ("St. Helen's", "St Helens Council"),
        ("kings lynn", "Borough Council of Kings Lynn and West Norfolk"),
        ("king\N{RIGHT SINGLE QUOTATION MARK}s lynn", "Borough Council of Kings Lynn and West Norfolk"),
        ("telford and wrekin", "Telford & Wrekin Council"),
        ("barrow in furness", "Barrow-in-Furness Borough Council"),
        ("london hackney", "London Borough of Hackney"),
        ("worcs", "Worcestershire County Council"),
        ("BCP", "Bournemouth, Christchurch and Poole Council"),
        ("rbwm", "Royal Borough of Windsor and Maidenhead"),
        ("E10000016", "Kent County Council"),
        ("worstershire", "Worcestershire County Council"),
        ("midlesbrough", "Middlesbrough Borough Council"),
    ],
)
def test_spellings_find_their_council(site, visit, typed, name):
    """Capitals, signs and the order of words do not matter."""
    page = visit(site / "index.html")
    page.get_by_label("Find a council").fill(typed)

    assert name in shown(page)
    assert len(shown(page)) < 9


def test_what_was_typed_is_kept_when_one_comes_back(site, visit):
    """The list is that of what the box says."""
    page = visit(site / "index.html")
    page.get_by_label("Find a council").fill("kent county")
    page.get_by_role("link", name="Kent County Council").click()
    page.go_back()

    assert "kent county" == page.get_by_label("Find a council").input_value()
    assert ["Kent County Council"] == shown(page)


def test_a_council_without_figures_leads_to_what_there_is(site, visit):
    """The Ombudsman's page, its group, and the council that came after it."""
    page = visit(site / "index.html")
    page.get_by_label("Find a council").fill("adur")
    entry = page.locator("#lgsco-councils > li:visible")
    assert ["see the Ombudsman's page", "District Councils"] == entry.get_by_role("link").all_inner_texts()
    entry.get_by_role("link", name="District Councils").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith("complaints about district councils, 2024-25")
    page.go_back()
    assert "adur" == page.get_by_label("Find a council").input_value()


def test_without_scripts_the_whole_list_stands_there(site, visit):
    """And no box that does nothing."""
    page = visit(site / "index.html", java_script_enabled=False)

    assert 365 == page.locator("#lgsco-councils > li").count()
    assert not page.get_by_label("Find a council").is_visible()
    assert page.get_by_text("Find a council with the search of your browser").is_visible()


# --- On paper


def printed(page):
    """Print to PDF, and give the text of each sheet."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [sheet.get_textpage().get_text_range() for sheet in document]
    document.close()
    return sheets


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_printed(site, visit, kind):
    """All of its words, on no empty sheet; the menu is not."""
    page = visit(site / PAGES[kind])
    sheets = printed(page)
    text = " ".join(" ".join(sheets).split())

    assert all(sheet.strip() for sheet in sheets)
    for heading in page.locator("main h1, main h2").all_inner_texts():
        assert heading in text
    assert "Downloads" not in text or kind == "downloads"


def test_a_report_is_few_sheets(site, visit):
    """What goes before members is read in a meeting."""
    assert 3 >= len(printed(visit(site / "report.html")))


# --- What does no harm

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "\N{RIGHT-TO-LEFT OVERRIDE}tnuoC",
    "W" * 300,
    "&lt;b&gt;",
)


def test_no_name_commands_a_browser(visit, tmp_path):
    """Names of councils are words: nothing runs, nothing is asked for, and nothing is wider than the window."""
    councils = [Authority(name, AuthorityType.COUNTY_COUNCIL) for name in HOSTILE]
    entries = [
        RegisterEntry(council, group=AuthorityType.COUNTY_COUNCIL, centre_km=(400, 300), spellings=(council.name,))
        for council in councils
    ]
    reviews = [
        AnnualReview(council, ReportingYear(2025), investigations=InvestigationTally(10, 2)) for council in councils
    ]
    pages = site_pages(Dataset(Register(entries), counts=tuple(reviews)))
    for page in pages:
        file = tmp_path / page.path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(page.content())
    for page in pages:
        if page.path.endswith(".html"):
            opened = visit(tmp_path / page.path, viewport={"width": 320, "height": 800})
            assert 320 >= opened.evaluate("document.scrollingElement.scrollWidth")
    opened = visit(tmp_path / "index.html")
    opened.get_by_label("Find a council").fill("script")
    assert [HOSTILE[0]] == shown(opened)


# --- Pictures


@pytest.mark.parametrize("width", [320, 1280])
def test_each_picture_is_shown_once_and_whole(site, visit, width):
    """Its wide or its narrow form; every mark and every word is in the visible area, and no word is over another."""
    page = visit(site / "report.html", viewport={"width": width, "height": 900})
    pictures = [picture for picture in page.locator("svg.lgsco-chart").all() if picture.is_visible()]

    assert page.locator("figure").count() == len(pictures) >= 2
    for picture in pictures:
        assert ("lgsco-narrow" if width < 640 else "lgsco-wide") in picture.get_attribute("class")
        boxes = picture.evaluate(
            "svg => [...svg.querySelectorAll('text, .this, .other')]"
            ".map(it => [it.tagName, it.getBoundingClientRect()])"
            ".map(([tag, box]) => [tag, box.left, box.top, box.right, box.bottom])"
        )
        assert all(0 <= left <= right <= width for _, left, _, right, _ in boxes)
        texts = [box[1:] for box in boxes if box[0] == "text"]
        for at, (left, top, right, bottom) in enumerate(texts):
            for other in texts[at + 1 :]:
                # Lines of text may touch; letters do not.
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                assert across <= 1 or down <= 5


SEEN = {
    "map": "[...document.querySelectorAll('.lgsco-map .lgsco-tile')]",
    "chart": "[...document.querySelectorAll('.lgsco-chart')].filter(it => it.checkVisibility())"
    ".flatMap(it => [...it.querySelectorAll('path, circle')])",
}
"""The shapes of pictures that are shown, by what is asked of the page."""


@pytest.mark.parametrize(
    ("scheme", "options"),
    [("light", {}), ("dark", {"color_scheme": "dark"}), ("forced", {"forced_colors": "active"})],
)
def test_no_mark_disappears(site, visit, scheme, options):
    """Each has a line or a surface of 3 to 1 against the paper, the grid apart, whatever the colours of the screen."""
    pages = {"map": PAGES["map"], "chart": PAGES["council with many years"]}
    for asked, file in pages.items():
        page = visit(site / file, **options)
        faint = page.evaluate(
            """shapes => {
                const parts = colour => (colour.match(/[\\d.]+/g) ?? []).slice(0, 3).map(Number);
                const light = colour => parts(colour).map(part => part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
                const paper = light(getComputedStyle(document.body).backgroundColor);
                const contrast = colour => {
                    const [low, high] = [light(colour), paper].sort((one, other) => one - other);
                    return colour === 'none' ? 0 : (high + 0.05) / (low + 0.05);
                };
                return eval(shapes).filter(it => !it.closest('.grid')).filter(it => {
                    const look = getComputedStyle(it);
                    return it.matches('.lgsco-tile') ? contrast(look.borderTopColor) < 3
                        : Math.max(contrast(look.fill), contrast(look.stroke)) < 3;
                }).map(it => it.outerHTML.slice(0, 120));
            }""",
            SEEN[asked],
        )
        assert [] == faint, scheme
        assert page.evaluate(f"{SEEN[asked]}.length") > 15


def test_tiles_of_the_map_lead_to_councils_and_are_where_regions_are(site, visit):
    """By keyboard and mouse; without figures to the index; on a phone one region below another, and none is cut off."""
    page = visit(site / PAGES["map"], viewport={"width": 1280, "height": 900})
    tile = page.get_by_role("link", name="Kent County Council, with figures")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Kent County Council", exact=True))

    def box(region):
        return page.locator(f".lgsco-of-{region}").bounding_box()

    assert tile.inner_text() == row.get_by_role("cell").first.inner_text()
    assert "83% (63 of 76)" == row.get_by_role("cell").nth(2).inner_text()
    assert box("north-east")["y"] < box("east-midlands")["y"] < box("london")["y"] < box("south-east")["y"]
    assert box("west-midlands")["x"] < box("east-midlands")["x"] < box("east-of-england")["x"]
    assert box("south-west")["x"] < box("london")["x"]
    looks = "it => ['borderTopStyle', 'backgroundColor'].map(name => getComputedStyle(it)[name])"
    hollow = page.get_by_role("link", name="Adur District Council, no figures")
    assert not set(tile.evaluate(looks)) & set(hollow.evaluate(looks))
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/kent-county-council.html")
    page.go_back()
    hollow.click()
    assert "Adur District Council" == page.locator("#lgsco-councils > li:visible b").inner_text()
    page.goto((site / PAGES["map"]).as_uri())
    page.set_viewport_size({"width": 320, "height": 800})
    sides = [part.bounding_box() for part in page.locator(".lgsco-map > section").all()]
    assert all(above["y"] + above["height"] <= below["y"] for above, below in itertools.pairwise(sides))
    sizes = [tile.bounding_box() for tile in page.locator(".lgsco-map .lgsco-tile").all()]
    assert all(each["x"] >= 0 and each["x"] + each["width"] <= 320 for each in sizes)
    assert 1 == len({(each["width"], each["height"]) for each in sizes})
    page.get_by_role("link", name="South East").click()
    assert page.url.endswith("#south-east")


def test_the_page_of_groups_agrees_with_the_pages_it_leads_to(site, visit):
    """How many councils have figures, and how many the uphold rate."""
    page = visit(site / PAGES["groups"])
    links = page.get_by_role("cell").get_by_role("link").all()
    cells = [(link.get_attribute("href"), link.inner_text().partition("\n")[0]) for link in links]

    assert len(cells) > 40
    for file, words in cells:
        held, size, rates = map(int, re.match(r"(\d+) of (\d+); uphold rate: (\d+)", words).groups())
        page.goto((site / file).as_uri())
        text = page.locator("main").inner_text()
        assert f"figures for {held} of the {size} councils" in text or f"{held} of the {size}" in text
        listed = page.get_by_role("table", name="Councils side by side").get_by_role("row").all_inner_texts()[1:]
        assert held == len(listed)
        assert rates == sum(" of " in row.split("\t")[1] or row.split("\t")[1].startswith("no ") for row in listed)


def test_what_is_downloaded_is_what_is_shown(site, visit):
    """The table as CSV, with one figure in a column, and the picture with its title in it; without scripts."""
    page = visit(site / PAGES["group that is drawn"], java_script_enabled=False, accept_downloads=True)
    with page.expect_download() as table:
        page.get_by_role("link", name="Download (CSV): Uphold rate of County Councils, 2024-25").click()
    rows = table.value.path().read_text(encoding="utf-8").splitlines()

    rate = "Uphold rate"
    headings = ["Council", rate, f"{rate}: number counted", f"{rate}: out of how many", "Likely range: lower limit"]
    assert headings == rows[0].lstrip("\ufeff").split(",")[:5]
    assert "Kent County Council,83,63,76,73,90,within the limits" in rows
    # From a folder a browser opens the picture; from a server it saves it.
    link = page.get_by_role("link", name="Download (SVG): Uphold rate of county councils, 2024-25", exact=True)
    assert "uphold-rate-of-county-councils-2024-25.svg" == link.get_attribute("download")
    picture = (site / "groups" / link.get_attribute("href")).read_text(encoding="utf-8")
    assert "Uphold rate of county councils, 2024-25</text>" in picture
