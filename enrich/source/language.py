"""The language of an article: as declared, unless its script says otherwise."""

import re

_TAG = re.compile(r"\s*([a-z]{2,3})(?![a-z])", re.I)
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")
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
    letters = len(_LETTER.findall(text))
    han, kana, hangul = (len(pattern.findall(text)) for pattern in (_HAN, _KANA, _HANGUL))
    if hangul * 2 > letters:
        return "ko"
    if (han + kana) * 2 > letters:
        return "ja" if kana * 10 > han else "zh"
    return ""
