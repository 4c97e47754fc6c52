"""Paragraphs and where they stand in the text they make up."""

import unicodedata
from collections.abc import Iterable

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_GAP = "\n\n"
# Characters that nobody sees and that can carry words to a machine: controls, zero width and bidi marks, tags,
# variation selectors, icons of private fonts. The joiners that Persian and Indic spelling needs stay.
_UNSEEN = lazy_pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_UNSPACED = lazy_pattern(
    r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\n(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)
_BLANK_LINE = lazy_pattern(r"\n\s*\n")


def clean_paragraph(text: str) -> str:
    """On one line, single spaces, Unicode NFC, without characters that nobody sees."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def join_paragraphs(paragraphs: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
    """The paragraphs, cleaned, as one text with a blank line between them, and the span of each in it."""
    cleaned = [paragraph for paragraph in map(clean_paragraph, paragraphs) if paragraph]
    spans: list[Span] = []
    start = 0
    for paragraph in cleaned:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + len(_GAP)
    return _GAP.join(cleaned), tuple(spans)


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of plain text: between blank lines, or one a line where there are no blank lines."""
    text = "\n".join(text.splitlines()).strip()
    if not _BLANK_LINE.search(text):
        return text.split("\n")
    return [_UNSPACED.sub("", paragraph) for paragraph in _BLANK_LINE.split(text)]
