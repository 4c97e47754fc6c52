"""Where a note keeps its links: lists of them, rows of them, and the headings that they stand under."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Contents, Heading, read_contents
from enrich.vault.wikilink import Link, MarkdownLink, in_order
from enrich.vault.zones import front_matter_end, line_end, line_start, scan_zones

_LINK = "\x00"
"""Stands for a link in a line's form."""
_ITEM = lazy_pattern(
    rf"(?P<marker>[ \t>]*(?:[-*+]|(?P<number>\d{{1,6}})(?P<dot>[.)]))[ \t]+){_LINK}(?:[ \t]*[-–—:,;(·|.].*)?"
)
_ROW = lazy_pattern(rf"(?P<label>[*_]*[^\W\d_][\w ]{{0,40}}[*_]*:[*_]*[ \t]+)?{_LINK}(?:[ \t]*[,;·•|/]?[ \t]*{_LINK})*")
NAMES = frozenset(
    """related|related notes|related pages|related topics|related links|see also|see|links|further reading|connections
    |backlinks|siehe auch|verwandt|verwandte notizen|voir aussi|liens|véase también|enlaces|vedi anche|collegamenti
    |veja também|zie ook|se även|zobacz też|viz též|см. также|ссылки|связанные заметки|相关|相关笔记|相关链接|参见|关联
    |関連|関連項目|関連ノート|관련|관련 노트|같이 보기""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""What such a list is called where notes tell nothing else; in lower case."""


class ListHeading(Struct, frozen=True):
    """A heading of lists of links."""

    name: str = "related"
    level: int = 2

    @property
    def line(self) -> str:
        """As it is written."""
        return f"{'#' * self.level} {self.name}"


RELATED = ListHeading()
"""Where neither a setting nor a habit names another."""


class LinkLine(Struct, frozen=True):
    """A line that consists of links: an item of a list, or a row."""

    span: Span
    """Without its line end."""
    last: Span
    """Its last link."""
    before: str
    """What stands before the first link: the item's marker, or the row's label."""
    gap: str
    """What stands between the last two links of a row; empty for one link and for an item."""
    is_item: bool
    next_marker: str
    """What a further item begins with."""


class Section(Struct, frozen=True):
    """A heading with what follows it up to the next heading."""

    heading: ListHeading
    body: Span


class LinkLists(Struct, frozen=True):
    """The lines of a note that consist of links, and its sections, in order."""

    rows: tuple[LinkLine, ...]
    sections: tuple[Section, ...]

    def of(self, section: Section) -> list[LinkLine]:
        """The lines that stand in a section."""
        return [row for row in self.rows if section.body.start <= row.span.start < section.body.end]


@lru_cache(maxsize=8)
def find_lists(text: str) -> LinkLists:
    """What `read_lists` says of a text of which nothing is known yet."""
    return read_lists(text, read_contents(text, scan_zones(text), front_matter_end(text)))


def read_lists(text: str, contents: Contents) -> LinkLists:
    """The lines and sections of a text of which ``contents`` are known."""
    lines: dict[int, list[Link]] = {}
    for link in in_order(contents.wikilinks, contents.markdown_links):
        if not link.embed and _is_in_prose(link):
            lines.setdefault(line_start(text, link.span.start), []).append(link)
    rows = (_read_row(text, start, links) for start, links in lines.items())
    return LinkLists(tuple(filter(None, rows)), tuple(_sections_of(text, contents.headings)))


def _is_in_prose(link: Link) -> bool:
    return not link.is_definition if isinstance(link, MarkdownLink) else link.makes_backlink


def _read_row(text: str, start: int, links: Sequence[Link]) -> LinkLine | None:
    end = line_end(text, start)
    if links[-1].span.end > end:
        return None
    form, at = "", start
    for link in links:
        form, at = form + text[at : link.span.start] + _LINK, link.span.end
    form = (form + text[at:end]).rstrip()
    span, last = Span(start, start + len(text[start:end].rstrip())), links[-1].span
    before = text[start : links[0].span.start]
    if item := _ITEM.fullmatch(form):
        number, dot = item["number"], item["dot"]
        marker = item["marker"] if number is None else item["marker"].replace(number + dot, f"{int(number) + 1}{dot}")
        return LinkLine(span, last, before, "", True, marker)
    if _ROW.fullmatch(form):
        gap = text[links[-2].span.end : last.start] if len(links) > 1 else ""
        return LinkLine(span, last, before, gap, False, "")
    return None


def _sections_of(text: str, headings: Sequence[Heading]) -> Iterator[Section]:
    for here, after in zip(headings, [*headings[1:], None], strict=True) if headings else ():
        body = min(line_end(text, here.span.end) + 1, len(text))
        end = line_start(text, after.span.start) if after else len(text)
        yield Section(ListHeading(here.text, here.level), Span(body, max(body, end)))


def is_list_of_links(text: str, section: Section, rows: Sequence[LinkLine]) -> bool:
    """Whether nothing but ``rows``, which stand in it, is in the section."""
    left, at = "", section.body.start
    for row in rows:
        left, at = left + text[at : row.span.start], row.span.end
    return bool(rows) and not (left + text[at : section.body.end]).strip(" \t\r\n#-")


def bare_name(heading: str) -> str:
    """A heading's or a label's name as it is compared: ``*See also:*`` and ``see also`` are one."""
    return heading.strip(" \t*_").rstrip(":*_ ").casefold()
