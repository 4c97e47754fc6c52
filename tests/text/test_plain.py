"""What survives of a page's or a model's text on its way into a note."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from enrich.text.plain import Plain, from_plain, protect_dollars

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""CommonMark with GitHub's tables and strikethrough, as Obsidian and Quartz start from."""

ACTIVE_IN_RAW_TEXT = {
    "wikilink or embed": r"\[\[|\]\]",
    "Obsidian comment": r"%%",
    "HTML or comment": r"<[A-Za-z/!?]",
    "Templater command": r"<%|%>",
    "Dataview field": r"::",
    "code": r"`",
    "address": r"://|\bwww\.",
    "inline footnote": r"\^\[",
    "footnote": r"\[\^",
    "inline link": r"\]\(",
    "table cell": r"\|",
    "line break": r"[\n\r\v\f\x85\u2028\u2029]",
    "invisible character": r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe0f]",
    "entity": r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6});|&(?:lt|gt|amp|quot|copy);",
}
ACTIVE_IN_DECODED_TEXT = {
    "wikilink": r"\[\[",
    "highlight": r"==",
    "arrow": r"-{1,2}>|={1,2}>|<-{1,2}(?!\d)|<={1,2}",
    "tag": r"(?:^|[\s(\"'])#(?!\d+(?![\w/-]))[\w/-]",
    "block name": r"\^[-_A-Za-z0-9]+$",
    "strikethrough": r"~~",
    "mail address": r"[\w.+-]@[\w-]+\.\w",
}
MARKUP = [
    "[[Secret]]", "![[Secret]]", "![x](http://evil.example/x.png)", "[a](javascript:alert(1))", "<script>",
    "</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "&#60;b&#62;", "<% tp.x %>", "`= this.x`",
    "key:: value", "%%", "<!--", "-->", "**", "*", "_", "__", "~~", "~", "==", "->", "=>", "<-", "<=", "$", "`",
    "```", "#tag", "# ", "## ", "- ", "+ ", "1. ", "2023) ", "> ", "> [!note]", "[^1]", "^[x]", "^block", "[ ] ",
    "[x]: http://x.example", "|", "\\", "https://x.example/a", "www.x.example", "a@b.example", "\u200b", "\u202e",
    "\u00ad", "\n", "\t", "\u2028", "🚀", "é", "e\u0301", "word", " ", "5", ".",
]  # fmt: skip
NASTY = st.lists(st.sampled_from(MARKUP) | st.text(max_size=3), max_size=14).map("".join)


def inline_tokens(markdown: str, block: str = "paragraph") -> list[Token]:
    """What stands in the only block of ``markdown``."""
    tokens = READER.parse(markdown)
    names = [token.type for token in tokens if token.nesting == 1]
    assert (
        names
        == ({"paragraph": ["paragraph_open"], "bullet": ["bullet_list_open", "list_item_open", "paragraph_open"]})[
            block
        ]
    )
    return next(token for token in tokens if token.type == "inline").children or []


def assert_only_text(markdown: str, shown: str, block: str = "paragraph") -> None:
    """The only block of ``markdown`` is text without markup, and a reader sees ``shown``."""
    tokens = inline_tokens(markdown, block)
    assert {token.type for token in tokens} <= {"text"}, markdown
    assert "".join(token.content for token in tokens) == shown


@given(NASTY | st.text() | st.text(alphabet="aWw.1)-$( ,'\"?;", max_size=12))
@example("<script>alert(1)</script>[[x]]")
@example("&amp;lt;script&amp;gt;")
@example("<scr<b>ipt>")
@example("![[[[a]]]]")
@example("\\*\\_a\\_\\*")
@example("2**10 and 3**4")
@example("a^b")
@example("x ~~y~~ ~z~")
@example("[^¡")
def test_nothing_in_any_text_survives_as_markup(text: str) -> None:
    """A page or model could otherwise embed a private note, run a script or hide words from the reviewer."""
    plain = Plain(text)
    shown = from_plain(plain)
    if plain:
        assert_only_text(plain, shown)
        assert_only_text(f"- {plain}", shown, "bullet")
        assert_only_text(f"Before {plain} after.", f"Before {shown} after.")
    for what, pattern in ACTIVE_IN_RAW_TEXT.items():
        assert not re.search(pattern, plain), what
    for what, pattern in ACTIVE_IN_DECODED_TEXT.items():
        assert not re.search(pattern, shown), what


@given(NASTY | st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    """Text goes through more than one hand; escapes must not pile up."""
    plain = Plain(text)
    assert Plain(plain) == plain
    assert plain == " ".join(plain.split())
    assert unicodedata.is_normalized("NFC", plain)


@given(NASTY, NASTY)
def test_two_plain_texts_side_by_side_form_no_markup_together(first: str, second: str) -> None:
    """A star in one sentence must not pair up with a star in the next."""
    one, two = Plain(first), Plain(second)
    if one and two:
        assert_only_text(f"{one} {two}", f"{from_plain(one)} {from_plain(two)}")


@pytest.mark.parametrize(
    "text",
    [
        "C# and F# are used at AT&T, R&D included.",
        "Fewer than <5% of users saw 50% more.",
        "Here a > b, x < y and 5 * 3 = 15.",
        "The flag snake_case_name is off.",
        "It raised $5.9 million, or $1.8B.",
        "GPT-4 is #1, ahead of 7B/13B/70B models.",
        "It costs ~50% less (~$20).",
        'Yahoo! said it\'s done: "fine".',
        "Around 10^6 tokens; 5 °C; 3 €; 20 km².",
        "Meta™ and Acme® — since 2019–2021 …",
        "He said '[The company] will pay'.",
        "Wait, what? {x} is a brace; a/b; a+b; it is 5' 3\".",
        "北京发布了新规。Đây là tiếng Việt.",
        "Jos\u00e9 wrote na\u00efve code",
        "temperature of -5 degrees, +5%",
        "@acme answered",
        "section 3.2.1, v2.0, 12:30, 1,000.50",
    ],
)
def test_characters_with_meaning_stay(text: str) -> None:
    """Numbers, names and comparisons are what a note is for."""
    assert Plain(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**bold**, _em_, ~~gone~~ and ==lit==", "bold, em, gone and lit"),
        ("see [[Secret note|the plan]] and ![[private]]", "see the plan and private"),
        ("[docs](https://a.example/c_(d)) ![logo](x.png)", "docs logo"),
        ("[![badge](b.svg)](https://ci.example)", "badge"),
        ("read https://www.acme.example/path?q=1, then", "read acme.example, then"),
        ("mail press@acme.example", "mail press at acme.example"),
        ("a <b>bold</b> claim<br>here", "a bold claim here"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more", "alert(1) & more"),
        ("<% tp.file.move() %>", "‹% tp.file.move() % >"),
        ("rating:: 5", "rating: 5"),
        ("`code` and ```fence```", "code and fence"),
        ("2 -> 3 => 4, at <=5", "2 → 3 → 4, at ≤5"),
        ("# Title with #tag and issue #12", "Title with tag and issue #12"),
        ("> [!warning] Careful", "Careful"),
        ("- item", "item"),
        ("[ ] open task", "open task"),
        ("fact[^2] and aside^[hidden]", "fact and aside[hidden]"),
        ("text %%hidden%% <!-- gone -->", "text hidden"),
        ("“Quote” and ‘it’s’", "\"Quote\" and 'it's'"),
        ("zero\u200bwidth so\u00adft \u202eright", "zerowidth soft right"),
        ("two\nlines\tand\u00a0space", "two lines and space"),
        ("🚀 launch ⭐", "launch"),
        ("a|b", "a/b"),
        (r"C:\Users and \*", r"C:/Users and \*"),
        ("Q* by OpenAI, 5*3 and 4*2", r"Q\* by OpenAI, 5\*3 and 4\*2"),
        ("> 50% of users", r"\> 50% of users"),
        ("2023. A year", r"2023\. A year"),
        ("[sic] as written", r"\[sic] as written"),
        ("10^6", "10⁶"),
        ("**中文**字", "中文字"),
    ],
)
def test_markup_goes_and_its_words_stay(text: str, plain: str) -> None:
    """The reviewer reads what the page's reader read."""
    assert Plain(text) == plain


def test_a_long_hostile_text_takes_no_time_to_speak_of() -> None:
    """A page made of brackets must not hang the draft."""
    for unit in ("*_", "[a](", "<b", "&amp;", "==a", "<!--", "_a ", "a^", "^ ", "> ", "www.", "#a ", "http://a.b/["):
        plain = Plain(unit * 1500)
        assert Plain(plain) == plain


@pytest.mark.parametrize(
    ("paragraph", "protected"),
    [
        ("It cost $5.", "It cost $5."),
        ("From $1.8B to $2B.", r"From \$1.8B to \$2B."),
        (r"From \$1.8B to \$2B.", r"From \$1.8B to \$2B."),
        ("$$x$$", r"\$\$x\$\$"),
        ("From $1 to $2, see [[the $5 plan]].", r"From \$1 to \$2, see [[the $5 plan]]."),
    ],
)
def test_two_amounts_in_a_paragraph_are_not_read_as_mathematics(paragraph: str, protected: str) -> None:
    """Obsidian and Quartz would set the words between two dollar signs as a formula."""
    assert protect_dollars(paragraph) == protected
    assert protect_dollars(protected) == protected
    assert from_plain(protected) == from_plain(paragraph)


@pytest.mark.parametrize(
    "text", ["0obsidian://open?vault=private", "9.30obsidian:x", "7javascript:alert(1)", "1https://a.example/b"]
)
def test_a_digit_before_an_address_hides_no_address(text: str) -> None:
    """A number that stands right before a scheme may go its own way in the note, and the rest would be an address."""
    assert not re.search(r"(?:obsidian|javascript|https):", Plain(text))
