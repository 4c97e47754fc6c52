"""Protected zones: the parts of a note that are not prose, with exact offsets.

A link is never placed inside a zone, and a word inside a zone is never a mention. One pass over the text stops at the
characters that can open something (``TRIGGER``) and asks a small function where it ends. No pattern backtracks over
what another one has read, and misses are remembered, so a hostile note costs about as much as its length.

What counts, and where Markdown dialects differ:

- Fenced code may be indented and may stand in lists and quotes; unclosed, it runs to the note's (quote's) end.
- Indented code counts where four spaces or a tab follow a blank line, unless a list goes on there.
- Comments are ``%%…%%`` and ``<!--…-->``. After an unclosed ``%%`` the rest of the note is protected (Obsidian hides
  it), but its links still count, because a site generator shows them.
- Mathematics is Obsidian's: ``$$…$$`` over lines, ``$x$`` where no space touches the dollars inside, no digit follows.
- HTML blocks run to the next blank line, as in CommonMark; elsewhere the tag alone is a zone, except elements such as
  ``<a>``, ``<code>`` or ``<script>``, which are protected as a whole.
- Headings (of an underlined one its last line), ``#tags``, Markdown links, URLs, footnote marks, block ids, callout
  marks, the key of a Dataview field and what stands between ``==[`` and ``]==`` are zones too. So is what people take
  for a Markdown link and Markdown does not (an address with spaces or a template in it), and all of a drawing's data.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal, NamedTuple

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

ZoneKind = Literal[
    "front", "code", "comment", "math", "template", "html block", "html", "wikilink", "link", "url", "heading", "tag",
    "mark", "unclosed",
]  # fmt: skip


class Zone(NamedTuple):
    """Characters ``[start, end)`` of a note, and what they are.

    ``html block`` is a block, ``html`` one tag or element; ``mark`` is any other markup (footnote, block id, callout,
    field key); ``unclosed`` is what follows a lone ``%%``.
    """

    start: int
    end: int
    kind: ZoneKind


WIKILINK = lazy_pattern(r"!?\[\[([^\[\]\n]+)\]\]")
TAG = lazy_pattern(r"#[^\s#\u2000-\u206f\u2e00-\u2e7f'!\"$%&()*+,.:;<=>?@^`{|}~\[\]\\]+")
BLANK_LINE = lazy_pattern(r"\n[^\S\n]*(?=\n)|\Z")

_FRONT = lazy_pattern(r"\ufeff?---[^\S\n]*\w*[^\S\n]*\n(?:[^\n]*\n)*?---[^\S\n]*(?:\n|\Z)")
# The set comes first because `re` skips to the characters of a set much faster than it tries alternatives everywhere.
_TRIGGER = lazy_pattern(
    r"[\\`~$%<!#:w\[^](?:(?<=[<\[#^])|(?<=w)ww\.|(?<=:)(?://|:)|(?<=\\).|(?<=`)`*|(?<=~)~~+|(?<=\$)\$?|(?<=%)%|(?<=!)\[)",
    re.S,
)
_LINE_PREFIX = lazy_pattern(r"[\s>\ufeff]*(?:(?:[-*+]|\d{1,9}[.)])[^\S\n]+)?[\s>]*\Z")
_LIST_ITEM = lazy_pattern(r"[\s>]*(?:[-*+]|\d{1,9}[.)]|\[\^[^\]\n]+\]:)(?:\s|\Z)")
_INDENT = r"(?: {4}| {0,3}\t)"
_AFTER_BLANK = lazy_pattern(rf"\n[^\S\n]*\n(?={_INDENT}[^\S\n]*\S)")
_INDENTED_LINES = lazy_pattern(rf"(?:{_INDENT}[^\n]*(?:\n|\Z))+")
_UNDERLINE = lazy_pattern(r"\n {0,3}(?:=+|-+)[^\S\n]*(?=\n|\Z)")
_LINK_TRIGGER = lazy_pattern(r"<|!?\[\[")
_MAY_HIDE_LINKS = lazy_pattern(rf"`|~~~|%%|<!|<%|<[^\s<>]*[:@]|\n[^\S\n]*\n{_INDENT}|\\!?\[|==\[|\]\([^()]*\[\[")
_RUN = lazy_pattern(r"`+|~+")
_BACKTICKS = lazy_pattern(r"`+")
_QUOTE_END = lazy_pattern(r"\n(?![^\S\n]*>)|\Z")
_LINE_MATH = lazy_pattern(r"\$(?![\s$])(?>(?:[^$\\]|\\.)*)(?<!\s)\$(?!\d)", re.S)
_MARKDOWN_LINK = lazy_pattern(
    r"!?\[(?>(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*)\]"
    r"(?:\((?:\s*<[^<>\n]*>|(?>(?:[^\s()\\]|\\.|\((?>(?:[^\s()\\]|\\.)*)\))*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[[^\[\]\n]+\])",
    re.S,
)
_ODD_ADDRESS = lazy_pattern(r"!?\[[^\[\]\n]*+\]\((?>(?:[^()\n]|\([^()\n]*+\))*)\)")
_SHORTCUT = lazy_pattern(r"\[([^\[\]\n]+)\]")
_DEFINITION = lazy_pattern(r"\[[^\[\]\n]+\]:(?=[^\S\n]*[^\s\[])")
_DEFINED = lazy_pattern(r"^ {0,3}\[([^\[\]\n^][^\[\]\n]*)\]:(?=[^\S\n]*\S)", re.M)
_DRAWING = lazy_pattern(r"^[\"']?(?:excalidraw-plugin|tldraw-file)\b", re.M)
_BRACKET_MARK = lazy_pattern(r"\[(?:\^[^\[\]\s]+\]:?|![\w-]+\][-+]?|[^\[\]\n]\](?=\s))")
_HEADING = lazy_pattern(r"#{1,6}(?=\s|\Z)")
_FIELD_KEY = lazy_pattern(r"[\s>*_-]*\w[\w \t*_/-]*")
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*\Z")
_URL_REST = lazy_pattern(r"(?>(?:[^\s<>()\[\]\"'`|\\]|\([^\s<>()]*+\))*)")
_BLOCK_ID = lazy_pattern(r"\^[A-Za-z0-9-]+(?=[^\S\n]*(?:\n|\Z))")
_AUTOLINK = lazy_pattern(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_HTML_TAG = lazy_pattern(r"</?([A-Za-z][\w:-]*)(?:\s(?>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)|/)?>")
_BLOCK_TAGS = frozenset(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul".split()
)
_RAW_TAGS = frozenset({"script", "style", "pre", "textarea"})
_WHOLE_TAGS = _RAW_TAGS.union("a audio button canvas code iframe kbd math object samp select svg var video".split())
_LOOK_BACK = 200
"""How far a line is read backwards: a quote or list mark further right than this is text, and a hostile line of one
megabyte is not read again for each of its marks."""


def protected_zones(text: str) -> tuple[Span, ...]:
    """Every zone of ``text`` as spans in order, overlapping and touching ones merged. Offsets count code points."""
    return merge_zones(scan_zones(text))


def merge_zones(zones: Iterable[Zone]) -> tuple[Span, ...]:
    """`protected_zones` of a text whose zones are known already."""
    merged: list[Span] = []
    for start, end, _ in zones:
        if merged and start <= merged[-1].end:
            if end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, end)
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def scan_zones(text: str) -> tuple[Zone, ...]:
    """Every zone of ``text`` with its kind, by start; what stands inside headings and HTML blocks is listed too."""
    return tuple(sorted(_Scanner(text).scan()))


def link_zones(text: str) -> tuple[Zone, ...]:
    """Wikilinks and the zones that decide whether they are links: what `scan_zones` finds, mostly much faster."""
    if _MAY_HIDE_LINKS.search(text) or text.count("$") > 1:
        return scan_zones(text)
    return tuple(sorted(_Scanner(text).scan_links()))


def front_matter_end(text: str) -> int:
    """The offset after the front matter's closing line; 0 when there is none."""
    if not text.startswith(("---", "\ufeff---")):
        return 0
    found = _FRONT.match(text)
    return found.end() if found else 0


def line_start(text: str, at: int) -> int:
    """The offset of the first character of the line that holds ``at``."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The offset after the last character of the line that holds ``at``, before its line feed."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def is_tag(name: str) -> bool:
    """Whether ``name`` (without ``#``) can be a tag in Obsidian: at least one character that is not a digit.

    https://help.obsidian.md/tags ("Tags must contain at least one non-numerical character").
    """
    return bool(name.strip("/")) and not name.isdigit()


class Backticks:
    """The runs of backticks of a text by their length: code ends with as many as it began with."""

    def __init__(self, text: str) -> None:
        self._starts: dict[int, list[int]] = defaultdict(list)
        for run in _BACKTICKS.finditer(text) if "`" in text else ():
            self._starts[run.end() - run.start()].append(run.start())

    def end_of_next(self, size: int, at: int, limit: int) -> int:
        """The offset after the next run of ``size`` that lies between ``at`` and ``limit``; 0 when there is none."""
        starts = self._starts.get(size, [])
        number = bisect_left(starts, at)
        return starts[number] + size if number < len(starts) and starts[number] + size <= limit else 0


class _Scanner:
    """One pass over a note. A handler gets the offset it was called for, adds zones, and returns where to go on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.zones: list[Zone] = []
        self.found: dict[tuple[str, int], int] = {}
        self.ticks = Backticks(text)
        self.ahead: dict[re.Pattern[str], int] = {}
        self.handlers: dict[str, Callable[[int], int]] = {
            "`": self._backticks, "~": self._fence, "$": self._math, "%": self._percent, "<": self._angle,
            "[": self._bracket, "!": self._bracket, "#": self._hash, ":": self._colon, "w": self._www,
            "^": self._caret, "\\": lambda at: at + 2,
        }  # fmt: skip

    def scan(self) -> list[Zone]:
        at = self._front()
        if at and _DRAWING.search(self.text, 0, at):
            self._add(at, len(self.text), "mark")
        self._underlined(at)
        indented = [found.end() for found in _AFTER_BLANK.finditer(self.text, at)]
        indented.reverse()
        lists = _Lists(self.text, at)
        found = _TRIGGER.search(self.text, at)
        while found:
            start = found.start()
            if indented and indented[-1] <= start:
                at = self._indented(indented.pop(), at, lists)
            else:
                at = self.handlers[self.text[start]](start)
            if at > start:  # else it is the next still, however many indented lines stand before it
                found = _TRIGGER.search(self.text, at)
        while indented:
            at = self._indented(indented.pop(), at, lists)
        return self.zones

    def scan_links(self) -> list[Zone]:
        at = self._front()
        while found := _LINK_TRIGGER.search(self.text, at):
            at = self.handlers[self.text[found.start()]](found.start())
        return self.zones

    def _front(self) -> int:
        at = front_matter_end(self.text)
        return self._add(0, at, "front") if at else 0

    def _add(self, start: int, end: int, kind: ZoneKind) -> int:
        self.zones.append(Zone(start, end, kind))
        return end

    def _next(self, pattern: re.Pattern[str], at: int) -> int:
        """Where ``pattern`` begins next; remembered, so that a long paragraph is searched once."""
        if at > self.ahead.get(pattern, -1):
            found = pattern.search(self.text, at)
            self.ahead[pattern] = found.start() if found else len(self.text)
        return self.ahead[pattern]

    def _paragraph_end(self, at: int) -> int:
        return self._next(BLANK_LINE, at)

    def _find(self, closer: str, at: int, limit: int | None = None) -> int:
        """The offset after the next ``closer``, 0 when there is none; where one stands, and that none does, is
        remembered: offsets are asked for in order."""
        key = closer, len(self.text) if limit is None else limit
        found = self.found.get(key, 0)
        if 0 <= found < at or key not in self.found:
            found = self.found[key] = self.text.find(closer, at, key[1])
        return found + len(closer) if found >= 0 else 0

    def _prefix(self, at: int) -> str | None:
        """Quote and list marks between the line's start and ``at``; None when anything else stands there."""
        if not at or self.text[at - 1] == "\n":
            return ""
        start = self.text.rfind("\n", max(0, at - _LOOK_BACK), at) + 1
        if not start and at > _LOOK_BACK:
            return None
        prefix = self.text[start:at]
        return prefix if _LINE_PREFIX.match(prefix) else None

    def _indented(self, start: int, at: int, lists: "_Lists") -> int:
        if start < at or lists.hold(start):
            return at
        found = _INDENTED_LINES.match(self.text, start)
        return self._add(start, found.end(), "code") if found else at

    def _underlined(self, body: int) -> None:
        """Underlined headings: found ahead, because nothing at their start tells them."""
        for found in _UNDERLINE.finditer(self.text, body):
            start = max(line_start(self.text, found.start()), body)
            line = self.text[start : found.start()].strip()
            if line and not line.startswith(("|", ">", "#")) and not _LIST_ITEM.match(line):
                self._add(start, found.end(), "heading")

    def _backticks(self, at: int) -> int:
        found = _RUN.match(self.text, at)
        after = found.end() if found else at + 1
        if after - at >= 3 and self._prefix(at) is not None and "`" not in self.text[after : line_end(self.text, at)]:
            return self._fence(at)
        end = self.ticks.end_of_next(after - at, after, self._paragraph_end(at))
        return self._add(at, end, "code") if end else after

    def _fence(self, at: int) -> int:
        opener, prefix = _RUN.match(self.text, at), self._prefix(at)
        if opener is None or prefix is None:
            return at + 3
        limit = self._next(_QUOTE_END, at) if ">" in prefix else len(self.text)
        closer = re.compile(rf"^(?:[^\S\n]|>)*{self.text[at]}{{{min(len(opener.group()), 99)},}}[^\S\n]*$", re.M)
        found = closer.search(self.text, min(line_end(self.text, at) + 1, limit), limit)
        return self._add(at, found.end() if found else limit, "code")

    def _math(self, at: int) -> int:
        if self.text.startswith("$$", at):
            end = self._find("$$", at + 2)
            return self._add(at, end, "math") if end else at + 2
        found = _LINE_MATH.match(self.text, at, self._paragraph_end(at))
        return self._add(at, found.end(), "math") if found else at + 1

    def _percent(self, at: int) -> int:
        if end := self._find("%%", at + 2):
            return self._add(at, end, "comment")
        self._add(at, len(self.text), "unclosed")
        return at + 2

    def _angle(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            return self._html_comment(at)
        if self.text.startswith("<%", at):
            end = self._find("%>", at + 2)
            return self._add(at, end, "template") if end else at + 2
        if found := _AUTOLINK.match(self.text, at):
            return self._add(at, found.end(), "url")
        tag = _HTML_TAG.match(self.text, at, self._paragraph_end(at))
        return self._html(tag) if tag else at + 1

    def _html_comment(self, at: int) -> int:
        if end := self._find("-->", at + 4):
            return self._add(at, end, "comment")
        return self._add(at, len(self.text), "comment") if self._prefix(at) is not None else at + 4

    def _html(self, tag: re.Match[str]) -> int:
        name, at, end = tag[1].lower(), tag.start(), tag.end()
        opens = not tag.group().startswith("</") and not tag.group().endswith("/>")
        if self._prefix(at) is not None:
            if name in _RAW_TAGS and opens:
                return self._add(at, self._element_end(name, end, len(self.text)) or len(self.text), "html block")
            if name in _BLOCK_TAGS or self._alone(at, end):
                return self._html_block(at)
        if name in _WHOLE_TAGS and opens:
            end = self._element_end(name, end, self._paragraph_end(at)) or end
        return self._add(at, end, "html")

    def _alone(self, at: int, end: int) -> bool:
        """Is the tag a whole line after a blank one? Then CommonMark starts an HTML block, whatever its name."""
        start = line_start(self.text, at)
        before = self.text[line_start(self.text, max(start - 1, 0)) : start]
        return not before.strip() and not self.text[end : line_end(self.text, end)].strip()

    def _html_block(self, at: int) -> int:
        end = self._paragraph_end(at)
        for found in WIKILINK.finditer(self.text, at, end):
            self._add(found.start(), found.end(), "wikilink")
        return self._add(at, end, "html block")

    def _element_end(self, name: str, at: int, limit: int) -> int:
        """After ``</name>``, in whatever case that ends with ``>``; 0 when it is not closed before ``limit``."""
        closers = [end for tag in (f"</{name}>", f"</{name.upper()}>") if (end := self._find(tag, at, limit))]
        return min(closers, default=0)

    def _bracket(self, at: int) -> int:
        if found := WIKILINK.match(self.text, at):
            return self._add(at, found.end(), "wikilink")
        if at >= 2 and self.text.startswith("==[", at - 2) and (end := self._find("]==", at, self._paragraph_end(at))):
            return self._add(at - 2, end, "mark")
        if found := _BRACKET_MARK.match(self.text, at):
            return self._add(at, found.end(), "mark")
        if found := _MARKDOWN_LINK.match(self.text, at, self._paragraph_end(at)):
            return self._add(at, found.end(), "link")
        if _DEFINITION.match(self.text, at) and self._prefix(at) in ("", " ", "  ", "   "):
            return self._add(at, line_end(self.text, at), "link")
        if found := _ODD_ADDRESS.match(self.text, at) or self._shortcut(at):
            return self._add(at, found.end(), "mark")
        return at + 2 if self.text[at] == "!" else at + 1

    def _shortcut(self, at: int) -> re.Match[str] | None:
        """``[name]`` where the note defines what the name leads to."""
        found = _SHORTCUT.match(self.text, at)
        return found if found and found[1].casefold() in self.defined else None

    @cached_property
    def defined(self) -> frozenset[str]:
        """The names that stand before an address: ``[name]: path.md``."""
        names = _DEFINED.findall(self.text) if "]:" in self.text else ()
        return frozenset(name.casefold() for name in names)

    def _hash(self, at: int) -> int:
        found = _HEADING.match(self.text, at)
        if found and self._prefix(at) is not None:
            self._add(line_start(self.text, at), line_end(self.text, at), "heading")
            return found.end()
        tag = TAG.match(self.text, at)
        if tag and is_tag(tag.group()[1:]) and (at == 0 or self.text[at - 1].isspace()):
            return self._add(at, tag.end(), "tag")
        return at + 1

    def _colon(self, at: int) -> int:
        if self.text.startswith("::", at):
            return self._field(at)
        scheme = _SCHEME.search(self.text[max(0, at - 32) : at])
        return self._url(at - len(scheme.group()), at + 3) if scheme else at + 3

    def _field(self, at: int) -> int:
        """The key of a Dataview field: from a line's start, or an opening bracket, up to ``::`` and a space."""
        if not self.text[at + 2 : at + 3].strip():
            before = self.text[max(0, at - _LOOK_BACK) : at]
            key = before[max(before.rfind(mark) for mark in "\n[(") + 1 :]
            if len(key) < _LOOK_BACK and _FIELD_KEY.fullmatch(key):
                self._add(at - len(key), at + 2, "mark")
        return at + 2

    def _www(self, at: int) -> int:
        if at and (self.text[at - 1].isalnum() or self.text[at - 1] in "/@."):
            return at + 4
        return self._url(at, at + 4)

    def _url(self, start: int, at: int) -> int:
        found = _URL_REST.match(self.text, at)
        rest = found.group().rstrip(".,;:!?*_~") if found else ""
        return self._add(start, at + len(rest), "url") if rest else at

    def _caret(self, at: int) -> int:
        found = _BLOCK_ID.match(self.text, at)
        if found and (at == 0 or self.text[at - 1].isspace()):
            return self._add(at, found.end(), "mark")
        return at + 1


class _Lists:
    """Whether an indented line goes on with a list. Asked in order of offsets; answers build on each other."""

    def __init__(self, text: str, body: int) -> None:
        self.text, self.known, self.answer = text, body, False

    def hold(self, start: int) -> bool:
        """Walk back over blank-separated chunks until one tells, or the last answer is reached."""
        at, answer = start, None
        while answer is None and at > self.known:
            end = self.known + len(self.text[self.known : at].rstrip())
            blank = self.text.rfind("\n\n", self.known, end)
            at = self.known if blank < 0 else blank + 2
            answer = self._tells(self.text[at:end])
        self.known, self.answer = start, self.answer if answer is None else answer
        return self.answer

    def _tells(self, chunk: str) -> bool | None:
        if any(_LIST_ITEM.match(line) for line in chunk.split("\n")):
            return True
        return None if chunk.startswith((" ", "\t")) or not chunk else False
