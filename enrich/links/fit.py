"""The characters of a text that a name takes up: its signs belong to it, particles written to it do not."""

import re
import unicodedata
from collections.abc import Iterable

from enrich.text.span import Span

_SIGNS = re.compile(r"[+#]*")
_HYPHENS = "-\u2010\u2011"


def is_part_of_word(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins the words to another one: ``remix`` of ``create-remix`` names no note."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joined_before = len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()
    return joined_before or (len(after) == 2 and after[0] in _HYPHENS and after[1].isalnum())


def fit_span(text: str, span: Span, names: Iterable[str]) -> Span | None:
    """Where one of ``names``, whose terms stand at ``span``, stands with its signs; None where the signs differ."""
    signs = _SIGNS.match(text, span.end)
    end = signs.end() if signs else span.end
    for name in names:
        if text[span.end : end] == _signs_of(name):
            return _without_particle(text, Span(span.start, end), name)
    return None


def _signs_of(name: str) -> str:
    """``++`` of ``C++``."""
    return name[len(name.rstrip("+#")) :]


def _without_particle(text: str, span: Span, name: str) -> Span:
    """The name alone, where Hangul goes on with a particle."""
    plain = unicodedata.normalize("NFC", name)
    is_longer = span.of(text).startswith(plain) and "가" <= plain[-1:] <= "힣"
    return Span(span.start, span.start + len(plain)) if is_longer else span
