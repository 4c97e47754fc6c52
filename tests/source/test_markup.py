"""Pages as trees: what a reader sees of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.source.markup import TooManyElementsError, drop_hidden, parse_html, read_blocks


def seen(html: str) -> list[str]:
    """The blocks of a page that its reader sees."""
    tree = parse_html(html, 1_000)
    drop_hidden(tree)
    return read_blocks(tree)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>SECRET</p>",
        "<p hidden='until-found'>SECRET</p>",
        "<p aria-hidden='true'>SECRET</p>",
        "<p style='display:none'>SECRET</p>",
        "<p style='color: red; DISPLAY : NONE !important'>SECRET</p>",
        "<p style='visibility:hidden'>SECRET</p>",
        "<p style='opacity: 0'>SECRET</p>",
        "<p style='opacity:0.0;'>SECRET</p>",
        "<p style='font-size:0'>SECRET</p>",
        "<p style='font-size: 1px'>SECRET</p>",
        "<p style='color:transparent'>SECRET</p>",
        "<p style='position:absolute; left:-9999px'>SECRET</p>",
        "<p style='text-indent:-10000em'>SECRET</p>",
        "<p style='position:absolute;clip:rect(0 0 0 0)'>SECRET</p>",
        "<p style='clip-path: inset(100%)'>SECRET</p>",
        "<p style='height:0;overflow:hidden'>SECRET</p>",
        "<div style='display:none'><div><p>SECRET</p></div></div>",
        "<span class='note sr-only'>SECRET</span>",
        "<span class='visually-hidden'>SECRET</span>",
        "<style>.x { display: none }</style><p class='a x'>SECRET</p>",
        "<style>/* .y */ p, #z, .y{visibility:hidden;color:red}</style><p id='z'>SECRET</p>",
        "<div hidden><article><h1>SECRET</h1></article></div>",
        "<!-- SECRET -->",
        "<script>SECRET</script><noscript>SECRET</noscript><template><p>SECRET</p></template>",
        "<style>SECRET</style><svg><text>SECRET</text></svg><iframe>SECRET</iframe>",
        "<dialog><p>SECRET</p></dialog>",
        "<select><option>SECRET</option></select>",
        "<?php SECRET ?>",
        "<input type='hidden' value='SECRET'>",
    ],
)
def test_what_a_browser_hides_is_not_read(hidden: str) -> None:
    """Instructions to a model that a reader cannot see never reach it."""
    assert seen(f"<body><p>Before</p>{hidden}<p>After</p></body>") == ["Before", "After"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='opacity:0.5'>Text</p>",
        "<p style='font-size:16px'>Text</p>",
        "<p style='font-size:1.5em'>Text</p>",
        "<p style='margin-left:-20px; height:100px'>Text</p>",
        "<p style='display:block'>Text</p>",
        "<p aria-hidden='false'>Text</p>",
        "<style>@media print { .x { display: none } }</style><p class='x'>Text</p>",
        "<style>.x{display:none} @media (min-width: 9px) { .x { display:block } }</style><p class='x'>Text</p>",
        "<style>.x{display:none} .open.x{display:flex}</style><p class='x'>Text</p>",
        "<style>.no-js .x{display:none}</style><p class='x'>Text</p>",
        "<style>.x{color:red</style><p class='x'>Text</p>",
        "<dialog open><p>Text</p></dialog>",
        "<details><summary>Text</summary></details>",
        "<div style='display:none'><main><p>Text</p></main></div>",
        "<div aria-hidden='true'><h1>Text</h1></div>",
        "<div class='is-hidden'><article>Text</article></div>",
    ],
)
def test_what_a_browser_shows_is_read(shown: str) -> None:
    """Rules for small screens or print, and pages hidden until their scripts run, lose no article."""
    assert seen(f"<html style='visibility:hidden'><body style='opacity:0'>{shown}</body></html>") == ["Text"]


def test_text_behind_a_hidden_element_stays() -> None:
    """Removing an element or a comment does not swallow the words after it."""
    assert seen("<p>One <b hidden>x</b>two<!-- y --> three</p>") == ["One two three"]


def test_blocks_are_paragraphs() -> None:
    """Blocks, list items, rows and doubled line breaks separate; single line breaks and inline elements do not."""
    page = """<div>Bare <b>text</b><p>First<br>line</p>Tail<ul><li>Item one<li>Item two</ul>
      <table><tr><td>A</td><td>1</td></tr></table><p>Up<br> <br>down</p></div>"""
    assert seen(page) == ["Bare text", "First line", "Tail", "Item one", "Item two", "A 1", "Up", "down"]


def test_an_early_end_loses_nothing() -> None:
    """Pages that are glued together from parts close themselves too early."""
    assert seen("<html><body><p>One</p></body></html>\n<html><body><p>Two</p></body></html>") == ["One", "Two"]


@pytest.mark.parametrize("page", ["", " ", "\0", "<", "<!--", "plain words", "<?xml version='1.0' encoding='x'?><p>a"])
def test_anything_can_be_parsed(page: str) -> None:
    """However little a page is, it gives a tree."""
    assert seen(page) in ([], ["<"], ["plain words"], ["a"])


def test_too_many_elements_are_counted() -> None:
    """A page that would keep the extractors busy for hours is known by its number of elements."""
    with pytest.raises(TooManyElementsError) as caught:
        parse_html("<p>x</p>" * 50, 40)
    assert caught.value.args == (52,)


@given(st.text(alphabet=st.sampled_from("<>/!-=\"' abp\0{}.#:;é"), max_size=80))
def test_no_markup_stops_the_reader(soup: str) -> None:
    """Broken markup of any kind is read without a traceback."""
    assert all(block == " ".join(block.split()) and block for block in seen(f"<style>{soup}</style>{soup}"))
