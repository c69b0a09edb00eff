"""
What is done to a file before its sentences are looked for: characters, HTML, PDFs, and the bounds of it all.

Laws:

- Any text and any bytes become lines or are refused.
- HTML becomes the lines that a browser shows, whatever stands open.
- No pattern could run on over a text, and no text is gone through more often the longer it is.
"""

import importlib
import pkgutil
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.pdfs import by_fpdf, by_reportlab, empty_pages, locked

from lgsco import readers
from lgsco.errors import (
    InvalidValue,
    MissingExtra,
    Problem,
    UnreadableDocument,
)
from lgsco.readers import Bounds
from lgsco.readers.markup import is_markup, lines_of_markup
from lgsco.readers.texts import DEFAULT_BOUNDS, FlatText, document_of, searchable


def document(source, **bounds):
    """Give the lines of a source."""
    return document_of(source, Bounds(**bounds), UnreadableDocument)


def lines(source, **bounds):
    """Give the lines that hold anything."""
    return [line for line in document(source, **bounds).lines if line]


def refused(source, **bounds):
    """Give the one problem for which a source is refused."""
    with pytest.raises(UnreadableDocument) as caught:
        document(source, **bounds)

    (problem,) = caught.value.problems
    assert ((), ("text",), Problem) == (caught.value.found, caught.value.missing, type(problem))
    return problem


# --- Characters


@pytest.mark.parametrize(
    ("found", "read"),
    [
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("a\N{THIN SPACE}\N{EN SPACE} b", "a b"),
        ("a\tb", "a b"),
        ("  a   b  ", "a b"),
        ("a\N{ZERO WIDTH SPACE}b\N{SOFT HYPHEN}c\N{ZERO WIDTH NO-BREAK SPACE}", "abc"),
        ("satis\N{LATIN SMALL LIGATURE FI}ed o\N{LATIN SMALL LIGATURE FFI}ce", "satisfied office"),
        ("recom\ufffe\r\nmendations", "recommendations"),
        ("recom\x02 mendations", "recommendations"),
        ("24\N{NON-BREAKING HYPHEN}001", "24-001"),
        (
            "the Council\xe2\u20ac\u2122s \xc2\xa34,200 \xe2\u20ac\u201c and\xc2\xa0more",
            "the Council\u2019s £4,200 \u2013 and more",
        ),
        ("**bold** and __bold__ and *italic*", "bold and bold and italic"),
        ("[words](https://example.org/a_b) and [more](#)", "words and more"),
        ("[no link] (aside)", "[no link] (aside)"),
    ],
)
def test_characters_are_read_as_they_are_seen(found, read):
    """Hard spaces, ligatures, broken words, marks of emphasis, and text that was decoded wrongly once."""
    assert [read] == lines(found)


def test_what_is_searched_stands_where_it_is_printed():
    """Small letters and straight signs, each at the place of the one that is printed."""
    printed = "The Council\N{RIGHT SINGLE QUOTATION MARK}s \N{EN DASH} \N{LATIN CAPITAL LETTER I WITH DOT ABOVE}STANBUL"

    assert "the council's - istanbul" == searchable(printed)
    assert len(printed) == len(searchable(printed))


def test_a_flat_text_knows_its_lines():
    """Where each part stood, and where the text of some lines is."""
    flat = FlatText.of(document("one\n\ntwo\nthree\n"))

    assert "one two three" == flat.text
    assert [0, 2, 2, 3] == [flat.index_at(offset) for offset in (0, 4, 6, 12)]
    assert ["one", "one two three", "two", "three"] == [
        flat.text[slice(*flat.stretch(first, last))] for first, last in ((0, 0), (0, 3), (2, 2), (3, 3))
    ]


@pytest.mark.parametrize(
    ("source", "read"),
    [
        (b"\xef\xbb\xbfa", ["a"]),
        ("£".encode(), ["£"]),
        (b"<p><meta charset='windows-1252'>\x93a\x94", ["\u201ca\u201d"]),
        (b'<meta http-equiv="x" content="text/html; charset=ISO-8859-1"><p>\xa3', ["£"]),
        ("<meta charset=utf-8><p>£".encode(), ["£"]),
        ("<meta charset=nonsense><p>£".encode(), ["£"]),
    ],
)
def test_bytes_are_utf_8_or_what_a_page_says(source, read):
    """A page of HTML may name another encoding; nothing is guessed."""
    assert read == lines(source)


@pytest.mark.parametrize(
    ("source", "place"),
    [(b"a\xff", "byte 1"), ("a".encode("utf-16"), "byte 0"), (b"<meta charset=utf-8>\xa3", "byte 20")],
)
def test_other_bytes_are_refused(source, place):
    """With the first byte that is none of the encoding's."""
    assert place == refused(source).place.path


# --- HTML


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("one<br>two<br/>three", ["one", "two", "three"]),
        ("<ul><li>one<li>two</ul>", ["\u2022 one", "\u2022 two"]),
        ("<table><tr><td>19</td><td>upheld</td></tr><tr><th>a<th>b</table>", ["19 upheld", "a b"]),
        ("<p><b>86</b><i>%</i> of\n  complaints</p>", ["86% of complaints"]),
        ("<p>a &amp; b &lt;c&gt; &#163;4 &nbsp; d&shy;e</p>", ["a & b <c> £4 d e".replace("d e", "de")]),
        ("<html><head><title>no</title><style>p {}</style></head><body>yes</body></html>", ["yes"]),
        ("<script>if (a < b) { '</p>' }</script><p>yes", ["yes"]),
        ("<SCRIPT>no</SCRIPT ><noscript>no</noscript><svg><text>no</text></svg><p>yes", ["yes"]),
        ("<p>a<!-- no <p>no</p> -->b</p>", ["ab"]),
        ("<p title='a > b' class=\"c\">yes</p>", ["yes"]),
        ("<p title=\"it's>yes</p>", ["yes"]),
        ("<p>1 < 2 and 3 > 2</p>", ["1 < 2 and 3 > 2"]),
        ("<!DOCTYPE html><?xml version='1'?><p>yes</p>", ["yes"]),
        ("<p>a<!-- never closed", ["a<!-- never closed"]),
        ("<p>a<script>never closed", ["anever closed"]),
        ("<p>a<?never closed", ["a<?never closed"]),
        ("<p>a<b", ["a<b"]),
        ("<p>a</script>b", ["ab"]),
        ("<p>\u0130<script>no</script>b", ["\u0130b"]),
        ("<li></li><li>a</li>", ["\u2022", "\u2022 a"]),
    ],
)
def test_html_is_what_a_browser_shows(page, seen):
    """Blocks begin lines, words run on, and what is not seen is not read."""
    assert seen == lines(page)


def test_lines_of_html_are_those_of_its_source():
    """Each by the line on which its first word stands, whatever was passed over before it."""
    page = "<html>\n<!--\n-->\n<script>\n\n</script><p\n class='a'>\n\n one\n two</p>\n<ul><li>\nthree</ul>four<p>five\n</p>"
    read = document(page)

    assert [("one two", 9), ("\u2022 three", 12), ("four", 12), ("five", 12)] == [
        (line, number) for line, number in zip(read.lines, read.numbers, strict=True) if line
    ]
    assert "line 9" == read.place(read.lines.index("one two"))


def test_blocks_are_parted_by_empty_lines():
    """As paragraphs are in a text."""
    assert ["one", "", "two", "", "three"] == [*document("<div><p>one</p>\n<p>two</p></div>three").lines]


def test_links_are_kept_with_their_lines():
    """In HTML and in text that was typed with them."""
    page = document("<p>a <a href='/x?a=1&amp;b=2'>b</a></p><p><a class=c href=/y>c</a><a name=d>d</a></p>")
    typed = document('a [b](/x) [c](/y "title")\n[d](/z)')

    assert [("a b", "/x?a=1&b=2"), ("cd", "/y")] == [(page.lines[at], address) for at, address in page.links]
    assert [(0, "/x"), (0, "/y"), (1, "/z")] == [*typed.links]


@pytest.mark.parametrize("text", ["", "1 < 2", "<br", "a <b@example.org>", "<3", "< p >", "<project>"])
def test_a_sign_of_less_makes_no_html(text):
    """Only an element does."""
    assert not is_markup(text)


# --- PDFs


def test_a_pdf_has_pages_and_lines():
    """Lines are numbered through all pages, and placed by page."""
    read = document(by_reportlab("one\ntwo" + "\n" * 70 + "three"))
    words = [line for line in read.lines if line]

    assert ["one", "two", "three"] == words
    assert ["page 1, line 1", "page 1, line 2", "page 2, line 1"] == [
        read.place(read.lines.index(word)) for word in words
    ]


def test_a_pdf_may_begin_late():
    """Readers of PDFs have always allowed some bytes before it."""
    assert ["one"] == lines(b"\r\n" + by_fpdf("one"))


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (by_fpdf("one")[:-300], "damaged"),
        (locked("secret"), "password"),
        (empty_pages(2), "scan"),
    ],
    ids=["nothing", "cut", "locked", "scan"],
)
def test_a_pdf_without_text_is_refused(pdf, words):
    """Damaged, locked, or made of pictures."""
    problem = refused(pdf)

    assert "the whole" == str(problem.place)
    assert words in problem.reason.lower()


def test_a_missing_extra_is_named(monkeypatch):
    """What to install, and what for; text needs nothing of the kind."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra) as caught:
        readers.read_letter(by_fpdf("one"))

    assert ("pdf", "pypdfium2") == (caught.value.extra, caught.value.package)
    assert "lgsco[pdf]" in str(caught.value)
    assert ["one"] == lines("one")


# --- Bounds


@pytest.mark.parametrize(
    ("source", "bounds", "place"),
    [
        ("a" * 11, {"text_bytes": 10}, "the whole"),
        (b"a" * 11, {"text_bytes": 10}, "the whole"),
        (by_fpdf("a"), {"pdf_bytes": 10}, "the whole"),
        (empty_pages(3), {"pdf_pages": 2}, "the whole"),
        (by_fpdf("a" * 30), {"text_bytes": 10}, "page 1"),
        ("<div>" * 5, {"html_depth": 4}, "line 1"),
        ("<p>\n<ul>" + "<div>\n" * 5, {"html_depth": 4}, "line 5"),
    ],
)
def test_what_exceeds_a_bound_is_refused(source, bounds, place):
    """The bound stands in the reason; the bound itself is still allowed."""
    problem = refused(source, **bounds)
    (bound,) = bounds.values()

    assert place == str(problem.place)
    assert str(bound) in problem.reason
    assert document("<div>" * 4, html_depth=4).lines == []
    assert ["a" * 10] == lines("a" * 10, text_bytes=10)


def test_closed_elements_are_no_depth():
    """What is closed, and what needs no closing, does not count; a closing too many is nothing."""
    assert ["a"] == lines("<p><dt><td>" * 50 + "<div></div>" * 50 + "</div></div>" + "a", html_depth=1)


@pytest.mark.parametrize("bound", [0, -1, 1.5, "10", True, None])
def test_a_bound_is_a_number_of_one_or_more(bound):
    """All that are wrong are named."""
    with pytest.raises(InvalidValue):
        Bounds(text_bytes=bound)
    with pytest.raises(InvalidValue):
        Bounds(text_bytes=bound, pdf_pages=bound)


def test_every_reader_takes_bounds():
    """And refuses by its own error what exceeds them."""
    for read, error in (
        (readers.read_letter, UnreadableDocument),
        (readers.read_page, readers.pages.UnreadableDocument),
        (readers.read_decisions, readers.decisions.UnreadableDocument),
    ):
        with pytest.raises(error) as caught:
            read("a" * 11, bounds=Bounds(text_bytes=10))

        assert ("text",) == caught.value.missing


def test_a_text_of_a_hundred_megabytes_is_refused_before_it_is_looked_at():
    """By every reader of texts, as text and as bytes, with the bound in the reason."""
    for read in (readers.read_letter, readers.read_page, readers.read_decisions):
        for source in ("a" * 100_000_000, b"a" * 100_000_000):
            with pytest.raises(UnreadableDocument) as caught:
                read(source)

            [problem] = caught.value.problems
            assert ("the whole", True) == (str(problem.place), "16,000,000" in problem.reason)


def test_a_pdf_of_a_thousand_pages_is_refused():
    """By the bound that stands unless another is given."""
    problem = refused(empty_pages(1_000))

    assert ("the whole", True) == (str(problem.place), "1,000 pages" in problem.reason)


# --- Time


def patterns():
    """Give every pattern that the readers of texts hold, however it is held, by where it stands."""
    for found in pkgutil.iter_modules(readers.__path__):
        module = importlib.import_module(f"lgsco.readers.{found.name}")
        pending = [*vars(module).values()]
        while pending:
            held = pending.pop()
            if isinstance(held, re.Pattern):
                yield found.name, held
            elif isinstance(held, dict):
                pending += [*held, *held.values()]
            elif isinstance(held, tuple | list):
                pending += held


MAKE = {re._constants.MAX_REPEAT, re._constants.MIN_REPEAT}
"""The repeats that may give back what they took; a possessive one never does, so it takes time but once."""
# Patterns that are only ever tried on one line, or on what a tag holds up to the next "<".
ON_A_LINE = 2_000


def runs(parsed, inside=False):  # noqa: FBT002  # a walk over a tree
    """Give the pairs of repeats without end of which one stands within another, where the outer may give back."""
    for operation, argument in parsed:
        if operation in MAKE:
            _, most, held = argument
            endless = most is re._constants.MAXREPEAT
            if endless and inside:
                yield held
            yield from runs(held, inside or endless)
        elif isinstance(argument, tuple | list):
            for part in argument:
                if isinstance(part, re._parser.SubPattern):
                    yield from runs(part, inside)
                elif isinstance(part, list):
                    for branch in part:
                        if isinstance(branch, re._parser.SubPattern):
                            yield from runs(branch, inside)


def test_no_repeat_stands_within_another():
    """Two repeats without end, one in the other, can share out a text in more ways than anybody waits for."""
    found = {held.pattern: [*runs(re._parser.parse(held.pattern, held.flags))] for _, held in patterns()}

    assert 20 < len(found)
    assert {} == {pattern: nested for pattern, nested in found.items() if nested}
    assert [*runs(re._parser.parse(r"(a*b?)*c"))]


SHAPES = ("<", "<a", "<a ", '<a "', "<!--", "<!-", "<?", "<script>", "</", "<p>", "&", "&#", "[", "](", "[a](", "*", "(",
          ") ", "(24 000 001)", "1 april ", "average of 1% in similar ", "total of 1", "upheld decision", "per 100,000 residents",
          "complaints upheld by ", "a ", "\u2022 ", "-\n", "Statement Upheld ", "Summary:", "Decision : ", "Category : a > ",
          "86% of complaints we investigated were upheld. ", "86% of complaints we investigated were upheld.\n2019-20\n\n",
          "a total of 22 investigations for the period between 1 April 2023 to 31 March 2024\n", "Public reports\n",
          "Case reference: 22 016 433\nCategory: a\nb\n", "A Council is a merger of\n", "A Council\nComplaints upheld\n",
          "statistics are based on a total of ", "Chief Executive, A Council\nDear \n", "2019-20\n", "replaced by Council ", "Dear \n", "1,", "\ufffe", "\xe2\u20ac")  # fmt: skip


def steps(read, text):
    """Count the steps of our own code that it takes to read a text, in lines that are run."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read(text)
    except UnreadableDocument:
        pass
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.parametrize("read", [readers.read_letter, readers.read_page, readers.read_decisions])
def test_twice_the_text_takes_twice_the_steps(read):
    """Counted, not timed, for texts made of one scrap over and over, which is what runs away where anything does."""
    for scrap in SHAPES:
        one, two = (steps(read, scrap * times) for times in (200, 400))

        assert two <= 2.2 * one + 200, scrap


# --- Laws


_SCRAPS = st.lists(st.sampled_from(SHAPES) | st.text(max_size=5), max_size=30).map("".join)


@given(st.text() | st.binary() | _SCRAPS | st.binary().map(lambda held: b"%PDF-1.4\n" + held))
def test_anything_becomes_lines_or_is_refused(source):
    """Nothing else comes of any text and any bytes; each line has a place, and single spaces within it."""
    try:
        read = document(source)
    except UnreadableDocument as error:
        problems, read = error.problems, document("")
    else:
        problems = ()

    assert all(str(problem.place) for problem in problems)
    assert all(read.place(at) for at in range(len(read.lines)))
    assert [] == [line for line in read.lines if line != " ".join(line.split(" ")).strip()]


@given(_SCRAPS)
def test_html_is_always_read(page):
    """Whatever stands open, every line has a number that does not fall."""
    found, numbers, links = lines_of_markup(page, DEFAULT_BOUNDS, UnreadableDocument)

    assert len(found) == len(numbers)
    assert sorted(numbers) == numbers
    assert all(0 <= at <= len(found) for at, _ in links)


SIGNS = [*map(chr, range(128)), "\N{NO-BREAK SPACE}", "\N{BULLET}", "\N{POUND SIGN}"]
CATEGORIES = {
    re._constants.CATEGORY_DIGIT: str.isdigit,
    re._constants.CATEGORY_SPACE: str.isspace,
    re._constants.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
}
CATEGORIES |= {
    re._constants.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdigit(),
    re._constants.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    re._constants.CATEGORY_NOT_WORD: lambda sign: not CATEGORIES[re._constants.CATEGORY_WORD](sign),
}


def takes(operation, argument, sign):
    """Whether a part of a pattern takes a sign, in small letters or capitals; a part of several may take any."""
    match str(operation):
        case "LITERAL":
            return chr(argument).casefold() == sign.casefold()
        case "NOT_LITERAL":
            return chr(argument) != sign
        case "ANY":
            return sign != "\n"
        case "RANGE":
            return any(argument[0] <= ord(each) <= argument[1] for each in (sign.lower(), sign.upper()))
        case "CATEGORY":
            return CATEGORIES[argument](sign)
        case "IN":
            negated = argument[0][0] is re._constants.NEGATE
            return negated != any(takes(*part, sign) for part in argument[negated:])
        case _:
            return True


def sharers(parsed):  # noqa: C901  # a walk over a tree, one branch for each kind of part
    """Give the pairs of repeats without end that stand side by side, where both could take the same sign."""
    open_ended = []
    for operation, argument in parsed:
        if operation in MAKE or operation is re._constants.POSSESSIVE_REPEAT:
            least, most, held = argument
            yield from sharers(held)
            if most is re._constants.MAXREPEAT and len(held) == 1:
                taken = {sign for sign in SIGNS if takes(*held[0], sign)}
                yield from ((one, taken) for one in open_ended if one & taken)
                if operation in MAKE:
                    open_ended = [*(open_ended if not least else ()), taken]
                    continue
            if not least:
                continue
        elif isinstance(argument, tuple | list):
            for part in argument:
                for branch in part if isinstance(part, list) else [part]:
                    if isinstance(branch, re._parser.SubPattern):
                        yield from sharers(branch)
        if operation not in {re._constants.AT, re._constants.ASSERT, re._constants.ASSERT_NOT}:
            open_ended = []


def test_no_repeat_stands_beside_another_that_takes_the_same():
    """Two that do share out a text in as many ways as it has signs, at each of its signs."""
    found = {held.pattern: [*sharers(re._parser.parse(held.pattern, held.flags))] for _, held in patterns()}

    assert {} == {pattern: beside for pattern, beside in found.items() if beside}
    for hostile in (r"\s* *x", r"\d+[0-9]*x", r"(?:a|.* ?\w*)", r"a*b?a*"):
        assert [*sharers(re._parser.parse(hostile))]
    for harmless in (r"\s*\S*", r"a*+a", r"a*ba*"):
        assert [] == [*sharers(re._parser.parse(harmless))]
