"""Stop words are known in whatever language a text is in, and tell which it is."""

import pytest

from enrich.text.stop_words import find_stop_words, is_written_in, stop_words


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
    words = find_stop_words(text)
    assert empty in words
    assert telling not in words


@pytest.mark.parametrize("text", ["", "1234 !!", "zzqx"])
def test_a_text_of_no_language_has_none(text: str) -> None:
    """Nothing is taken away where nothing is known."""
    assert find_stop_words(text) == frozenset()


ENGLISH = "The keeper of the light went up to the gallery, and there he saw that the oil had run out in the night. " * 4
SPANISH = "El guarda del faro subió a la galería y vio que el aceite se había acabado por la noche, como en otras. " * 4
PORTUGUESE = "O guarda do farol subiu à galeria e viu que o óleo tinha acabado durante a noite, como em outras. " * 4
LIST = "keeper gallery lantern oil wick lens beacon fog horn rock tide buoy channel pilot harbour " * 6
MIXED = ENGLISH + "守塔人登上灯塔发现灯油在夜里用完了" * 80


@pytest.mark.parametrize(
    ("language", "text", "sure"),
    [
        ("en", ENGLISH, True),
        ("es", SPANISH, True),
        ("pt", PORTUGUESE, True),
        ("en", SPANISH, False),
        ("pt", SPANISH, False),
        ("en", ENGLISH[:90], False),
        ("en", LIST, False),
        ("en", MIXED, False),
        ("zh", MIXED, False),
        ("qqx", ENGLISH, False),
    ],
)
def test_a_declared_language_is_believed_only_where_the_text_is_full_of_it(
    language: str, text: str, sure: bool
) -> None:
    """A template with the wrong language does not decide; neither does a short text, a list or a mixed page."""
    assert is_written_in(language, text) is sure


def test_the_list_of_a_language_goes_by_its_tag() -> None:
    """A language that nobody has a list for has no stop words, and is no error."""
    assert "the" in stop_words("en")
    assert "und" in stop_words("de")
    assert stop_words("qqx") == stop_words("") == frozenset()
