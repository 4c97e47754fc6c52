"""Echoes: sentences that stand in note after note, whatever name, number or link each of them has.

A sentence's key is a hash of its words with those masked: ``Acme cut [[prices]] by 5 % again, which nobody had
expected`` and ``Globex cut [[wages]] by 12 % again, which nobody had expected`` have one key.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span

STANDS_OFTEN = 3
"""Notes in which a sentence stands that is an echo: two may tell one story."""
HOLLOW = 0.5
"""The share of echoes among its sentences from which a note is hollow. In the journal of `benchmarks.echo` those that a
script wrote have .5 and more, and nearly all others .1 and less."""
_FEWEST_WORDS = 4
"""Words of its own, of four letters and more, by which a sentence is known without its names; one with fewer keeps
them, and needs as many words of any length. Chosen by hand: ``Acme bought Globex for $3 billion`` is no set phrase."""
_FULL_LINE = 60
"""Characters of a line that may go on in the next one. By hand: editors that break lines do so at 65 to 100; in
Obsidian a shorter line is one of its own."""
_UNSPACED_WORD = 2
"""Letters of a word in a language that has no spaces between them."""
_BLANK = lazy_pattern(
    r"^[\s>]*(?P<fence>```+|~~~+)[^\n]*\n(?:(?!^[\s>]*(?P=fence))[^\n]*\n?)*[^\n]*"  # code
    r"|%%.*?%%|<!--.*?-->|\$\$.*?\$\$"  # comments and formulas
    r"|^[^\S\n]*(?:>[^\S\n]*)*(?:#{1,6}[^\S\n][^\n]*|\|[^\n]*|\[!\w+\][^\n]*)$"  # headings, tables, names of callouts
    r"|^[^\S\n]*(?:>[^\S\n]*)*(?:[-*+]|\d{1,9}[.)])(?:[^\S\n]+\[.\])?[^\S\n]"  # the mark of an item
    r"|^[^\S\n]*>[^\S\n]?"  # the mark of a quotation
    r"|</?(?:li|p|div|td|tr|dd|dt|h[1-6]|summary)\b[^<>]*>",  # where another block begins
    re.M | re.S,
)
_NOT_NEWLINE = lazy_pattern(r"[^\n]")
_MASK = "\N{REPLACEMENT CHARACTER}"
_INLINE = lazy_pattern(
    r"</?[A-Za-z][^<>]*>"
    r"|(?P<link>!?\[\[[^\[\]\n]*\]\]|!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
    r"|https?://[^\s<>]+|(?<!\S)#[^\s#]+|\$(?![\s\d])[^$\n]+(?<!\s)\$(?!\d))"
)
"""Tags of HTML and of Obsidian, links and formulas of a line."""
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAMED = lazy_pattern(rf"\d+(?:[.,:]\d+)*|(?=[^\Wa-zß-öø-ÿ\d_]){_WORD}")
"""What may be a name or a number; a letter that is no lower-case Latin one may be of a script without capitals."""
_WORDS = lazy_pattern(rf"{_MASK}|{_WORD}")
_EVERY_WORD = lazy_pattern(rf"\d+(?:[.,:]\d+)*|{_WORD}")
_LONG_WORD = lazy_pattern(r"[^\W\d_]{4,}")
_UNSPACED = lazy_pattern("[\u3041-\u30ff\u3400-\u9fff]")
_MASKS = lazy_pattern(rf"{_MASK}(?: {_MASK})+")


class Said(NamedTuple):
    """A sentence of a note: its place in the note's text, and its key."""

    span: Span
    key: int


def read_said(text: str, body_start: int = 0) -> Iterator[Said]:
    """The sentences of a note's prose: no headings, code, tables, or lines of links, which are no sentences."""
    blanked = _INLINE.sub(_mask_inline, _BLANK.sub(_blank, text[body_start:]))
    for start, end in (line for span in split_sentences(blanked) for line in _lines_of(blanked, span)):
        if masked := mask_sentence(blanked[start:end]):
            yield Said(Span(body_start + start, body_start + end), key_of(masked))


def mask_sentence(sentence: str) -> str:
    """What is left when names and numbers are masked, as links are already; empty where it is no sentence."""
    words = _MASKS.sub(_MASK, " ".join(_WORDS.findall(_NAMED.sub(_mask, sentence))))
    if _count_own(words) >= _FEWEST_WORDS:
        return words
    every = _EVERY_WORD.findall(sentence)
    return " ".join(every).lower() if len(every) >= _FEWEST_WORDS else ""


def key_of(masked: str) -> int:
    """64 bits, signed, as SQLite keeps them."""
    from hashlib import blake2b  # a look-up in a warm index, which no sentence is read for, starts without it

    digest = blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _mask(found: re.Match[str]) -> str:
    """A mask in place of a name or a number; a word in a script without capitals stays."""
    first = found[0][0]
    return f" {_MASK} " if first == first.upper() != first.lower() or not first.isalpha() else found[0]


def _count_own(words: str) -> int:
    """Words of four letters and more; of two, where there are no spaces between them."""
    unspaced = len(_UNSPACED.findall(words))
    return len(_LONG_WORD.findall(_UNSPACED.sub(" ", words) if unspaced else words)) + unspaced // _UNSPACED_WORD


def _mask_inline(found: re.Match[str]) -> str:
    """As many characters without a word; one of them stands for a link."""
    return (_MASK if found["link"] else " ") + " " * (len(found[0]) - 1)


def _lines_of(text: str, sentence: Span) -> Iterator[tuple[int, int]]:
    """The sentence; line by line, but for lines that are broken because they are full."""
    start = sentence.start
    while (end := text.find("\n", start, sentence.end)) >= 0:
        while end >= 0 and end - text.rfind("\n", 0, end) > _FULL_LINE:
            end = text.find("\n", end + 1, sentence.end)
        if end < 0:
            break
        yield start, end
        start = end + 1
    yield start, sentence.end


def _blank(found: re.Match[str]) -> str:
    """As many characters without a word; a line end first, so that the next sentence is one of its own."""
    rest = _NOT_NEWLINE.sub(" ", found[0][1:])
    return "\n" + rest if not found["fence"] else "\n" * len(found[0])
