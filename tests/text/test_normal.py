"""Normal form and the way back."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.text.normal import fold, normalise

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aBß İé\u0301\u0302 \n\t\u00a0“”–…«»ﬁ\u200b\u00ad\u3000１２Ａ한\u1112\u1161가模型のカ"),
        st.characters(codec="utf-8"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It’s” – fine", '"It\'s" - fine'),
        ("a\u00a0 b\n\n c", "a b c"),
        ("so\u00adft zero\u200bwidth", "soft zerowidth"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("１２３ＡＢＣ", "123ABC"),
        ("Weiß nicht", "Weiß nicht"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    """Texts that differ in typography only become equal."""
    assert normalise(text) == expected


def test_fold_ignores_case() -> None:
    """A headline in capitals and the same words in lower case are one text."""
    assert fold("STRASSE").text == fold("Straße").text


def test_fold_keeps_case_when_asked() -> None:
    """A quote whose capitals matter can be compared with them."""
    assert fold("The “US”", casefold=False).text == 'The "US"'


def test_original_of_composed_letter() -> None:
    """A highlighted word keeps the accents that were typed as separate characters."""
    text = "une Cafe\u0301\u00a0 noire"
    folded = fold(text)
    at = folded.text.index("café")
    assert folded.original(at, at + 4).of(text) == "Cafe\u0301"


@given(TEXTS)
def test_normalise_twice_changes_nothing(text: str) -> None:
    """Normal form is stable, so it can be stored and compared later."""
    assert normalise(normalise(text)) == normalise(text)


@given(TEXTS)
def test_fold_is_normalise_with_offsets(text: str) -> None:
    """The form with offsets and the form without are the same form."""
    assert fold(text, casefold=False).text.strip() == normalise(text)


@given(TEXTS)
def test_offsets_are_in_order_and_cover_the_letters(text: str) -> None:
    """Every letter of the source can be reached from the folded text, in order."""
    folded = fold(text)
    spans = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= a.start <= b.start and a.end <= b.end <= len(text) for a, b in pairwise(spans))
    reached = {at for span in spans for at in range(*span)}
    assert all(at in reached for at, character in enumerate(text) if character.isalnum())


@given(TEXTS, st.data())
def test_found_span_folds_to_what_was_found(text: str, data: st.DataObject) -> None:
    """The span that a search found holds what was searched for."""
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.original(start, end)
    found = unicodedata.normalize("NFC", fold(span.of(text)).text)
    assert (
        folded.text[start:end].strip() in found or unicodedata.normalize("NFC", folded.text[start:end]).strip() in found
    )
