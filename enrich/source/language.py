"""The language of an article: as declared, unless its script says otherwise."""

import re
from collections import Counter
from collections.abc import Mapping

_TAG = re.compile(r"\s*([a-z]{2,3})(?![a-z])", re.I)
_HAN, _KANA, _HANGUL = ("\u3400", "\u9fff"), ("\u3041", "\u30ff"), ("\uac00", "\ud7a3")
_HAN_LANGUAGES = frozenset({"zh", "ja", "yue", "wuu", "ko"})
_SAMPLE = 5_000


def find_language(declared: str, text: str) -> str:
    """The primary tag of the language (`en`), empty when unknown.

    Sites that translate a template forget its ``lang="en"``; a text in Chinese characters is not English.
    """
    match = _TAG.match(declared)
    tag = match[1].lower() if match else ""
    return tag if tag in _HAN_LANGUAGES else _by_script(text[:_SAMPLE]) or tag


def _by_script(text: str) -> str:
    counts = Counter(text)
    letters = sum(count for character, count in counts.items() if character.isalpha())
    han, kana, hangul = (_between(counts, *ends) for ends in (_HAN, _KANA, _HANGUL))
    if hangul * 2 > letters:
        return "ko"
    if (han + kana) * 2 > letters:
        return "ja" if kana * 10 > han else "zh"
    return ""


def _between(counts: Mapping[str, int], first: str, last: str) -> int:
    return sum(count for character, count in counts.items() if first <= character <= last)
