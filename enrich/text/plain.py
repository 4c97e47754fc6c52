"""Plain text: what a page or a model wrote, made harmless for a note.

A note is read by CommonMark with GitHub's extensions, by Obsidian and its plugins (Dataview, Templater) and by Quartz.
Several of these look at the raw text, or at the decoded text, where a backslash protects nothing. So markup is taken
off first (``**bold**`` → ``bold``, ``[text](url)`` → ``text``); what would act on raw or decoded text is replaced by
something that reads the same (``->`` → ``→``, ``#word`` → ``word``, ``<script`` → ``‹script``); and only what
CommonMark alone would act on is escaped (``Q*`` → ``Q\\*``). What carries meaning stays: ``C#``, ``AT&T``, ``<5%``,
``snake_case``.

`Plain` is a type of its own, and making one *is* making it harmless: there is no other way to get one. Whoever composes
a note takes `Plain` and nothing else, and nothing is changed in it afterwards (what is tidied is tidied before).
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlsplit

from msgspec import Struct

from enrich.text.pattern import lazy_pattern

UNESCAPED_DOLLAR = lazy_pattern(r"(?<!\\)\$")
"""A ``$`` that a reader of mathematics acts on."""

_ORDINARY = lazy_pattern(
    r"(?!-+(?: |\Z)|\d{1,9}[.)](?: |\Z)|.*www\.)[A-Z0-9,.;'\"()?$-]+(?: [A-Z0-9,.;'\"()?$-]+)*",
    re.IGNORECASE | re.ASCII,
)
"""A line of words and punctuation in which nothing can be markup: most sentences, told at once."""

ROUNDS = 8
"""How often markup is taken off before a text is thought to be made of nothing else."""
ACCENTS = 8
"""The most accents that one letter keeps; the scripts of the world need four."""
_NESTED = 8
"""How many openings of emphasis may wait for their end."""
_EMPHASIS = lazy_pattern(r"[*_]++")
_ESCAPE = lazy_pattern(r"\\(?=[!-/:-@\[-`{-~])")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_READS_THE_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "-"),
        # Blank letters, the combining joiner, variation selectors and the keycap: nothing to see.
        **dict.fromkeys("\u034f\u115f\u1160\u20e3\u2800\u3164\uffa0"),
        **{chr(code): None for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))},
    }
)
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_PICTURE_RANGES = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x231A, 0x23FF))
"""Blocks of Unicode that hold emoji: the supplementary ones, Miscellaneous Symbols and Dingbats, Miscellaneous Symbols
and Arrows, and the clocks and keys of Miscellaneous Technical."""


class Plain(str):
    """One line of text that no reader of the vault takes for markup, at the start of a line or inside of it.

    Any text may be given: what is harmless already stays as it is. Two of them with a space, a full stop or a wikilink
    between them are harmless together. Dollar signs stay: two of them make mathematics of a whole paragraph, which
    `protect_dollars` prevents once the paragraph is complete.

    >>> Plain("a **bold** [claim](http://x.example) by <b>Acme</b>")
    'a bold claim by Acme'
    """

    __slots__ = ()
    _rules: ClassVar[tuple["_Rule", ...]] = ()
    """Asked before those for every text."""

    def __new__(cls, text: str = "") -> "Plain":
        """``text`` made plain."""
        return text if type(text) is cls else str.__new__(cls, _make_plain(text, cls._rules))


class PlainLabel(Plain):
    """Plain text that can stand between ``[`` and ``](``: without brackets, and never a footnote or a callout."""

    __slots__ = ()


def take_off_markup(text: str) -> str:
    """What a reader sees of ``text``, to be tidied before it is made `Plain`; by itself it may not enter a note."""
    return from_plain(Plain(text))


def from_plain(text: str) -> str:
    """``text`` of a note as a reader sees it: without the backslashes that protect its characters."""
    return _ESCAPE.sub("", text)


def protect_dollars(paragraph: str) -> str:
    r"""``paragraph`` with every ``$`` escaped when it has two or more, so that amounts are not read as mathematics.

    Obsidian and Quartz both show ``\$1.8B`` as $1.8B. A single ``$`` does no harm and stays as the source has it.
    Wikilinks are left alone: a backslash would break them.
    """
    if len(UNESCAPED_DOLLAR.findall(paragraph)) < 2:
        return paragraph
    pieces = re.split(r"(\[\[[^\[\]]*\]\])", paragraph)
    return "".join(piece if piece.startswith("[[") else UNESCAPED_DOLLAR.sub(r"\\$", piece) for piece in pieces)


def _make_plain(text: str, rules: tuple["_Rule", ...]) -> str:
    """Rounds of taking markup off until one changes nothing: then no rule finds anything, and nothing can act.

    Every rule passes over the text once, so that a round costs what the text's length costs. A text that is not done
    after `ROUNDS` was built to unfold for ever, and keeps its words alone.
    """
    if not rules and _ORDINARY.fullmatch(text):
        return text
    text = _ESCAPE.sub("", text)
    for _ in range(ROUNDS):
        barer = _bare(text, rules)
        if barer == text:
            return _escape(text)
        text = barer
    return _words_alone(text)


def _bare(text: str, rules: tuple["_Rule", ...]) -> str:
    """One round of taking markup off; what one round uncovers is left to the next."""
    text = _visible(text)
    for rule in (*rules, *_RULES):
        text = rule.pattern.sub(rule.becomes, text)
    text = _without_emphasis(text)
    for rule in _LINE_RULES:
        text = rule.pattern.sub(rule.becomes, text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _words_alone(text: str) -> str:
    """Letters and digits with single spaces: no reader finds markup in these."""
    return " ".join(re.findall(r"[^\W_]+", _visible(text)))


def _without_emphasis(text: str) -> str:
    """``*em*`` and ``_em_`` without their marks: each closing run goes with the nearest opening one before it."""
    spans: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []
    for found in _EMPHASIS.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if opened and before.strip() and not after.isalnum():
            spans += [opened.pop(), (start, end)]
        elif after.strip() and not before.isalnum():
            opened = [*opened[-_NESTED:], (start, end)]
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))


def _visible(text: str) -> str:
    """Without pictures and what a reader cannot see; quotation marks straight, all white space as spaces."""
    if text.isascii():
        return text if text.isprintable() else "".join(map(_seen, text))
    composed = unicodedata.normalize("NFC", "".join(_first_accents(text))).translate(_READS_THE_SAME)
    return composed if composed.isascii() and composed.isprintable() else "".join(map(_seen, composed))


def _first_accents(text: str) -> Iterable[str]:
    """The characters without accents beyond `ACCENTS` on a letter: sorting a pile of them takes its length squared."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= ACCENTS:
            yield character


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return "" if category in _HIDDEN_CATEGORIES or _is_picture(character, category) else character


def _is_picture(character: str, category: str) -> bool:
    # Signs that are no emoji, such as ♯ and the arrows, have other categories or lie outside.
    return category in {"So", "Sk"} and any(low <= ord(character) <= high for low, high in _PICTURE_RANGES)


class _Rule(Struct, frozen=True, dict=True):
    """What to look for, and what a reader gets in its place."""

    form: str
    becomes: str | Callable[[re.Match[str]], str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is needed: who only reads notes never asks."""
        return re.compile(self.form, re.IGNORECASE)


def _decoded(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _shown(match: re.Match[str]) -> str:
    """What a wikilink shows: its alias, else its target."""
    return match["inside"].rpartition("|")[2].replace("#", " ")


def _host(match: re.Match[str]) -> str:
    """What an address says to a reader: the site's name."""
    try:
        return urlsplit(match[0]).hostname or ""
    except ValueError:
        return ""


def _raised(match: re.Match[str]) -> str:
    return match["exponent"].translate(_SUPERSCRIPTS)


_BLOCK_TAGS = """
    address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre
    section table tbody td tfoot th thead tr ul
"""
_INLINE_TAGS = """
    a abbr audio b base body button canvas cite code del details dfn em embed figcaption font form head html i iframe
    img input ins kbd label link mark math meta noscript object option picture q s samp script select small source span
    strike strong style sub summary sup svg template textarea time title track tt u var video wbr
"""
_LONG_TAGS = tuple(name for name in f"{_BLOCK_TAGS} {_INLINE_TAGS}".split() if len(name) > 1)
"""Not those of one letter: ``x < b`` is a comparison."""
_AFTER_WORD = r"(?<=[^\W_])"
_NOT_AFTER_WORD = r"(?<![^\W_])"
_NOT_BEFORE_WORD = r"(?![^\W_])"
_LINK = r"\[([^\[\]]*+)\]\((?>(?:[^()]++|\([^()]*+\))*)\)"

_RULES = (
    _Rule(r"\\", "/"),
    # HTML: entities, comments, tags; what is no known tag keeps its words but can no longer become one (nor `<%`).
    _Rule(r"&(?:#\d{1,20}|#x[0-9a-f]{1,20}|[a-z][a-z0-9]{1,31});", _decoded),
    _Rule(r"<!--.*?(?:-->|\Z)", " "),
    _Rule(rf"</?(?:{'|'.join(_BLOCK_TAGS.split())})(?:[\s/][^<>]*+)?>", " "),
    _Rule(rf"</?(?:{'|'.join(_INLINE_TAGS.split())})(?:[\s/][^<>]*+)?>", ""),
    _Rule(rf"<(?=\s*+(?:[/!?%]|(?:{'|'.join(_LONG_TAGS)})(?![^\W_])))", "‹"),
    _Rule(r"<(?=[^\W\d])|<\Z", "< "),
    _Rule(r"%>", "% >"),
    # Templates of site generators.
    _Rule(r"\{{2,}", "{"),
    _Rule(r"\}{2,}", "}"),
    _Rule(r"\{(?=[%#:=^*!+$])", "{ "),
    _Rule(r"(?<=[%#:=^*!+])\}", " }"),
    # Code.
    _Rule(rf"{_AFTER_WORD}`(?=[^\W_])", "'"),
    _Rule(r"`+", ""),
    # Links, images, embeds, footnotes, callouts; then no two brackets side by side.
    _Rule(r"!?\[\[(?P<inside>[^\[\]]*+)\]\]", _shown),
    _Rule(rf"!{_LINK}", r"\1"),
    _Rule(_LINK, r"\1"),
    _Rule(r"\[\^[^\[\]]*+\]", ""),
    _Rule(r"\[\^++", "["),
    _Rule(r"\[!\w++\][+-]?", ""),
    _Rule(r"(?<!\^)\^++(?=\[)|!(?=\[\[)", ""),
    _Rule(r"\[{2,}", "["),
    _Rule(r"\]{2,}", "]"),
    _Rule(r"\](?=[\[(:])", "] "),
    _Rule(r"!(?=\[)", "! "),
    # Addresses that a reader makes links of, and those that run something.
    _Rule(r"(?<![a-z])[a-z][a-z0-9+.-]{0,30}://[^\s<>\"'()\[\]{}|]*(?<![.,;:!?*_~])", _host),
    _Rule(r"://", ":/"),
    _Rule(r"(?<![a-z])(javascript|vbscript|data|obsidian|file|mailto|xmpp|app|about|blob):(?=\S)", r"\1 "),
    _Rule(rf"{_NOT_AFTER_WORD}(?>(?:www\.)+)", ""),
    _Rule(r"(?<=[\w.+-])@(?=[\w-]+\.\w)", " at "),
    # Highlights, comments, arrows, tables, Dataview's fields.
    _Rule(r"(?<!=)={2,}+(?=[^\s=])([^=]{1,400})(?<=\S)={2,}", r"\1"),
    _Rule(r"(?<!%)%{2,}+(?=[^\s%])([^%]{1,400})(?<=\S)%{2,}", r"\1"),
    _Rule(r"<-(?=[\d.])", "< -"),
    _Rule(r"(?<![-=])[-=]++>", "→"),
    _Rule(r"<(?:-++|==++)", "←"),
    _Rule(r"<=", "≤"),
    _Rule(r"={2,}", "="),
    _Rule(r"%{2,}", "%"),
    _Rule(r":{2,}", ":"),
    _Rule(r"~{2,}", ""),
    _Rule(r"\|+", "/"),
    # What pairs up although a word stands beside it; a star before a note.
    _Rule(r"(?<!\d)\*\*(?=[^\s*])([^*]{1,400})(?<=[^\s*])\*\*", r"\1"),
)  # fmt: skip
_LINE_RULES = (
    _Rule(r"(?<!\S)\*++(?=\w)", ""),
    # What only the start of a line makes markup, unless it is a comparison (`> 50%`).
    _Rule(r"\A\s*(?:[-+*•]+(?:\s+|\Z)|#{1,6}(?:\s+|\Z)|\[[ x]\]\s|>+(?!\s*[\d$€£¥.,])\s*)+", ""),
    _Rule(r"\A[-*_=\s]+\Z", ""),
    # Tags (`#1` is none), and carets that are no exponent: the end of a line makes a block's name of them.
    _Rule(r"#{2,}", "#"),
    _Rule(rf"{_NOT_AFTER_WORD}#(?![\s.,;:!?)\]}}'\"]|\Z|[0-9]+(?![\w/*©®™-]))", ""),
    _Rule(r"(?<=\d)\^(?P<exponent>-?[0-9]+)\Z", _raised),
    _Rule(r"(?<!\d)\^|\^(?!-?[0-9]{1,9}(?![\w^-]))", ""),
)  # fmt: skip
PlainLabel._rules = (_Rule(r"[\[\]()<>^]", " "), _Rule(r"\A[\s!]+", ""))
_ESCAPES = (
    _Rule(r"(?<! )\*|\*(?! )", r"\*"),
    _Rule(rf"{_NOT_AFTER_WORD}_|_{_NOT_BEFORE_WORD}", r"\_"),
    _Rule(r"(?<![\s(])(?<!\A)~|~(?![\w$€£¥.])", r"\~"),
    _Rule(r"\A(?=[\[>])", r"\\"),
    _Rule(r"\A(\d{1,9})(?=[.)](?:\s|\Z))", r"\1\\"),
)


def _escape(text: str) -> str:
    """Backslashes for what is left of CommonMark's own signs, where they could still pair up or open a line."""
    for rule in _ESCAPES:
        text = rule.pattern.sub(rule.becomes, text)
    return text
