"""Empty words are known in whatever language a text is in."""

import pytest

from enrich.text.empty_words import find_empty_words


@pytest.mark.parametrize(
    ("text", "empty", "telling"),
    [
        ("La casa della nonna e il gatto che dorme nel sole.", "della", "casa"),
        ("Das Haus, in dem die Katze und der Hund schlafen.", "und", "katze"),
        ("La casa de mi abuela y el gato que duerme al sol.", "que", "gato"),
        ("Le chat dort dans la maison de la grand-mère.", "dans", "chat"),
        ("Кот спит в доме, и он не хочет есть.", "не", "кот"),
        ("The war and the peace of the old man.", "the", "peace"),
    ],
)
def test_the_language_of_the_text_decides(text: str, empty: str, telling: str) -> None:
    """Its articles and prepositions say nothing, its nouns do."""
    words = find_empty_words(text)
    assert empty in words
    assert telling not in words


@pytest.mark.parametrize("text", ["", "1234 !!", "zzqx"])
def test_a_text_of_no_language_has_none(text: str) -> None:
    """Nothing is taken away where nothing is known."""
    assert find_empty_words(text) == frozenset()
