"""The mark after a sentence without evidence: ``==[unverified: 7B, Acme]==``.

Both readers of the vault show it as highlighted text, so that a reviewer cannot overlook it:

- Obsidian documents ``==text==`` as a highlight
  (https://help.obsidian.md/Editing+and+formatting/Basic+formatting+syntax, "Bold, italics, highlights");
- Quartz turns each match of ``==([^=]+)==`` in a text node into ``<span class="text-highlight">`` while the option
  ``highlight`` of its plugin is on, as it is by default (https://quartz.jzhao.xyz/plugins/ObsidianFlavoredMarkdown;
  the pattern is ``highlightRegex`` in its source, ``quartz/plugins/transformers/ofm.ts``).

Quartz inserts what it matched as raw HTML, and the match must lie in one text node. The words are therefore reduced to
characters that no Markdown or HTML parser acts on. The single brackets make neither a wikilink (``[[``) nor a footnote
(``[^``), and a reference link only in a note that defines ``[unverified: …]:``, which no note does.
"""

from collections.abc import Iterable
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern
from enrich.text.plain import Plain, from_plain
from enrich.text.span import Span

_MARK = lazy_pattern(r" ?==\[unverified(?:: (?P<words>[^\]=\n]*))?\]==")
_WORD = r"[^\W_]"
_ACTIVE = lazy_pattern(rf"[^\w\s.:/%$€£¥+'\"°·–—−&#-]|(?<!{_WORD})[_#]|_(?!{_WORD})")
_GROUPING = lazy_pattern(r"(?<=\d),(?=\d)")
_LONGEST = 120
"""Characters of the words named. By hand: a line and a half of a note; more would bury the sentence."""


class Mark(NamedTuple):
    """A mark as it stands in a note."""

    span: Span
    """With the space before it, so that cutting the span leaves the sentence as it was."""
    words: tuple[str, ...]
    """What the source does not say; empty when the whole sentence is meant."""


def mark(words: Iterable[str]) -> str:
    """The mark that names ``words``, a space in front: it goes right behind a sentence's full stop.

    Words are named once; a comma inside a word goes (``$1,000`` is named ``$1000``), since it separates the words.

    >>> mark(["7B", "Acme"])
    ' ==[unverified: 7B, Acme]=='
    >>> mark([])
    ' ==[unverified]=='
    """
    named = ", ".join(dict.fromkeys(filter(None, map(_named, words))))
    return f" ==[unverified: {_shortened(named)}]==" if named else " ==[unverified]=="


def find_marks(text: str) -> tuple[Mark, ...]:
    """Every mark in ``text``, in order."""
    return tuple(Mark(Span(*match.span()), _words(match["words"])) for match in _MARK.finditer(text))


def remove_marks(text: str) -> str:
    """``text`` without its marks; every other character stays."""
    return _MARK.sub("", text)


def blank_marks(text: str) -> str:
    """``text`` with spaces in place of its marks, so that offsets stay."""
    return _MARK.sub(lambda match: " " * len(match[0]), text)


def _words(named: str | None) -> tuple[str, ...]:
    return tuple(from_plain(word) for word in (named or "").split(", ") if word)


def _named(word: str) -> str:
    """``word`` as it can stand in a mark."""
    plain = from_plain(Plain(_GROUPING.sub("", word)))
    # A dollar sign is escaped at once: in a mark nobody has to read it in the editor.
    return " ".join(_ACTIVE.sub(" ", plain).split()).replace("$", r"\$")


def _shortened(named: str) -> str:
    if len(named) <= _LONGEST:
        return named
    return named[:_LONGEST].rpartition(" ")[0].rstrip(",\\") + " …"
