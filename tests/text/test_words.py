"""Words: their borders and their number."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.text.words import count_words, split_words

TEXTS = st.text(alphabet=st.one_of(st.sampled_from("aB é1.,'’-_/$%\u0301模のカ한U.S.\n"), st.characters(codec="utf-8")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. Senate", ["The", "U.S.", "Senate"]),
        ("7B/13B/70B for $1.8B", ["7B", "13B", "70B", "for", "1.8B"]),
        ("GPT-4 state-of-the-art", ["GPT", "4", "state", "of", "the", "art"]),
        ("OpenAI’s don't", ["OpenAI’s", "don't"]),
        ("1,000 and 1.5, then v3.11.2.", ["1,000", "and", "1.5", "then", "v3.11.2"]),
        ("snake_case", ["snake", "case"]),
        ("tie\u0302\u0301ng Việt", ["tie\u0302\u0301ng", "Việt"]),
        ("Größe über", ["Größe", "über"]),
        ("发布Llama 2。", ["发", "布", "Llama", "2"]),
        ("オープンソースのAI", ["オープンソース", "の", "AI"]),
        ("한국어 모델", ["한국어", "모델"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
    ],
)
def test_borders(text: str, expected: list[str]) -> None:
    """Words are cut where the documentation says, in every script the tool meets."""
    assert [word.text for word in split_words(text)] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Senate – at last", 5),
        ("state-of-the-art model", 2),
        ("", 0),
        ("… · —", 0),
        ("发布了Llama 2", 5),
        ("mô hình ngôn ngữ lớn", 5),
        ("été", 1),
    ],
)
def test_count(text: str, count: int) -> None:
    """Word limits count what the house style counts: runs between spaces, dashes alone not."""
    assert count_words(text) == count


@given(TEXTS)
def test_words_cover_every_letter_once(text: str) -> None:
    """No letter or digit of a text escapes the checks, and none is counted twice."""
    words = split_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
    covered = {at for word in words for at in range(word.start, word.end)}
    assert all(at in covered for at, character in enumerate(text) if character.isalnum())


@pytest.mark.parametrize(
    "text", ["In the hull, and a basin. It's 1,000 kronor.", "tiếng Việt, и так далее. 東京タワー"]
)
def test_no_word_is_empty(text: str) -> None:
    """Debian 12's Python 3.11.2 misreads possessive groups, and found a word without letters before each mark."""
    assert all(word.text for word in split_words(text))
