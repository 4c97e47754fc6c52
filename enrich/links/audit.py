"""The audit of a vault: links that lead nowhere and what they meant, notes nobody links to, notes worth writing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from enrich.links.kept import find_made
from enrich.links.markdown_form import encode
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.canvas import Canvas
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.note import Note
from enrich.vault.place_in_note import has_place
from enrich.vault.resolve import Resolver, loose
from enrich.vault.vault import Vault
from enrich.vault.wikilink import Link, MarkdownLink, Wikilink, address_span, block_of, find_links

Breakage = Literal[
    "nowhere", "not in Obsidian", "not on the site", "different notes", "draft", "no such heading", "no such block"
]  # fmt: skip
_SURE = frozenset({"case", "hyphen and space", "form of the link"})
"""Differences that leave no doubt which note was meant."""
_IS_PLAIN = lazy_pattern(r"[\w ./|-]+")
"""Names that a property can hold however it is quoted."""


class BrokenLink(Struct, frozen=True):
    """A link that does not lead to one published note under both rules."""

    path: str
    """The note, or the canvas, that it stands in."""
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
    others: tuple[str, ...] = ()
    """Paths of further notes that it may have been meant for."""


class Unwritten(Struct, frozen=True):
    """A name that notes link to and that no note has."""

    name: str
    """The most frequent spelling."""
    links: int
    notes: tuple[str, ...]
    """Paths of the notes that link to it."""


def find_broken(
    vault: Vault, resolver: Resolver, concepts: Collection[str] = (), canvases: Iterable[Canvas] = ()
) -> tuple[BrokenLink, ...]:
    """Every link that breaks under a rule, by path and place; ``concepts`` have no note on purpose."""
    allowed = {loose(concept) for concept in concepts}
    in_notes = (_judge(note, link, vault, resolver) for note in vault.notes for link in note.every_link)
    on_canvases = (_judge_card(canvas, link, vault, resolver) for canvas in canvases for link in canvas.links)
    return tuple(
        broken for broken in (*in_notes, *on_canvases) if broken is not None and loose(broken.target) not in allowed
    )


def _judge(note: Note, link: Link, vault: Vault, resolver: Resolver) -> BrokenLink | None:
    if not link.target:
        return _judge_place(note.path, link, note)
    there = resolver.obsidian(link.target, note.path)
    online = there if _is_for_obsidian_alone(link) else resolver.quartz(link.target, note.path)
    fault = _fault(there, online, vault)
    if there is not None and there == online:
        return _judge_place(note.path, link, vault.by_path.get(there))
    if isinstance(link, MarkdownLink) and (there is not None or not link.may_be_note):
        return None  # what is no note is for its writer to know
    if fault == "draft":
        return BrokenLink(note.path, link.target, link.span, fault, there or "")
    broken = BrokenLink(note.path, link.target, link.span, fault)
    if there is None:
        return _with_guess(broken, note, link, resolver)
    meant = vault.by_path.get(there)
    if meant is None or meant is note:  # no link is ever meant for the note that it stands in
        return broken
    how = "case" if _is_case_alone(link.target, meant) else "form of the link"
    if not has_place(meant, link):
        how = "no such heading"
    edit = _mend(note, link, meant, resolver) if how in _SURE else None
    return replace(broken, meant=meant.path, how=how, edit=edit)


def _with_guess(broken: BrokenLink, note: Note, link: Link, resolver: Resolver) -> BrokenLink:
    """The link that leads nowhere, with what it was probably meant for; mended where only one note remains."""
    guess = resolver.guess(link.target)
    near = [one for one in (guess.note, *guess.others) if one is not note] if guess else []
    if guess is None or not near:
        return broken
    meant, others = near[0], tuple(one.path for one in near[1:])
    if len(near) > 1:
        how = "several notes"
    elif not has_place(meant, link):
        how = "no such heading"
    else:
        how = guess.how
    edit = _mend(note, link, meant, resolver) if how in _SURE and not guess.others else None
    return replace(broken, meant=meant.path, how=how, edit=edit, others=others)


def _judge_card(canvas: Canvas, link: Link, vault: Vault, resolver: Resolver) -> BrokenLink | None:
    """A link of a canvas, which is Obsidian's alone and mended by nobody else."""
    there = resolver.obsidian(link.target, canvas.path)
    if there is not None:
        broken = _judge_place(canvas.path, link, vault.by_path.get(there))
    elif isinstance(link, MarkdownLink) and not link.may_be_note:
        broken = None
    else:
        broken = BrokenLink(canvas.path, link.target, link.span, "nowhere")
    return broken


def _judge_place(path: str, link: Link, target: Note | None) -> BrokenLink | None:
    """The link to ``target`` as broken where that has not the heading or the block."""
    if target is None or has_place(target, link):
        return None
    block = block_of(link)
    fault: Breakage = "no such block" if block else "no such heading"
    return BrokenLink(path, f"{link.target}#{f'^{block}' if block else link.heading}", link.span, fault)


def _is_for_obsidian_alone(link: Link) -> bool:
    """Whether the site makes no link of it, so that only Obsidian's rule counts: a property."""
    return isinstance(link, Wikilink) and link.in_front


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
    """The link with a target that leads to ``meant``; heading, block and the words shown stay.

    None for one with a sign that a link drops (``[[C#]]``), and where any other link of the note would be lost or
    changed.
    """
    if isinstance(link, MarkdownLink):
        edit, target = _new_address(note, link, meant)
        if resolver.obsidian(target, note.path) != meant.path:
            return None
    else:
        form = resolver.link_to(meant)
        edit, target = _new_wikilink(note, link, form or "")
        if not form or (link.in_front and not _IS_PLAIN.fullmatch(form)):
            return None
    if edit.text == edit.span.of(note.text):
        return None
    made = make_links(note, [edit])
    return edit if made is not None and [one.target for one in made] == [target] else None


def make_links(note: Note, edits: Collection[Edit]) -> list[Link] | None:
    """The links that ``edits`` make of the note's; None where any other of its links would be lost or changed."""
    return find_made(note.every_link, find_links(apply_edits(note.text, edits)), edits)


def _new_wikilink(note: Note, link: Wikilink, form: str) -> tuple[Edit, str]:
    """The link as ``form`` is written, and its target; the edit changes nothing where a place would be lost."""
    written = link.span.of(note.text)
    place = f"#^{link.block}" if link.block else f"#{link.heading}" if link.heading else ""
    target, has_path, _ = form.partition("|")
    if "#" in written.partition("|")[0] and not place:
        return Edit(link.span, written), target
    bar = "\\|" if "\\|" in written else "|"
    words = link.alias or (link.target.rpartition("/")[2] if has_path and not link.embed else "")
    return Edit(link.span, f"{'!' if link.embed else ''}[[{target}{place}{bar + words if words else ''}]]"), target


def _new_address(note: Note, link: MarkdownLink, meant: Note) -> tuple[Edit, str]:
    """The address with the file's right name in the form that it has: folder, ending and heading stay."""
    span = address_span(note.text, link)
    folder, slash, name = span.of(note.text).partition("#")[0].rpartition("/")
    ending = name[-3:] if name[-3:].lower() == ".md" else ""
    in_brackets = note.text[span.start - 1 : span.start] == "<"
    at = span.start + len(folder + slash)
    new = meant.stem + ending
    target = link.target[: link.target.rfind("/") + 1] + new
    return Edit(Span(at, at + len(name)), new if in_brackets else encode(new)), target


def find_orphans(vault: Vault, resolver: Resolver, canvases: Iterable[Canvas] = ()) -> tuple[Note, ...]:
    """Notes that are no drafts and that no other note or canvas links to, embeds or names in a property, by path.

    What a draft links to is still to be reviewed, and counts for nothing.
    """
    linked = {
        target
        for path, link in _every_link(vault, canvases)
        if not (isinstance(link, Wikilink) and link.in_html)
        and (target := resolver.obsidian(link.target, path)) != path
    }
    return tuple(note for note in vault.notes if not note.draft and note.path not in linked)


def _every_link(vault: Vault, canvases: Iterable[Canvas]) -> Iterator[tuple[str, Link]]:
    """Each link with the path of what it stands in; drafts left out."""
    yield from ((note.path, link) for note in vault.notes if not note.draft for link in note.every_link)
    yield from ((canvas.path, link) for canvas in canvases for link in canvas.links)


def find_unwritten(vault: Vault, resolver: Resolver, fewest: int = 2) -> tuple[Unwritten, ...]:
    """Names that at least ``fewest`` notes, no drafts, link to without a file behind them, the most linked first."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    for note in (note for note in vault.notes if not note.draft):
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
