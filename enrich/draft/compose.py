"""Compose a note: checked sections and their context become the text of a file in the house style."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.evidence.claim import CheckedClaim
from enrich.check.style.active import added_markup
from enrich.check.style.linkage_tree import linkage_tree
from enrich.draft.checked import CheckedAnswer, CheckedSection, CheckedSentence, CheckedValue
from enrich.draft.context import DraftContext
from enrich.draft.properties import front_matter
from enrich.draft.title import Naming
from enrich.links.tree_related import MOST_RELATED
from enrich.source.source import Source
from enrich.text.mark import mark
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import Plain, PlainLabel, protect_dollars
from enrich.text.words import split_words
from enrich.vault.candidate import Candidate
from enrich.vault.edit import Edit
from enrich.vault.link_text import LinkText
from enrich.vault.note_type import NoteType
from enrich.vault.render import render
from enrich.vault.section_type import Shape, item_line

_BLANK = Plain("word")
_LIKELY = 0.2
"""A candidate's score, which is about the chance that the vault's author would link it."""
_NAMED = 2
"""Words of a candidate's title that the article says as well."""
MOST_NEAREST = 5
"""Notes that a list of related notes has. By hand: as many as one looks at."""
_IN_ADDRESSES = frozenset("-._~:/?#@!&'*+,;=%")
_ACTIVE_IN_ADDRESSES = lazy_pattern(r"%(?![0-9A-Fa-f]{2})|(?<=:):|(?<==)=|(?<=~)~")
"""An escape that is none, and what makes a field, a highlight or struck words of its neighbour."""
_ENTITY_IN_ADDRESSES = lazy_pattern(r"(&#?\w+);")


class Note(Struct, frozen=True):
    """The text of a draft and what the report says of its parts."""

    title: Plain
    stem: str
    """The name of its file, without ``.md``."""
    note_id: str
    text: str
    tags: tuple[Plain, ...]
    see_also: tuple[LinkText, ...]
    """The targets of the see-also line, or of the list of related notes."""
    by_convention: bool
    """The see-also targets are concepts with no note behind them, as the journal's habit is."""
    stray: tuple[LinkText, ...] = ()
    """See-also targets that are only the nearest notes of the vault: little says that they belong to the article."""
    intruders: str = ""
    """Active markup that the note would not have with other words in it; such a note may not be written."""
    blank: str = ""
    """The same note with a word in place of each text of the answer."""
    edits: tuple[Edit, ...] = ()
    """Where parts of a note that is there were written: what makes this note of it."""


def compose_note(
    checked: CheckedAnswer,
    context: DraftContext,
    note_type: NoteType,
    note_id: str,
    naming: Naming | None = None,
    model: str = "",
) -> Note:
    """Fill the type's note template. Only generated links and the generated tree go in as markup.

    The finished text is read again beside the same note with blank words in it, which tells what is not the type's.
    """
    name = (naming or Naming()).choose(checked.title, context, note_type)
    title = Plain(_without_number(name, checked, context, note_type))
    tags = _tags(checked, context, note_type)
    see_also, by_convention = _see_also(checked, context, note_type)
    links = tuple(see_also) or _nearest(checked, context, note_type)
    fixed = _Fixed(tags, tuple(see_also), links, context, note_type, note_id, Plain(model))
    text = _fill(checked, title, context.source, fixed)
    blank = _fill(_blank(checked), _BLANK, _blank_source(context.source, note_type), fixed)
    topics = _topics(checked, note_type)
    related = {candidate.link for candidate in context.candidates if _is_related(candidate, topics)}
    stray = () if by_convention else tuple(link for link in fixed.see_also if link not in related)
    stem = note_type.stem(name, context.created, note_id)
    shown = fixed.see_also or tuple(link for link in links if fixed.written(link) in text)
    return Note(title, stem, note_id, text, tags, shown, by_convention, stray, added_markup(blank, text), blank)


def _without_number(name: str, checked: CheckedAnswer, context: DraftContext, note_type: NoteType) -> str:
    """The title of a note: outside of a house only the file's name has the number that tells it from another's."""
    bare = re.sub(r" \d+\Z", "", name)
    is_numbered = not note_type.house and bare == Naming().choose(checked.title, context, note_type)
    return bare if is_numbered else name


class _Fixed(Struct, frozen=True):
    """What of a note is no text of a page or a model: names in a checked form."""

    tags: tuple[Plain, ...]
    see_also: tuple[LinkText, ...]
    links: tuple[LinkText, ...]
    """The nearest notes that the prose does not link to."""
    context: DraftContext
    note_type: NoteType
    note_id: str
    model: Plain

    def written(self, link: LinkText) -> str:
        """The link as it stands in the text; a concept, which no note is called, is a wikilink in any case."""
        forms = (row.written for row in self.context.candidates if row.link == link)
        return next(forms, f"[[{link}]]")


def _fill(checked: CheckedAnswer, title: Plain, source: Source, fixed: _Fixed) -> str:
    note_type, links = fixed.note_type, [fixed.written(link) for link in fixed.links]
    description = "" if checked.description is None else _sentence(checked.description, "")
    note = {
        "title": title,
        "tags": fixed.tags,
        "keywords": checked.keywords,
        "description": description,
        "created": fixed.context.created.isoformat(),
        "note_id": fixed.note_id,
    }
    page = source_view(source)
    asked = {part.type.key: [_property_value(one) for one in part.values] for part in checked.properties}
    about = {**note, "type": note_type.name, "draft": True}
    front = front_matter(note_type, about, page, [f"[[{link}]]" for link in fixed.links], asked)
    return render(
        note_type,
        "note.md.j2",
        {
            **note,
            "note": about,
            "source": page,
            "links": links,
            "run": {"model": fixed.model, "links": len(checked.links), "candidates": len(fixed.context.candidates)},
            "front": "".join(front.values()),
            "property": front,
            "see_also": [fixed.written(link) for link in fixed.see_also],
            "body": _body(checked, source, fixed),
        },
    )


def _property_value(checked: CheckedValue) -> str:
    """The value as it goes into the front matter, with the mark of what the source does not say."""
    value = checked.value
    if value.link is not None:
        return f"[[{value.link.link}]]"
    return _marked(value.words if isinstance(value.words, Plain) else _address(value.words), checked.check)


def _body(checked: CheckedAnswer, source: Source, fixed: _Fixed) -> dict[str, str]:
    """The text of each section by its key; of one that nobody was asked for, nothing."""
    citation = cite(source)
    related = [sentence.link.link for sentence, _ in checked.links if sentence.link is not None]
    body = dict.fromkeys((section.key for section in fixed.note_type.written_by_model), "")
    body |= {section.type.key: _section(section, citation, source) for section in checked.sections}
    for section in fixed.note_type.sections:
        if section.writer == "human":
            body[section.key] = section.todo
        elif section.shape == "tree":
            body[section.key] = linkage_tree(fixed.tags, related[:MOST_RELATED])
        elif section.writer == "tool":
            rows = [fixed.written(link) for link in fixed.links[: section.items[1]]]
            body[section.key] = "\n".join(listed(rows, section.shape)) or section.placeholder
    return body


def source_view(source: Source) -> dict[str, str | int]:
    """What templates see of the source: plain words, an address that is safe in Markdown, ``YYYY-MM-DD`` or nothing."""
    return {
        "title": Plain(source.title),
        "url": _address(source.url),
        "site": Plain(source.site),
        "author": Plain(source.author),
        "published": source.published.isoformat() if source.published else "",
        "language": Plain(source.language),
        "words": source.words,
        "link": f"[{PlainLabel(source.title or source.site)}]({_address(source.url)})",
    }


def _blank_source(source: Source, note_type: NoteType) -> Source:
    """The source with a word in place of every text of the page; an author whom the type links to stays."""
    linked = any(row.field == "author" and row.form in ("link", "links") for row in note_type.properties)
    if linked:
        return replace(source, site="", title=source.title and _BLANK)
    return replace(source, site="", title=source.title and _BLANK, author=source.author and _BLANK)


def _blank(checked: CheckedAnswer) -> CheckedAnswer:
    """The answer with a word in place of every text; links and marks stay where they are."""

    def blank(row: CheckedSentence) -> CheckedSentence:
        rest = _BLANK if row.sentence.rest else row.sentence.rest
        return replace(row, sentence=replace(row.sentence, words=_BLANK, rest=rest))

    sections = (replace(part, sentences=tuple(map(blank, part.sentences))) for part in checked.sections)
    keywords = (_BLANK,) * len(checked.keywords)
    description = None if checked.description is None else blank(checked.description)
    properties = tuple(replace(part, values=tuple(map(_blank_value, part.values))) for part in checked.properties)
    return replace(checked, keywords=keywords, description=description, sections=tuple(sections), properties=properties)


def _blank_value(checked: CheckedValue) -> CheckedValue:
    """A value with a word in place of its words; what has no words, a number or a link, stays."""
    is_worded = isinstance(checked.value.words, Plain) and checked.value.link is None
    return replace(checked, value=replace(checked.value, words=_BLANK)) if is_worded else checked


def _tags(checked: CheckedAnswer, context: DraftContext, note_type: NoteType) -> tuple[Plain, ...]:
    """``type, topic, topic, year, extra`` in a house: the year stands fourth where there are enough topics.

    Elsewhere the tag that the type's notes are known by, and the topics.
    """
    year = Plain(str(context.created.year))
    wanted = [Plain(topic) for topic in context.topics] or checked.topics
    if not note_type.house:
        own = map(Plain, note_type.match.tags[:1])
        used = {tag.casefold(): Plain(tag) for tag in context.known_tags}  # with the capitals that the vault has
        return tuple(dict.fromkeys((*own, *(used.get(tag.casefold(), tag) for tag in wanted))))[
            : note_type.tag_count[1]
        ]
    chosen = [topic for topic in wanted if topic not in (note_type.name, year)]
    chosen = chosen[: note_type.tag_count[1] - 2]
    return (Plain(note_type.name), *chosen[:2], year, *chosen[2:])


def _see_also(checked: CheckedAnswer, context: DraftContext, note_type: NoteType) -> tuple[list[LinkText], bool]:
    """The concept pair of the nearest notes, or notes that the prose does not link to; and which of the two it is.

    Notes that are related to the article come first; the type wants so many, so the nearest of the others follow.
    """
    count = note_type.see_also
    if not count:
        return [], False
    pair = (context.concepts or {}).get("")
    if context.see_also != "notes" and pair is not None:
        return list(pair), True
    linked = {sentence.link.path for sentence, _ in checked.links if sentence.link is not None}
    topics = _topics(checked, note_type)
    free = [candidate for candidate in context.candidates if candidate.path not in linked]
    free.sort(key=lambda candidate: not _is_related(candidate, topics))
    return [candidate.link for candidate in free][:count], False


def _nearest(checked: CheckedAnswer, context: DraftContext, note_type: NoteType) -> tuple[LinkText, ...]:
    """Notes that are related to the article and that the prose does not link to, the nearest first."""
    linked = {sentence.link.path for sentence, _ in checked.links if sentence.link is not None}
    topics = _topics(checked, note_type)
    free = (row for row in context.candidates if row.path not in linked and _is_related(row, topics))
    return tuple(row.link for row in free)[:MOST_NEAREST]


def _topics(checked: CheckedAnswer, note_type: NoteType) -> frozenset[str]:
    return frozenset(topic for topic in checked.topics if topic != note_type.name and not topic.isdigit())


def _is_related(candidate: Candidate, topics: AbstractSet[str]) -> bool:
    """Whether a reader of the note would see why it names a candidate."""
    title = [word.text.casefold() for word in split_words(candidate.title)]
    named = sum(1 for term in candidate.terms if any(word.startswith(term.casefold()) for word in title))
    return candidate.score >= _LIKELY and (named >= _NAMED or not topics.isdisjoint(candidate.tags))


def _section(section: CheckedSection, citation: str, source: Source) -> str:
    cited = citation if section.type.citation else ""
    sentences = [_sentence(checked, "" if index else cited) for index, checked in enumerate(section.sentences)]
    places = [_place(checked, source) for checked in section.sentences]
    lines = listed(sentences, section.type.shape, places, section.type.columns)
    # A blank line, or readers would take the todo for the end of the last sentence or bullet.
    written = "\n".join(filter(None, lines))
    return protect_dollars("\n\n".join(filter(None, (written, section.type.todo if section.left else ""))))


def listed(rows: Sequence[str], shape: Shape, places: Sequence[str] = (), columns: Sequence[str] = ()) -> list[str]:
    """The lines of a section in its shape; ``places`` say where in the source a quotation or a row stands."""
    if not rows:
        return []
    match shape:
        case "bullets" | "numbered":
            return [item_line(row, shape, number) for number, row in enumerate(rows, 1)]
        case "quotes":
            blocks = (f"> {row}" + (f"\n> — {place}" if place else "") for row, place in zip(rows, places, strict=True))
            return ["\n\n".join(blocks)]
        case "table":
            heads = tuple(map(Plain, columns)) or (Plain("what"), Plain("where"))
            cells = ((row.replace("|", "\\|"), place) for row, place in zip(rows, places, strict=True))
            filled = ((*pair, *[""] * len(heads))[: len(heads)] for pair in cells)
            return [_row(heads), _row(["---"] * len(heads)), *map(_row, filled)]
        case _:
            return [" ".join(rows)]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _place(checked: CheckedSentence, source: Source) -> str:
    """Where in the source the words stand that a sentence rests on: page or minute, else the paragraph's number."""
    found = checked.check.evidence
    if found is None:
        return ""
    number = bisect_right([span.start for span in source.paragraphs], found.start)
    return Plain(source.place_of(found.start)) or f"¶ {max(1, number)}"


def _sentence(checked: CheckedSentence, citation: str) -> str:
    sentence = checked.sentence
    link = "" if sentence.link is None else sentence.link.written
    return _marked(sentence.with_link(link, citation), checked.check)


def _marked(text: str, check: CheckedClaim) -> str:
    return text + mark(check.unsupported or ("no evidence",)) if check.verdict == "unsupported" else text


def cite(source: Source) -> str:
    """``([Publisher](https://…))``: the note's only external link, its address made safe for Markdown."""
    return f"([{PlainLabel(source.site) or 'Source'}]({_address(source.url)}))"


def _address(url: str) -> str:
    """``url`` with everything percent-encoded that Markdown, Obsidian or a plugin would act on."""
    url = "".join(char if char.isalnum() or char in _IN_ADDRESSES else quote(char, errors="replace") for char in url)
    url = _ENTITY_IN_ADDRESSES.sub(r"\1%3B", url)
    return _ACTIVE_IN_ADDRESSES.sub(lambda found: f"%{ord(found[0]):02X}", url)
