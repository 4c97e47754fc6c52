"""The audit of a vault: links that lead nowhere and what they meant, notes nobody links to, notes worth writing."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from enrich.links.kept import find_made
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.note import Note
from enrich.vault.place_in_note import has_place
from enrich.vault.resolve import Resolver, loose
from enrich.vault.vault import Vault
from enrich.vault.wikilink import Link, MarkdownLink, Wikilink, block_of, find_links

Breakage = Literal[
    "nowhere", "not in Obsidian", "not on the site", "different notes", "draft", "no such heading", "no such block"
]  # fmt: skip
_SURE = frozenset({"case", "hyphen and space", "form of the link"})
"""Differences that leave no doubt which note was meant."""


@dataclass(frozen=True)
class BrokenLink:
    """A link that does not lead to one published note under both rules."""

    path: str
    """The note that it stands in."""
    target: str
    """As it is written."""
    span: Span
    fault: Breakage
    meant: str = ""
    """The path of the note that it was probably meant for; empty when nothing comes close."""
    how: str = ""
    """What differs, as `Resolver.guess` says it; ``form of the link``, ``no such heading``; of a draft empty."""
    edit: Edit | None = None
    """What mends it, when it is sure."""


@dataclass(frozen=True)
class Unwritten:
    """A name that notes link to and that no note has."""

    name: str
    """The most frequent spelling."""
    links: int
    notes: tuple[str, ...]
    """Paths of the notes that link to it."""


def find_broken(vault: Vault, resolver: Resolver, concepts: Collection[str] = ()) -> tuple[BrokenLink, ...]:
    """Every link that breaks under a rule, by path and place; ``concepts`` have no note on purpose."""
    allowed = {loose(concept) for concept in concepts}
    return tuple(
        broken
        for note in vault.notes
        for link in note.every_link
        if loose(link.target) not in allowed and (broken := _judge(note, link, vault, resolver))
    )


def _judge(note: Note, link: Link, vault: Vault, resolver: Resolver) -> BrokenLink | None:
    if not link.target:
        return _judge_place(note, link, note)
    there = resolver.obsidian(link.target, note.path)
    online = there if _is_for_obsidian_alone(link) else resolver.quartz(link.target, note.path)
    fault = _fault(there, online, vault)
    if there is not None and there == online:
        return _judge_place(note, link, vault.by_path.get(there))
    if isinstance(link, MarkdownLink) and (there is not None or _leads_to_no_note(link.target)):
        return None
    if fault == "draft":
        return BrokenLink(note.path, link.target, link.span, fault, there or "")
    if there is None:
        guess = resolver.guess(link.target)
        meant, how = (guess.note, guess.how) if guess else (None, "")
    else:
        meant = vault.by_path.get(there)
        how = "case" if meant and _is_case_alone(link.target, meant) else "form of the link"
    if meant is None or meant is note:  # no link is ever meant for the note that it stands in
        return BrokenLink(note.path, link.target, link.span, fault)
    if not has_place(meant, link):
        how = "no such heading"
    edit = _mend(note, link, meant, resolver) if how in _SURE else None
    return BrokenLink(note.path, link.target, link.span, fault, meant.path, how, edit)


def _judge_place(note: Note, link: Link, target: Note | None) -> BrokenLink | None:
    """The link to ``target`` as broken where that has not the heading or the block."""
    if target is None or has_place(target, link):
        return None
    block = block_of(link)
    fault: Breakage = "no such block" if block else "no such heading"
    return BrokenLink(note.path, f"{link.target}#{f'^{block}' if block else link.heading}", link.span, fault)


def _is_for_obsidian_alone(link: Link) -> bool:
    """Whether the site makes no link of it, so that only Obsidian's rule counts: a property."""
    return isinstance(link, Wikilink) and link.in_front


def _leads_to_no_note(target: str) -> bool:
    """Whether an address is a page of the site, a folder or another file: who wrote it may know better."""
    name = target.rpartition("/")[2]
    return target.startswith("/") or not name or ("." in name and name[-3:].lower() != ".md")


def _is_case_alone(target: str, meant: Note) -> bool:
    """Whether the link is the note's name in other capitals."""
    return target != meant.stem and target.casefold() == meant.stem.casefold()


def _fault(there: str | None, online: str | None, vault: Vault) -> Breakage:
    if there is None:
        return "nowhere" if online is None else "not in Obsidian"
    note = vault.by_path.get(there)
    if note is not None and (note.draft or not note.published):
        return "draft"
    return "not on the site" if online is None else "different notes"


def _mend(note: Note, link: Link, meant: Note, resolver: Resolver) -> Edit | None:
    """The link with a target that both rules follow; heading, block and the words shown stay.

    None for a link in Markdown's form or in a property, for one with a sign that a link drops (``[[C#]]``), and where
    any other link of the note would be lost or changed.
    """
    form = resolver.link_to(meant)
    if form is None or isinstance(link, MarkdownLink) or link.in_front:
        return None
    written = link.span.of(note.text)
    place = f"#^{link.block}" if link.block else f"#{link.heading}" if link.heading else ""
    if "#" in written.partition("|")[0] and not place:
        return None
    target, has_path, _ = form.partition("|")
    bar = "\\|" if "\\|" in written else "|"
    words = link.alias or (link.target.rpartition("/")[2] if has_path and not link.embed else "")
    edit = Edit(link.span, f"{'!' if link.embed else ''}[[{target}{place}{bar + words if words else ''}]]")
    made = find_made(note.every_link, find_links(apply_edits(note.text, [edit])), [edit])
    return edit if edit.text != written and made is not None and [one.target for one in made] == [target] else None


def find_orphans(vault: Vault, resolver: Resolver) -> tuple[Note, ...]:
    """Notes that are no drafts and that no other note links to, embeds or names in a property, by path."""
    linked = {
        target
        for note in vault.notes
        for link in note.every_link
        if not (isinstance(link, Wikilink) and link.in_html)
        and (target := resolver.obsidian(link.target, note.path)) != note.path
    }
    return tuple(note for note in vault.notes if not note.draft and note.path not in linked)


def find_unwritten(vault: Vault, resolver: Resolver, fewest: int = 2) -> tuple[Unwritten, ...]:
    """Names that at least ``fewest`` notes link to without a file behind them, the most linked first."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    for note in vault.notes:
        for link in note.links:
            if not link.target or link.in_front or not _is_missing(link, note, resolver):
                continue
            name = loose(link.target.rpartition("/")[2])
            spellings[name][link.target] += 1
            sources[name].add(note.path)
    found = [
        Unwritten(counts.most_common(1)[0][0], counts.total(), tuple(sorted(sources[name])))
        for name, counts in spellings.items()
        if name and len(sources[name]) >= fewest
    ]
    return tuple(sorted(found, key=lambda unwritten: (-len(unwritten.notes), -unwritten.links, unwritten.name)))


def _is_missing(link: Wikilink, note: Note, resolver: Resolver) -> bool:
    """Whether no note has the name, not even nearly; a link to a picture is no wish for a note."""
    if link.embed or resolver.obsidian(link.target, note.path) is not None:
        return False
    return resolver.guess(link.target) is None
