"""The plan: one Markdown file in the airlock that a person edits, an entry a source.

Everything of a page that stands in it went through `Plain`. `enrich.inbox.plan_row` reads it back.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from enrich.inbox.entry import Entry
from enrich.text.count import counted
from enrich.text.plain import Plain
from enrich.vault.link_text import LinkText


class Proposal(Struct, frozen=True):
    """What a plan says of an entry."""

    entry: Entry
    note_type: str
    title: str
    tags: Sequence[str]
    day: date
    folder: str
    """In the vault."""
    note_id: str
    estimate: str
    written: Sequence[tuple[date | None, LinkText]] = ()
    """Notes about it, in date order."""
    same_story: Sequence[str] = ()
    """Lines about other sources, or notes, that tell it."""
    warnings: Sequence[str] = ()


def write_plan(day: date, proposals: Sequence[Proposal], refused: Sequence[Entry], total: str) -> str:
    """The text of a plan."""
    title = f"inbox {day.isoformat()}"
    parts = [
        f"---\ntitle: {title}\ndraft: true\npublish: false\n---\n\n# {title}\n\n"
        "Tick what is to be drafted, change type, title, tags or date where they are wrong, save, and run\n"
        f"enrich inbox draft. {counted(len(proposals), 'entry', 'entries')}; {total}.\n"
    ]
    parts += map(_write, proposals)
    if refused:
        rows = "".join(f"- {row.number} {_address(row.url)}: {Plain(row.reason)}\n" for row in refused)
        parts.append(f"## not read\n\n{rows}")
    return "\n".join(parts)


def _write(row: Proposal) -> str:
    entry, source = row.entry, row.entry.source
    assert source is not None
    told = f"{source.site}, {source.published or 'date unknown'}, {counted(source.words, 'word')}"
    lines = [
        f"## {entry.number} {Plain(source.title)}",
        "",
        "- [ ] draft",
        f"- type: {row.note_type}",
        f"- title: {Plain(row.title)}",
        f"- tags: {', '.join(row.tags)}",
        f"- date: {row.day.isoformat()}",
        "",
        f"{Plain(told)}; {_address(source.url)}",
        f"It would be {row.note_id} in {Plain(row.folder)}; {row.estimate}.",
    ]
    if row.written:
        notes = " · ".join(f"[[{link}]]{f' ({day})' if day else ''}" for day, link in row.written)
        lines.append(f"You wrote about this: {notes}")
    lines += row.same_story
    lines += [f"Look at: {Plain(warning)}" for warning in row.warnings]
    return "\n".join(lines) + "\n"


def _address(url: str) -> Plain:
    """An address to read, not to follow: what a page says may not become a link."""
    return Plain(url.partition("://")[2] or url)
