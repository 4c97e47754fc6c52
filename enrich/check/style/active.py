"""Active markup: what a reader of the vault runs, loads, hides, follows or sets otherwise, read out of a finished note.

This is the wall behind `enrich.text.plain`, and shares no code with it: a Markdown parser with raw HTML allowed reads
the note as a site generator does, and the zones of `enrich.vault.zones` say what Obsidian and its plugins see. What a
tool writes is compared with this before it is written, and `enrich check` reports it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from enrich.check.style.layout import paragraphs
from enrich.text.lines import Lines
from enrich.text.mark import blank_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import UNESCAPED_DOLLAR
from enrich.text.span import Span
from enrich.vault.wikilink import find_wikilinks
from enrich.vault.zones import TAG, Zone, front_matter_end, is_tag, line_end, line_start, scan_zones

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


class Active(NamedTuple):
    """One piece of active markup."""

    kind: str
    """``HTML``, ``link``, ``image``, ``embed``, ``comment``, ``template``, ``code``, ``formula``, …"""
    what: str
    """Its text, or where it leads."""
    span: Span
    """Where it stands; the whole line where a parser says no more."""


_OF_ZONES = {
    "code": "code", "comment": "comment", "unclosed": "comment", "template": "template", "html": "HTML",
    "html block": "HTML", "url": "address",
}  # fmt: skip
_OF_TOKENS = {
    "html_block": "HTML", "html_inline": "HTML", "image": "image", "link_open": "link", "code_inline": "code",
    "code_block": "code", "fence": "code", "table_open": "table", "s_open": "struck words",
}  # fmt: skip
_IN_TEXT = (
    ("template", lazy_pattern(r"<%|%>|\{\{|\{%")),
    ("highlight", lazy_pattern(r"==(?=[^\s=])[^=\n]*?[^\s=]==")),
    ("field", lazy_pattern(r"(?m)(?:^(?:[^\S\n]|[>*_-])*|[\[(])(?P<key>\w[\w \t*_/-]{0,80})::")),
    ("footnote", lazy_pattern(r"\[\^[^\[\]\n]+\]|\^\[[^\[\]\n]*\]")),
    ("block name", lazy_pattern(r"(?m)(?:^|(?<=\s))\^[A-Za-z0-9-]+[^\S\n]*$")),
    ("callout", lazy_pattern(r"(?m)^[ \t]*>[ \t]*\[![\w-]+\]")),
    ("address", lazy_pattern(r"(?<![\w/@.])(?:www\.\w|(?:javascript|vbscript|obsidian):\S)", re.I)),
)
"""What Obsidian, its plugins and the site read from the raw text, whatever Markdown makes of it."""
_AROUND_WORDS = frozenset({"highlight", "formula", "struck words", "table", "callout"})
_MAY_NEED_PARSING = lazy_pattern(r"[<`&\\]|\]\(|\][\[:]|!\[|~~|\n(?: {4}|\t)|\|")
"""Without any of these there is no HTML, link, image, code, table or entity for a Markdown parser to find."""


_INLINE_SIGN = lazy_pattern(r"[<`&\[]|~~")
"""The same for the text of one block."""
LONGEST_PARAGRAPH = 10_000
"""Characters of a paragraph that the Markdown parser reads: what opens and never closes costs it their square."""
MOST_BRACKETS = 10_000
"""Opening brackets of a note that the parser reads: each one costs it as much as a line of words."""
DEEPEST_BRACKETS = 16
"""Opening brackets that may wait for their end: within 20 of them the parser sees no link."""


@lru_cache(maxsize=8)
def find_active(text: str) -> tuple[Active, ...]:
    """Every piece of active markup in a note but wikilinks, marks of `enrich.text.mark` and headings, by place.

    Tags count in the body. The linkage tree is HTML like any other; whether it may stand is for the caller to say. A
    paragraph that may hold markup, but more than `LONGEST_PARAGRAPH`, `MOST_BRACKETS` or `DEEPEST_BRACKETS` allow, is
    ``unread``.
    """
    text = blank_marks(text)
    body = front_matter_end(text)
    found = {*_in_front(text[:body]), *_in_zones(text, body), *_in_text(text), *_formulas(text, body)}
    if _MAY_NEED_PARSING.search(text, body):
        found |= set(_parsed(text, body))
    return tuple(sorted(found, key=lambda active: (active.span, active.kind)))


def added_active(before: str, after: str, meant: Collection[str] = ()) -> tuple[Active, ...]:
    """What ``after`` holds more than ``before``: what an edit brought in.

    Links to an address that was ``meant``, which is decoded, are left out.
    """
    left = Counter(map(_identity, find_active(before)))
    added = []
    for active in find_active(after):
        left[_identity(active)] -= 1
        if left[_identity(active)] < 0 and not (active.kind == "link" and unquote(active.what) in meant):
            added.append(active)
    return tuple(added)


def _identity(active: Active) -> tuple[str, str]:
    """A highlight stays the same one when a link is made in its words; an address that changes is another one."""
    return active.kind, "" if active.kind in _AROUND_WORDS else active.what


def added_markup(before: str, after: str) -> str:
    """What ``after`` holds more than ``before``, wikilinks too, in words for a message; empty when there is nothing."""
    links = Counter(_wikilinks(after)) - Counter(_wikilinks(before))
    return ", ".join(filter(None, (say_active(added_active(before, after)), *links)))


def say_active(found: Iterable[Active]) -> str:
    """``HTML (<b>), link (https://x.example)`` for a message."""
    return ", ".join(dict.fromkeys(f"{active.kind} ({active.what[:60]})" for active in found))


def _wikilinks(text: str) -> list[str]:
    return [link.span.of(text) for link in find_wikilinks(text)]


def _in_front(front: str) -> Iterator[Active]:
    """HTML in the front matter: no reader shows it as such, but what is made of a property is not ours to know."""
    for found in re.finditer(r"<[A-Za-z/!?][^<>\n]*>?", front):
        yield Active("HTML", found[0], Span(*found.span()))


def _in_zones(text: str, body: int) -> Iterator[Active]:
    hidden = 0
    for zone in scan_zones(text):
        if zone.end <= body:
            continue
        kind = _kind_of(zone, text)
        if kind and zone.start >= hidden:
            yield Active(kind, _first_line(text[zone.start : zone.end]), Span(zone.start, zone.end))
        if zone.kind in ("html block", "code"):
            hidden = max(hidden, zone.end)


def _kind_of(zone: Zone, text: str) -> str:
    if zone.kind == "wikilink":
        return "embed" if text.startswith("!", zone.start) else ""
    if zone.kind == "tag":
        return "tag"
    return _OF_ZONES.get(zone.kind, "")


def _in_text(text: str) -> Iterator[Active]:
    for kind, pattern in _IN_TEXT:
        for found in pattern.finditer(text):
            yield Active(kind, found[0].strip(), Span(*found.span()))
    for found in TAG.finditer(text, front_matter_end(text)):
        before = text[found.start() - 1 : found.start()]
        if before in tuple("\"'([{") and is_tag(found[0][1:]):  # the zones know those behind a space
            yield Active("tag", found[0], Span(*found.span()))


def _formulas(text: str, body: int) -> Iterator[Active]:
    for _, signs in find_formulas(text, body):
        yield Active("formula", text[signs[0] : signs[1] + 1], Span(signs[0], signs[-1] + 1))


def find_formulas(text: str, body: int) -> Iterator[tuple[Span, list[int]]]:
    """Each paragraph from ``body`` on with two or more bare ``$``, and where these stand.

    That is mathematics for the site, whatever stands beside the signs.
    """
    for paragraph in paragraphs(text, Span(body, len(text))):
        signs = [found.start() for found in UNESCAPED_DOLLAR.finditer(text, *paragraph)]
        if len(signs) > 1:
            yield paragraph, signs


def _parsed(text: str, body: int) -> Iterator[Active]:
    """What a Markdown parser finds. Wikilinks are words to it, so that a link never hides what stands in its name."""
    source = text[body:]
    lines = Lines(source)
    for block in _parser().parse(source.replace("[[", "((").replace("]]", "))")):
        first, last = block.map or (0, 0)
        span = Span(body + lines.start_of(first + 1), body + lines.start_of(last + 1))
        for kind, what in dict.fromkeys(_of_block(block)):
            yield Active(kind, what, _place(text, what, span))


def _of_block(block: "Token") -> Iterator[tuple[str, str]]:
    """What a block is and holds, and its text, or where it leads."""
    if block.meta.get("unread"):
        yield "unread", ""
    for token in (block, *(block.children or ())):
        is_entity = token.type == "text_special" and token.info == "entity"
        if kind := "entity" if is_entity else _OF_TOKENS.get(token.type, ""):
            said = token.attrGet("href") or token.attrGet("src") or token.markup or token.content
            yield kind, _first_line(str(said))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # .1 s, which a note without signs of markup does not pay

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("text_join")
    parser.core.ruler.at("inline", _read_inline)
    return parser


def _read_inline(state: "StateCore") -> None:
    """The parser's own step, but only for text that can hold something, and within bounds."""
    brackets = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _INLINE_SIGN.search(token.content):
            brackets += token.content.count("[")
            if brackets > MOST_BRACKETS or _is_unreadable(token.content):
                token.meta["unread"] = True
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _is_unreadable(paragraph: str) -> bool:
    if len(paragraph) > LONGEST_PARAGRAPH:
        return True
    open_now = 0
    for found in re.finditer(r"[\[\]]", paragraph):
        open_now = open_now + 1 if found[0] == "[" else max(0, open_now - 1)
        if open_now > DEEPEST_BRACKETS:
            return True
    return False


def _place(text: str, what: str, lines: Span) -> Span:
    at = text.find(what, lines.start, lines.end) if what else -1
    return Span(at, at + len(what)) if at >= 0 else Span(line_start(text, lines.start), line_end(text, lines.start))


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
