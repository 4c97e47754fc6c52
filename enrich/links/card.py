"""A card: what the link index knows of one note, read in one quick pass.

The reader here is not `enrich.vault.note`: it sees every note of a vault of 100,000, so it takes the few front matter
keys that the ranking uses line by line, without a YAML parser, and never fails.
"""

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from enrich.vault.zones import Backticks, line_end

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:^|\n)---[ \t]*(?:\r?\n|\Z)", re.S)
_FRONT_LINE = re.compile(r"^(\w[\w -]*+)[^\S\n]*+:(?:[^\S\n]+(.*)|\r?)$|^[^\S\n]*-[^\S\n]+(.*)$", re.M)
_CODE = re.compile(r"(?P<fence>^(?:`{3,}+|~{3,}+)(?=[^\n]*\n))|<!--|%%|`+", re.M)
"""What can open code or a comment."""
_COMMENTS = {"<!--": "-->", "%%": "%%"}
_CODE_MARKS = ("`", "~~~", "<!--", "%%")
_LINK = re.compile(  # starts with a plain character, which is what a scan over a whole vault is fast at
    r"\[(?:\[([^\[\]|\n]*?)(?:\\?\|([^\[\]\n]*))?\]\]"
    r'|([^\[\]\n]*)\]\((<[^<>\n]++>|[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"\n]*")?\))'
)
_OUTSIDE = re.compile(r"\w[\w+.-]*:|#|//")
_NOISE = re.compile(r"https?://\S+|<[^<>]*>")
_INLINE_TAG = re.compile(r"#(?<![\w/&#]#)([^\W\d][\w/-]*)")
_HEADING = re.compile(r"\n#{2,6}[ \t]+(\S.*)")
_DEEPEST_TAG = 20
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CREATED = ("created", "created-at", "date", "date created", "datepublished", "collectiondate")
_UPDATED = ("updated", "modified", "date modified")

Front = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it stands in a note: what it points to, the words it shows, and where they are in the spoken note."""

    target: str
    words: str = ""
    start: int = 0
    end: int = 0
    """0 unless `speak` found the link."""


@dataclass(frozen=True, slots=True)
class Card:
    """One note as the ranking sees it. Dates are day numbers (`date.toordinal`), 0 where unknown."""

    path: str
    title: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    """In lower case, with the parents of nested ones: ``a/b`` gives ``a`` and ``a/b``."""
    keywords: tuple[str, ...]
    description: str
    created: int
    updated: int
    draft: bool
    headings: tuple[str, ...]
    front_keys: str
    anchors: tuple[Anchor, ...]
    prose: str
    """The text without links: what a new draft looks like before anyone has linked it."""

    @property
    def stem(self) -> str:
        """The file's name without ``.md``."""
        return posixpath.basename(self.path)[:-3]

    @property
    def folder(self) -> str:
        """The note's folder in the vault; empty at the top."""
        return posixpath.dirname(self.path)

    @property
    def names(self) -> tuple[str, ...]:
        """What the note is called: title, stem and aliases, each once."""
        return tuple(dict.fromkeys((self.title, self.stem, *(alias.lstrip("#") for alias in self.aliases))))


def read_card(path: str, text: str) -> Card:
    """The card of the note at ``path`` (in the vault, with ``.md``) that holds ``text``."""
    body_start, front = _read_front(text)
    body = text[body_start:]
    if any(mark in body for mark in _CODE_MARKS):
        body = _without_code(body)
    prose, anchors = _without_links(body)
    folder, stem = posixpath.dirname(path), posixpath.basename(path)[:-3]
    named_by_folder = stem in ("index", "_index") and folder
    return Card(
        path=path,
        title=_first(front, "title") or (posixpath.basename(folder) if named_by_folder else stem),
        aliases=tuple(alias for key in ("aliases", "alias") for alias in front.get(key, ()) if alias),
        tags=_nested(_front_tags(front) + (_INLINE_TAG.findall(prose) if "#" in prose else [])),
        keywords=tuple(word.lower() for word in front.get("keywords", ()) if word),
        description=_first(front, "description", "desc"),
        created=_first_day(front, _CREATED) or _day(stem),
        updated=_first_day(front, _UPDATED),
        draft=_first(front, "draft").lower() == "true",
        headings=tuple(heading.rstrip().lower() for heading in _HEADING.findall("\n" + prose)),
        front_keys=",".join(sorted(front)),
        anchors=(*_front_anchors(text[:body_start]), *anchors),
        prose=prose,
    )


def _read_front(text: str) -> tuple[int, Front]:
    """Where the body starts, and the values of each key: a subset of YAML that reads what notes have in practice."""
    found = _FRONT.match(text) if text.startswith(("---", "\ufeff---")) else None
    if not found:
        return 0, {}
    front: Front = {}
    values: list[str] = []
    for key, value, item in _FRONT_LINE.findall(found[1]):
        if key:
            values = front[key.rstrip().lower()] = _values(value.strip())
        else:
            values.append(_unquote(item))
    return found.end(), front


def _values(value: str) -> list[str]:
    if value.startswith("[") and not value.startswith("[["):
        return [_unquote(part) for part in value.strip("[]").split(",") if part.strip()]
    return [_unquote(value)] if value else []


def _unquote(value: str) -> str:
    return value.strip().strip("\"'")


def _first(front: Front, *keys: str) -> str:
    return next((value for key in keys for value in front.get(key, ()) if value), "")


def _first_day(front: Front, keys: tuple[str, ...]) -> int:
    return next((day for key in keys for value in front.get(key, ()) if (day := _day(value))), 0)


def _day(value: str) -> int:
    found = _DATE.search(value)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).toordinal() if found else 0
    except ValueError:
        return 0


def _front_tags(front: Front) -> list[str]:
    values = [value for key in ("tags", "tag") for value in front.get(key, ())]
    if len(values) == 1:
        values = re.split(r"[,\s]+", values[0])
    return [value for value in values if value]


def _nested(tags: list[str]) -> tuple[str, ...]:
    every: dict[str, None] = {}
    for tag in tags:
        whole = tag.lstrip("#").lower()
        parts = whole.split("/", _DEEPEST_TAG)
        every.update(dict.fromkeys("/".join(parts[:depth]) for depth in range(1, len(parts))))
        every[whole] = None
    return tuple(every)


def _without_code(body: str) -> str:
    """The body with a space for each fenced block, comment and code between backticks; what is not closed stays.

    A fence that is not closed runs to the end.
    """
    ticks = Backticks(body)
    last = {opener: body.rfind(closer) for opener, closer in _COMMENTS.items()}
    kept: list[str] = []
    at = 0
    while found := _CODE.search(body, at):
        opener, after = found[0], found.end()
        if opener in _COMMENTS:
            end = body.index(_COMMENTS[opener], after) + len(_COMMENTS[opener]) if last[opener] >= after else 0
        elif found["fence"]:
            end = _fence_end(body, opener, after)
        else:
            end = ticks.end_of_next(len(opener), after, line_end(body, after))
        kept += (body[at : found.start()], " ") if end else (body[at:after],)
        at = end or after
    return "".join((*kept, body[at:]))


def _fence_end(body: str, opener: str, after: int) -> int:
    closer = re.compile(rf"^{re.escape(opener)}[`~]*[ \t]*$", re.M).search(body, body.index("\n", after) + 1)
    return closer.end() if closer else len(body)


def _front_anchors(front: str) -> list[Anchor]:
    if "[[" not in front:
        return []
    return [Anchor(found[1].strip()) for found in _LINK.finditer(front) if found[1]]


def _without_links(body: str) -> tuple[str, tuple[Anchor, ...]]:
    """The prose with links cut out; words that only the link shows (an alias that is no name) stay."""
    anchors: list[Anchor] = []

    def replace(found: re.Match[str]) -> str:
        target, shown, own_words = _target_and_words(found)
        if target:
            anchors.append(Anchor(target, shown))
        return f" {shown} " if own_words else " | "

    prose = _LINK.sub(replace, body) if "[" in body else body
    return _NOISE.sub(" ", prose) if "<" in prose or "://" in prose else prose, tuple(anchors)


def speak(text: str) -> tuple[str, tuple[Anchor, ...]]:
    """The note with each link as the words it shows, and where those stand: a draft in which nothing is linked yet."""
    parts: list[str] = []
    anchors: list[Anchor] = []
    at = size = 0
    for found in _LINK.finditer(text):
        target, shown, _ = _target_and_words(found)
        if not target:
            continue
        parts += (text[at : found.start()], shown)
        size += found.start() - at
        anchors.append(Anchor(target, shown, size, size + len(shown)))
        size += len(shown)
        at = found.end()
    parts.append(text[at:])
    return "".join(parts), tuple(anchors)


def _target_and_words(found: re.Match[str]) -> tuple[str, str, bool]:
    """Where a link points (empty: nowhere in the vault), the words it shows, whether they are the author's own."""
    embedded = found.string.startswith("!", found.start() - 1) if found.start() else False
    if found[4] is not None:
        address = found[4].strip("<>")
        if embedded or _OUTSIDE.match(address):
            return "", "" if embedded else found[3], not embedded
        return unquote(address), found[3], False
    target, alias = found[1].strip(), (found[2] or "").strip()
    if embedded:
        return "", "", False
    name = target.partition("#")[0].rpartition("/")[2]
    return target, alias or name or target, bool(alias) and loose_name(alias) != loose_name(name)


def loose_name(name: str) -> str:
    """``Foo_Bar-baz`` as ``foo bar baz``: the loosest way in which two names are the same."""
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
