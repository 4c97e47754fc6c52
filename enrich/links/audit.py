"""The audit of a vault: links that lead nowhere and what they meant, notes nobody links to, notes worth writing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from enrich.text.span import Span
from enrich.vault.edit import Edit
from enrich.vault.note import Note
from enrich.vault.resolve import Resolver, loose
from enrich.vault.vault import Vault
from enrich.vault.wikilink import Wikilink

Breakage = Literal["nowhere", "not in Obsidian", "not on the site", "different notes", "draft"]
_SURE = frozenset({"case", "hyphen and space"})
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
    """What differs: ``hyphen and space``, ``case``, ``title or alias``, ``form of the link``; of a draft empty."""
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
        for link in _links(note)
        if loose(link.target) not in allowed and (broken := _judge(note, link, vault, resolver))
    )


def _links(note: Note) -> Iterator[Wikilink]:
    return (link for link in note.links if link.target and not link.in_front)


def _judge(note: Note, link: Wikilink, vault: Vault, resolver: Resolver) -> BrokenLink | None:
    there, online = resolver.obsidian(link.target, note.path), resolver.quartz(link.target, note.path)
    if there is not None and there == online:
        return None
    fault = _fault(there, online, vault)
    if fault == "draft":
        return BrokenLink(note.path, link.target, link.span, fault, there or "")
    if there is None:
        guess = resolver.guess(link.target)
        meant, how = (guess.note, guess.how) if guess else (None, "")
    else:
        meant = vault.by_path.get(there)
        how = "case" if meant and _is_case_alone(link.target, meant) else "form of the link"
    edit = _mend(note, link, meant, resolver) if meant and (how in _SURE or there) else None
    return BrokenLink(note.path, link.target, link.span, fault, meant.path if meant else "", how, edit)


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


def _mend(note: Note, link: Wikilink, meant: Note, resolver: Resolver) -> Edit | None:
    """The link with a target that both rules follow; heading, block and the words shown stay."""
    form = resolver.link_to(meant)
    if form is None:
        return None
    target, has_path, _ = form.partition("|")
    words = link.alias or (link.target.rpartition("/")[2] if has_path and not link.embed else "")
    place = f"#^{link.block}" if link.block else f"#{link.heading}" if link.heading else ""
    text = f"{'!' if link.embed else ''}[[{target}{place}{'|' + words if words else ''}]]"
    return Edit(link.span, text) if text != link.span.of(note.text) else None


def find_orphans(vault: Vault, resolver: Resolver) -> tuple[Note, ...]:
    """Notes that are no drafts and that no other note links to, by path."""
    linked = {
        target
        for note in vault.notes
        for link in _links(note)
        if link.makes_backlink and (target := resolver.obsidian(link.target, note.path)) != note.path
    }
    return tuple(note for note in vault.notes if not note.draft and note.path not in linked)


def find_unwritten(vault: Vault, resolver: Resolver, fewest: int = 2) -> tuple[Unwritten, ...]:
    """Names that at least ``fewest`` notes link to without a file behind them, the most linked first."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    for note in vault.notes:
        for link in _links(note):
            if not _is_missing(link, note, resolver):
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
