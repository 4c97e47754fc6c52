"""Latin letters: a text in the letters a to z, whatever script it is written in."""

import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_APOSTROPHES = frozenset("’‘ʼ′")


def to_latin(text: str, language: str = "") -> str:
    """``text`` in ASCII: letters without accents or transliterated (``北`` → ``Bei``), other signs as spaces.

    ``language`` (a primary tag) matters for German, whose ``ü`` is ``ue``.
    """
    if text.isascii():
        return text
    text = text.translate(_UMLAUTS) if language == "de" else text
    return "".join(map(_letter, unicodedata.normalize("NFKC", text)))


def _letter(char: str) -> str:
    if char.isascii():
        return char
    if char.isalnum():
        from anyascii import anyascii

        return anyascii(char).replace("`", "")  # its sign for a letter that has no Latin one
    return "" if char in _APOSTROPHES or unicodedata.category(char).startswith("M") else " "
