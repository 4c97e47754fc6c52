"""Latin letters for names of files, tags and keywords."""

import pytest

from enrich.text.latin import to_latin


@pytest.mark.parametrize(
    ("text", "language", "latin"),
    [
        ("Điện lực", "vi", "Dien luc"),
        ("für Straße", "de", "fuer Strasse"),
        ("für", "", "fur"),
        ("北京", "zh", "BeiJing"),
        ("Привет", "ru", "Privet"),
        ("３４ ١٢", "", "34 12"),
        ("it’s—so €5 🙂", "en", "its so  5  "),
    ],
)
def test_every_script_has_letters_a_to_z(text: str, language: str, latin: str) -> None:
    """Letters and digits are transliterated; signs only separate, and name nothing."""
    assert to_latin(text, language) == latin
