"""Rules about links: the one that leads out, those into the vault, and what the tree repeats of them."""

import re
from collections.abc import Iterator
from functools import partial

from enrich.check.style.layout import Part, bullets
from enrich.check.style.prose import written_parts
from enrich.check.style.rule import Fault, Rule, Subject, outside, say
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType
from enrich.vault.wikilink import Link, MarkdownLink, name_of

_PLAIN_LINK = lazy_pattern(
    r"\[\[(?:(?P<stem>[^\[\]|#^/]+)|(?P<path>[^\[\]|#^]+/(?P<name>[^\[\]|#^/]+))\|(?P<alias>[^\[\]|#]+))\]\]"
)
NOTE_LINK = r"(?:\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]\((?:<[^<>\n]+>|[^\s()<>:]+)\))"
"""A link to a note, in either form."""
_LABELS_THAT_NAME_NOBODY = frozenset({"source", "link", "here", "article", "post", "news", "via", "website"})
_LABEL_WORDS = (1, 5)
"""Existing labels have 1 to 3 words; some names have more. A sentence is no name."""


def see_also(subject: Subject) -> Iterator[Fault]:
    """M11."""
    layout, count = subject.layout, subject.note_type.see_also
    if not count or layout.title is None:
        return
    pattern = r"\n\n\*see also:\* " + r" · ".join([NOTE_LINK] * count) + r"\n\n(?=\S)"
    if not re.match(pattern, layout.text[layout.title.span.end :]):
        message = f"under the title must stand one line '*see also:*' with {count} links, ' · ' between them"
        yield Fault("see also", message, layout.see_also or layout.title.span)


def citation(subject: Subject) -> Iterator[Fault]:
    """M13."""
    links = subject.layout.links
    cited = next((part for section, part in written_parts(subject) if section.citation), None)
    if cited is None:
        return
    if len(links) != 1:
        yield Fault(
            cited.name, f"{counted(len(links), 'link')} to the web, not 1", links[1].span if links else cited.body
        )
    for link in links[:1]:
        if not cited.body.start <= link.span.start < cited.body.end:
            yield Fault(cited.name, f"the link to {link.address} stands outside of the {cited.name}", link.span)
        if not link.address.startswith(("https://", "http://")):
            yield Fault(cited.name, f"{link.address} is no web address", link.span)
        if not _names_publisher(link.label):
            yield Fault(cited.name, f"the link's label {link.label!r} does not name the publisher", link.span)


def _names_publisher(label: str) -> bool:
    """Whether the label can be a name: `arXiv`, `gazette.example` and `The New York Times` can, `the source` cannot."""
    if label.lower() in _LABELS_THAT_NAME_NOBODY or "://" in label or outside(len(label.split()), _LABEL_WORDS):
        return False
    return not label.islower() or re.search(r"[.\d]", label) is not None


def plain_links(subject: Subject) -> Iterator[Fault]:
    """M24."""
    for link in subject.layout.wikilinks:
        written = link.span.of(subject.text).removeprefix("!")
        found = _PLAIN_LINK.fullmatch(written)
        inner = written[2:-2]
        if found is None or (found["path"] and found["alias"] != found["name"]) or inner != inner.strip():
            yield Fault("note", f"{written} is not a plain link: write [[stem]] or [[path/stem|stem]]", link.span)


def unresolved(subject: Subject) -> Iterator[Fault]:
    """M26."""
    if subject.resolves is None:
        return
    seen = set(subject.allow_unresolved)
    for link in subject.layout.note_links:
        if link.target in seen or not link.target:
            continue
        seen.add(link.target)
        # The site reads an address as it stands: it may lead to one of its own pages.
        readers = ("Obsidian",) if isinstance(link, MarkdownLink) else ("Obsidian", "Quartz")
        found = subject.resolves(link.target)
        if missing := [name for name, is_found in zip(readers, found, strict=False) if not is_found]:
            yield Fault("note", f"[[{link.target}]] leads to no note in {' or '.join(missing)}", link.span)


def relation_first(section: SectionType, subject: Subject) -> Iterator[Fault]:
    """M17 where the table says so: no link opens an item. That there are links is counted by `wikilink_count`."""
    part = subject.layout.part(section.heading or "lead")
    if part is None:
        return
    for number, span in enumerate(bullets(subject.text, part.body), 1):
        if any(link.span.start == span.start + 2 for link in subject.layout.note_links_in(span)):
            yield Fault(part.name, f"bullet {number} of {part.name} starts with a link: say the relation first", span)


def wikilink_count(section: SectionType, subject: Subject) -> Iterator[Fault]:
    """The rule that counts a section's wikilinks: S1, S4, or the section's own must rule."""
    part = subject.layout.part(section.heading or "lead")
    if part is None or section.wikilinks is None:
        return
    count = len(subject.layout.note_links_in(part.body))
    if outside(count, section.wikilinks):
        yield Fault(
            part.name, f"{part.name} has {counted(count, 'wikilink')}; allowed are {say(section.wikilinks)}", part.body
        )


def one_link_a_bullet(subject: Subject) -> Iterator[Fault]:
    """S2."""
    for part, span, links in _linked_bullets(subject):
        if len(links) > 1:
            yield Fault(part.name, f"a bullet of {part.name} has {len(links)} wikilinks, not 1", span)


def one_bullet_without(subject: Subject) -> Iterator[Fault]:
    """S3."""
    found: dict[str, list[bool]] = {}
    for part, _, links in _linked_bullets(subject):
        found.setdefault(part.name, []).append(bool(links))
    for name, linked in found.items():
        if len(linked) > 1 and all(linked):
            yield Fault(name, f"all {len(linked)} bullets of {name} have a wikilink; one without gives room")


def _linked_bullets(subject: Subject) -> Iterator[tuple[Part, Span, tuple[Link, ...]]]:
    for section, part in written_parts(subject):
        if section.shape == "bullets" and section.links_rule:
            for span in bullets(subject.text, part.body):
                yield part, span, subject.layout.note_links_in(span)


def related(subject: Subject) -> Iterator[Fault]:
    """S6."""
    layout = subject.layout
    tree = next(
        (layout.part(section.heading) for section in subject.note_type.sections if section.shape == "tree"), None
    )
    if tree is None:
        return
    shown = [link.target for link in layout.note_links_in(tree.body)]
    skipped = (*tree.body, *(layout.see_also or (0, 0)))
    prose = {name_of(link).casefold() for link in layout.note_links if not _within(link.span.start, skipped)}
    if len(shown) < 2:
        yield Fault(
            tree.name, f"the linkage tree relates {counted(len(shown), 'note')}; 2 or more are usual", tree.body
        )
    for target in shown:
        if prose.isdisjoint((target.casefold(), target.rpartition("/")[2].casefold())):
            yield Fault(tree.name, f"[[{target}]] stands in the linkage tree, but not in the prose", tree.body)


def _within(offset: int, bounds: tuple[int, ...]) -> bool:
    return bounds[0] <= offset < bounds[1] or bounds[2] <= offset < bounds[3]


RULES = (
    Rule("M11", "the see-also line stands right under the title", see_also, of_shape=True),
    Rule("M13", "one link leads out of the vault: the publisher's, in the section that cites", citation, of_shape=True),
    Rule("M24", "wikilinks are plain: [[stem]], or [[path/stem|stem]] where the stem is not unique", plain_links),
    Rule("M26", "every link leads to a note, in Obsidian and in Quartz", unresolved),
    Rule("S2", "a bullet has one wikilink at most", one_link_a_bullet, of_shape=True),
    Rule("S3", "one bullet has no wikilink", one_bullet_without, of_shape=True),
    Rule("S6", "the linkage tree repeats two or more links of the prose", related, of_shape=True),
)


def link_rules(note_type: NoteType) -> Iterator[Rule]:
    """The rules about wikilinks that the rows of the type's table name."""
    for section in note_type.sections:
        if section.links_rule:
            reason = f"no bullet of {section.name} starts with a wikilink"
            yield Rule(section.links_rule, reason, partial(relation_first, section), of_shape=True)
        if section.wikilinks_rule not in ("", section.rule) and section.wikilinks:
            reason = f"{section.name} has {say(section.wikilinks)} wikilinks"
            yield Rule(section.wikilinks_rule, reason, partial(wikilink_count, section), of_shape=True)
