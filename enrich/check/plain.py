"""Plain text: what a page or a model wrote, made harmless for a note.

A note is read by CommonMark with GitHub's extensions, by Obsidian and its plugins (Dataview, Templater) and by Quartz.
Several of these look at the raw text, or at the decoded text, where a backslash protects nothing. So markup is taken
off first (``**bold**`` → ``bold``, ``[text](url)`` → ``text``); what would act on raw or decoded text is replaced by
something that reads the same (``->`` → ``→``, ``#word`` → ``word``, ``<%`` → ``< %``); and only what CommonMark alone
would act on is escaped (``Q*`` → ``Q\\*``). What carries meaning stays: ``C#``, ``AT&T``, ``<5%``, ``snake_case``.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

UNESCAPED_DOLLAR = re.compile(r"(?<!\\)\$")
"""A ``$`` that a reader of mathematics acts on."""

_ORDINARY = re.compile(
    r"(?!-+(?: |\Z)|\d{1,9}[.)](?: |\Z)|.*www\.)[A-Z0-9,.;'\"()?$-]+(?: [A-Z0-9,.;'\"()?$-]+)*",
    re.IGNORECASE | re.ASCII,
)
"""A line of words and punctuation in which nothing can be markup: most sentences, told at once."""

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
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


def to_plain(text: str) -> str:
    """``text`` as one line that no reader of the vault takes for markup, at the start of a line or inside of it.

    Applying it again changes nothing. Dollar signs stay as they are: two of them make mathematics of a whole paragraph,
    which `protect_dollars` prevents once the paragraph is complete.
    """
    if _ORDINARY.fullmatch(text):
        return text
    bare = _bare(text)
    while (barer := _bare(bare)) != bare:
        bare = barer
    return _escape(bare)


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


def _bare(text: str) -> str:
    """One round of taking markup off; what one round uncovers is left to the next."""
    text = _visible(text)
    for rule in _RULES:
        text = rule.pattern.sub(rule.becomes, text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _visible(text: str) -> str:
    """Without pictures and what a reader cannot see; quotation marks straight, all white space as spaces."""
    composed = unicodedata.normalize("NFC", text).translate(_READS_THE_SAME)
    return composed if composed.isascii() and composed.isprintable() else "".join(map(_seen, composed))


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return "" if category in _HIDDEN_CATEGORIES or _is_picture(character, category) else character


def _is_picture(character: str, category: str) -> bool:
    # Signs that are no emoji, such as ♯ and the arrows, have other categories or lie outside.
    return category in {"So", "Sk"} and any(low <= ord(character) <= high for low, high in _PICTURE_RANGES)


@dataclass(frozen=True)
class _Rule:
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
_AFTER_WORD = r"(?<=[^\W_])"
_NOT_AFTER_WORD = r"(?<![^\W_])"
_NOT_BEFORE_WORD = r"(?![^\W_])"

_RULES = (
    # Backslashes that escape, and those that do not.
    _Rule(_ESCAPE.pattern, ""),
    _Rule(r"\\", "/"),
    # HTML: entities, comments, tags; what is no known tag keeps its words but can no longer become one (nor `<%`).
    _Rule(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", _decoded),
    _Rule(r"<!--.*?(?:-->|\Z)", " "),
    _Rule(rf"</?(?:{'|'.join(_BLOCK_TAGS.split())})(?:[\s/][^<>]*)?>", " "),
    _Rule(rf"</?(?:{'|'.join(_INLINE_TAGS.split())})(?:[\s/][^<>]*)?>", ""),
    _Rule(r"<(?=[a-z/!?%])", "< "),
    _Rule(r"%>", "% >"),
    # Code.
    _Rule(rf"{_AFTER_WORD}`(?=[^\W_])", "'"),
    _Rule(r"`+", ""),
    # Links, images, embeds, footnotes, callouts; then no two brackets side by side.
    _Rule(r"!?\[\[(?P<inside>[^\[\]]*)\]\]", _shown),
    _Rule(r"!\[([^\[\]]*)\]\((?:[^()]|\([^()]*\)){0,2000}\)", r"\1"),
    _Rule(r"\[([^\[\]]*)\]\((?:[^()]|\([^()]*\)){0,2000}\)", r"\1"),
    _Rule(r"\[\^[^\[\]]*\]", ""),
    _Rule(r"\[\^+", "["),
    _Rule(r"\[!\w+\][+-]?", ""),
    _Rule(r"\^+(?=\[)|!(?=\[\[)", ""),
    _Rule(r"\[{2,}", "["),
    _Rule(r"\]{2,}", "]"),
    _Rule(r"\](?=[\[(])", "] "),
    _Rule(r"!(?=\[)", "! "),
    # Addresses that a reader makes links of.
    _Rule(r"\b[a-z][a-z0-9+.-]{0,30}://[^\s<>\"'()\[\]{}|]*(?<![.,;:!?*_~])", _host),
    _Rule(r"://", ":/"),
    _Rule(rf"{_NOT_AFTER_WORD}(?:www\.)+", ""),
    _Rule(r"(?<=[\w.+-])@(?=[\w-]+\.\w)", " at "),
    # Highlights, comments, arrows, tables, Dataview's fields.
    _Rule(r"={2,}(?=[^\s=])([^=]{1,400})(?<=\S)={2,}", r"\1"),
    _Rule(r"%{2,}(?=[^\s%])([^%]{1,400})(?<=\S)%{2,}", r"\1"),
    _Rule(r"<-(?=[\d.])", "< -"),
    _Rule(r"[-=]+>", "→"),
    _Rule(r"<(?:-+|==+)", "←"),
    _Rule(r"<=", "≤"),
    _Rule(r"={2,}", "="),
    _Rule(r"%{2,}", "%"),
    _Rule(r":{2,}", ":"),
    _Rule(r"~{2,}", ""),
    _Rule(r"\|+", "/"),
    # Emphasis, in any nesting; a star before a note.
    _Rule(r"(?<!\d)\*\*(?=[^\s*])([^*]{1,400})(?<=[^\s*])\*\*", r"\1"),
    _Rule(rf"(?<![\w*])[*_]++(?=\S)(.{{1,400}}?)(?<=[^\s*_])[*_]+{_NOT_BEFORE_WORD}", r"\1"),
    _Rule(r"(?<!\S)\*+(?=\w)", ""),
    # What only the start of a line makes markup, unless it is a comparison (`> 50%`).
    _Rule(r"\A\s*(?:[-+*•]+(?:\s+|\Z)|#{1,6}(?:\s+|\Z)|\[[ x]\]\s|>+(?!\s*[\d$€£¥.,])\s*)+", ""),
    _Rule(r"\A[-*_=\s]+\Z", ""),
    # Tags (`#1` is none), and what the end of a line makes a block's name.
    _Rule(r"#{2,}", "#"),
    _Rule(rf"{_NOT_AFTER_WORD}#(?![\s.,;:!?)\]}}'\"]|\Z|[0-9]+(?![\w/*©®™-]))", ""),
    _Rule(r"(?<=\d)\^(?P<exponent>-?[0-9]+)\Z", _raised),
    _Rule(r"(?:\^[\w^-]*+\s*+)++\Z", lambda match: match[0].replace("^", "")),
)  # fmt: skip

_ESCAPES = (
    _Rule(r"(?<! )\*|\*(?! )", r"\*"),
    _Rule(rf"{_NOT_AFTER_WORD}_+|_+{_NOT_BEFORE_WORD}", lambda match: r"\_" * len(match[0])),
    _Rule(r"(?<![\s(])(?<!\A)~|~(?![\w$€£¥.])", r"\~"),
    _Rule(r"\A(?=[\[>])", r"\\"),
    _Rule(r"\A(\d{1,9})(?=[.)](?:\s|\Z))", r"\1\\"),
)


def _escape(text: str) -> str:
    """Backslashes for what is left of CommonMark's own signs, where they could still pair up or open a line."""
    for rule in _ESCAPES:
        text = rule.pattern.sub(rule.becomes, text)
    return text
