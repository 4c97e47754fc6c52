"""The mark behind a sentence that the source does not say."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from enrich.text.mark import blank_marks, find_marks, mark, remove_marks
from enrich.text.plain import UNESCAPED_DOLLAR

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HIGHLIGHT_IN_QUARTZ = re.compile(r"==([^=]+)==")
WORDS = st.lists(st.text(alphabet="aB7 ,.=[]|#^%*_~<>&;:/\\`$!(){}\n\u200bé中", max_size=14), max_size=6)


def test_a_mark_names_the_words_and_is_found_again() -> None:
    """The reviewer sees which words to look for."""
    sentence = "It has 7B parameters, says Acme." + mark(["7B", "Acme", "7B"])
    assert sentence == "It has 7B parameters, says Acme. ==[unverified: 7B, Acme]=="
    (found,) = find_marks(sentence)
    assert found.words == ("7B", "Acme")
    assert found.span.of(sentence) == " ==[unverified: 7B, Acme]=="


def test_a_mark_without_words_means_the_whole_sentence() -> None:
    """A sentence may rest on nothing without having a number or a name."""
    assert find_marks("It is so." + mark([]))[0].words == ()


def test_amounts_and_codes_stay_readable_in_a_mark() -> None:
    """`$1,000` and `C#` must be recognisable, and a dollar sign must not start a formula."""
    text = mark(["$1,000", "C#", "snake_case", "AT&T", "50%", "https://x.example/a"])
    assert text == r" ==[unverified: \$1000, C#, snake_case, AT&T, 50%, x.example]=="
    assert find_marks(text)[0].words == ("$1000", "C#", "snake_case", "AT&T", "50%", "x.example")
    assert not UNESCAPED_DOLLAR.search(text)


def test_a_very_long_mark_is_shortened() -> None:
    """A mark that is longer than its sentence would hide what it marks."""
    text = mark(f"word{number}" for number in range(200))
    assert len(text) < 160
    assert text.endswith(" …]==")
    assert len(find_marks(text)) == 1


@given(WORDS)
def test_whatever_the_words_are_both_readers_show_one_highlight(words: list[str]) -> None:
    """A word with brackets or markup in it must neither hide the mark nor become a link or HTML."""
    text = f"A sentence.{mark(words)}"
    (inline,) = (token for token in READER.parse(text) if token.type == "inline")
    children = inline.children or []
    assert {child.type for child in children} == {"text"}
    shown = "".join(child.content for child in children)
    (inner,) = HIGHLIGHT_IN_QUARTZ.findall(shown)
    assert inner.startswith("[unverified") and inner.endswith("]")
    assert not re.search(r"[<>|^`*]|\[\[|://|(?:^|\s)#|%%", inner)


@given(st.text(alphabet="ab =[].\n", max_size=30), WORDS)
def test_taking_marks_off_leaves_the_sentence_as_it_was(before: str, words: list[str]) -> None:
    """Approving a draft removes the marks and nothing else."""
    text = before.rstrip("= ") + mark(words) + " Next."
    assert remove_marks(text) == before.rstrip("= ") + " Next."
    assert len(blank_marks(text)) == len(text)
    assert "unverified" not in blank_marks(text)
