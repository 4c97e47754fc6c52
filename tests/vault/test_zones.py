"""Zones: what of a note is not prose, and where exactly."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.vault.wikilink import find_wikilinks, links_of_zones
from enrich.vault.zones import front_matter_end, link_zones, protected_zones, scan_zones

MARKS = [
    *"` ``` ~~~ $ $$ %% <!-- --> <% %> <div> </div> <b> [[ ]] ![[ [ ] ]( ) ==[ ]== # | \\ a :: ://".split(),
    *"http://x.y www.a.b ^ é <script> </script> <a:b>".split(),
    *("# ", "\n", "\n\n", "\n    ", "\n- ", "> ", " ", "---\n", "\t", "\r\n", "\ufeff"),
]
notes = st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=25).map("".join)


def prose_of(text: str) -> str:
    """``text`` with every protected character replaced by ``·``, line feeds kept."""
    shown = list(text)
    for zone in protected_zones(text):
        for at in range(zone.start, zone.end):
            if shown[at] != "\n":
                shown[at] = "·"
    return "".join(shown)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("a `code` b", "a ······ b"),
        ("a ``co`de`` b", "a ········· b"),
        ("one ` two", "one ` two"),
        ("a `b\n\nc` d", "a `b\n\nc` d"),
        ("a\n```py\nx = 1\n```\nb", "a\n·····\n·····\n···\nb"),
        ("a\n~~~\nopen", "a\n···\n····"),
        ("- a\n  ```\n  x\n  ```\n- b", "- a\n  ···\n···\n·····\n- b"),
        ("> ```\n> x\n\nafter", "> ···\n···\n\nafter"),
        ("a\n\n    indented\n\nb", "a\n\n············\n\nb"),
        ("- a\n\n    still a\n\nb", "- a\n\n    still a\n\nb"),
        ("a %%hidden\nlines%% b", "a ········\n······· b"),
        ("100%% sure\nof it", "100·······\n·····"),
        ("a <!-- x --> b", "a ·········· b"),
        ("a <!-- x", "a <!-- x"),
        ("<!-- x\n\ny", "······\n\n·"),
        ("the $x^2$ law", "the ····· law"),
        ("from $5 to $9 each", "from $5 to $9 each"),
        ("$5M and 4$ more", "·········· more"),
        ("\\$x$ and", "\\$x$ and"),
        ("$$\na\n\nb\n$$ c", "··\n·\n\n·\n·· c"),
        ("a <% tp.date %> b", "a ············· b"),
        ("see [text](https://x.y/a_(b)) now", "see ························· now"),
        ('see [t [x]](u "a title") now', "see ···················· now"),
        ("![alt](a.png) now", "············· now"),
        ("[text][ref] now", "··········· now"),
        ("[ref]: https://x.y\nnow", "··················\nnow"),
        ("a [bracket] stays", "a [bracket] stays"),
        ("at https://x.y/z?a=b, now", "at ·················, now"),
        ("at <https://x.y> now", "at ············· now"),
        ("at www.x.y now", "at ······· now"),
        ("a [[note|text]] b", "a ············· b"),
        ("# head `x`\nbody", "··········\nbody"),
        ("> ## head\nbody", "·········\nbody"),
        ("head\n===\nbody", "····\n···\nbody"),
        ("- item\n---\nbody", "- item\n---\nbody"),
        ("a #tag b#c #1984 #y1984", "a ···· b#c #1984 ······"),
        ("a #a/b-c_d, b", "a ········, b"),
        ("note[^1] b\n\n[^1]: said", "note···· b\n\n····· said"),
        ("a line ^block-1\nb", "a line ········\nb"),
        ("> [!note] Title", "> ······· Title"),
        ("source:: [[x]] y", "········ ····· y"),
        ("std::vector stays", "std::vector stays"),
        ("a ==[unverified: 7B]== b", "a ···················· b"),
        ("a <b>bold</b> c", "a ···bold···· c"),
        ("a <a href='x'>text</a> c", "a ···················· c"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("x\n<div>\n  <p>in</p>\n</div>\n\nout", "x\n·····\n···········\n······\n\nout"),
        ("<script>\n\nx()\n</script> y", "········\n\n···\n········· y"),
        ("<x-card>\nin\n\nout", "········\n··\n\nout"),
        ("---\na: b\n---\nbody", "···\n····\n···\nbody"),
        ("---js\nrun()\n---\nbody", "·····\n·····\n···\nbody"),
        ("\ufeff---\r\na: b\r\n---\r\nbody", "·····\n·····\n····\nbody"),
        ("---\nno end", "---\nno end"),
    ],
)  # fmt: skip
def test_only_prose_stays_open(text: str, prose: str) -> None:
    """A link put into code, a formula or a URL would break the note."""
    assert prose_of(text) == prose


@given(notes)
def test_zones_are_ordered_and_inside_the_text(text: str) -> None:
    """Offsets that overlap or leave the text would tear a note apart when it is edited."""
    spans = protected_zones(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end < other.start for one, other in pairwise(spans))


@given(notes)
def test_the_fast_way_finds_the_same_links(text: str) -> None:
    """A vault's links are read by a shorter scan; a link that only one scan sees would come and go."""
    assert find_wikilinks(text) == links_of_zones(text, scan_zones(text))


@given(notes)
def test_link_zones_are_among_all_zones(text: str) -> None:
    """What hides a link hides it for the editor and for the index alike."""
    wikilinks = [zone for zone in link_zones(text) if zone.kind == "wikilink"]
    assert wikilinks == [zone for zone in scan_zones(text) if zone.kind == "wikilink"]


@pytest.mark.parametrize(
    "piece",
    ["`", "`a``b```c", "[a ", "[[a]", "[](x", "<a>", "<!--", "$1 ", "<b \"", "%%a", "#a ", "\n\n", "    a\n\n", "::a",
     "> ```\n", "==[a", "[^", "[a]: ", "<div ", "](((", "<a><A>", "- a\n\n    b\n\n", "a\n---\n", "<i><b>"],
)  # fmt: skip
def test_a_hostile_note_is_read_to_its_end(piece: str) -> None:
    """A note of one mark repeated must not freeze the vault: 60,000 characters are read like any others."""
    text = piece * (60_000 // len(piece))
    assert all(span.end <= len(text) for span in protected_zones(text))


def test_front_matter_ends_after_its_closing_line() -> None:
    """The first character of the body is where edits may begin."""
    text = "---\ntitle: a\n---\nbody"
    assert text[front_matter_end(text) :] == "body"
    assert front_matter_end("text\n---\n") == 0
