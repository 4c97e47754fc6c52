"""What the model answered, as sections: parsed and made plain, not yet checked."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from math import isfinite
from typing import Any

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.text.plain import Plain, from_plain, take_off_markup
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import CAPITALIZED, NoteType
from enrich.vault.property_type import FORMS, Form, PropertyType, number_words
from enrich.vault.section_type import SectionType

LINK = "{link}"
"""Stands in an answer's sentence where its wikilink goes."""

LONGEST_TEXT = 4_000
"""Characters of one text of an answer that are read: twice what a sentence may have to be compared with its source."""

NOTHING = Plain("")
_ADDRESS = lazy_pattern(r"https?://[^\s<>\"'`\\^{}|]+")
_STOPS = ".?。？"
_DASHES = lazy_pattern(r"(?<=[\w%]):(?=\s)|[/\\|–—]")
"""What stands between the parts of a headline and cannot stand in a file's name, or not in every one."""
_NO_NAME = lazy_pattern(r"(?<!\d)%|%(?=[\w%])|[^\w\s,.'()+%-]|_")
"""What no title has: what files cannot be called by, what a link cannot hold, and what Markdown acts on. Without the
sign behind it, a share would be another number."""
_DASHES_TOGETHER = lazy_pattern(r"-(?: -)+(?= )")
_AROUND = " .,;:!?\"'()[]#“”„«»「」『』《》、。，"
"""What stands around a keyword and is no part of it."""
_NO_SPACE_BEFORE = tuple(".,;:!?)'’")


class Sentence(Struct, frozen=True):
    """One sentence of an answer: plain words, with at most one wikilink among them, and the mark at the end."""

    words: Plain
    """All words but the final mark; with a link, those before it."""
    end: str = "."
    """One of ``. ? 。 ？``; empty where a full stop would make a list."""
    quote: str | None = None
    """The words of the source that the writer says it rests on, as answered."""
    link: Candidate | None = None
    rest: Plain = NOTHING
    """The words after the link."""

    @property
    def text(self) -> str:
        """The sentence with the word `LINK` in its link's place."""
        return self.with_link("" if self.link is None else LINK)

    @property
    def reading(self) -> str:
        """The sentence as a reader sees it, with the linked note's title in it."""
        return from_plain(self.with_link("" if self.link is None else self.link.shown))

    def with_link(self, link: str, citation: str = "") -> str:
        """The sentence as Markdown, with ``link`` in its place and the citation before the final mark."""
        glue = "" if not self.rest or self.rest.startswith(_NO_SPACE_BEFORE) else " "
        words = f"{self.words} {link}{glue}{self.rest}".strip()
        return f"{words} {citation}{self.end}" if citation else f"{words}{self.end}"


class Section(Struct, frozen=True):
    """The sentences of one row of the section table."""

    type: SectionType
    sentences: tuple[Sentence, ...]
    left: bool = False
    """The answer leaves it, or the rest of it, to the person: it holds the type's ``todo:`` line."""


class PropertyValue(Struct, frozen=True):
    """One value of a property that the model was asked for."""

    words: str
    """In the form of the property: plain words; of a link the note's title, of an address all that it is."""
    quote: str | None = None
    """As of `Sentence.quote`."""
    link: Candidate | None = None


class AskedProperty(Struct, frozen=True):
    """The values of a property that the model was asked for."""

    type: PropertyType
    values: tuple[PropertyValue, ...]
    faults: tuple[str, ...] = ()
    """What was answered in no such form, and is left out."""


class Answer(Struct, frozen=True):
    """A whole answer: the head of the note and its sections; or what of it was asked for."""

    title: Plain
    """Empty where it was not asked for."""
    topics: tuple[Plain, ...]
    keywords: tuple[Plain, ...]
    description: Sentence | None
    """None where the type has none."""
    sections: tuple[Section, ...]
    properties: tuple[AskedProperty, ...] = ()


def parse_answer(answer: Mapping[str, Any], note_type: NoteType, candidates: Sequence[Candidate]) -> Answer:
    """Read an answer that is valid by `enrich.llm.schema`; every text in it is made plain (see `text.plain`).

    Each candidate is linked once: a second sentence that links to it keeps the title as plain words. What the answer
    lacks was not asked for.
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    linked: set[str] = set()
    sections = []
    for section in note_type.written_by_model:
        if section.key not in answer:
            continue
        found = answer[section.key]
        rows = (found.get(section.answer_key) if section.answer_key else None) or [found]
        written = [row for row in rows if row["text"] != section.todo]
        read = _quotation if section.shape == "quotes" else partial(_sentence, by_id=by_id)
        sentences = tuple(_once(read(row), linked) for row in written)
        sections.append(Section(section, sentences, left=len(written) < len(rows)))
    return Answer(
        title=Plain(title_for(_beginning(answer.get("title", "")), note_type)),
        topics=_unique(tag_for(_beginning(topic), note_type) for topic in answer.get("topics", ())),
        keywords=_unique(keyword_for(_beginning(keyword), note_type) for keyword in answer.get("keywords", ())),
        description=_sentence(answer["description"], {}) if "description" in answer else None,
        sections=tuple(sections),
        properties=tuple(
            _property(row, answer[row.name]["values"], by_id, note_type)
            for row in note_type.asked_properties
            if row.name in answer
        ),
    )


def _property(
    row: PropertyType, given: Sequence[Mapping[str, Any]], by_id: Mapping[str, Candidate], note_type: NoteType
) -> AskedProperty:
    values: dict[str, PropertyValue] = {}
    faults = []
    for one in given:
        link = by_id.get(str(one["value"])) if row.form in ("link", "links") else None
        words = link.shown if link else _value(one["value"], row.form, note_type)
        if words is None:
            faults.append(f"{str(one['value'])[:100]!r} is not {FORMS[row.form]}; left out")
        elif words:
            place = link.path if link else words.casefold()
            values.setdefault(place, PropertyValue(words, one.get("evidence") or None, link))
    return AskedProperty(row, tuple(values.values()), tuple(faults))


def _value(value: Any, form: Form, note_type: NoteType) -> str | None:
    """The value as a note has it; None where it has not the form."""
    if form == "flag":
        return str(value).lower()
    if form == "number":
        return number_words(value) if isfinite(value) else None
    text = " ".join(_beginning(value).split())
    match form:
        case "date" | "datetime":
            return _day(text, form)
        case "url":
            return text if _ADDRESS.fullmatch(text) else None
        case "tags":
            return tag_for(text, note_type)
        case "link" | "links":
            return None  # an id that no candidate has
        case "list":
            return Plain(_tidy(_read(text)).strip(" ,;."))
    return Plain(_tidy(_read(text)))


def _day(text: str, form: Form) -> str | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if form == "datetime":
        return f"{found:%Y-%m-%dT%H:%M}"
    return text if text == found.date().isoformat() else None


def title_for(text: str, note_type: NoteType) -> str:
    """A title as notes of the type have it: a house's in `clean_title`'s letters, others in their own."""
    if note_type.house:
        return clean_title(text)
    words = _NO_NAME.sub(" ", _DASHES.sub(" - ", unicodedata.normalize("NFC", take_off_markup(text)).replace("’", "'")))
    title = _DASHES_TOGETHER.sub("-", " ".join(words.split())).strip(" .-,'")
    if note_type.case == "lower":
        return title.lower()
    if note_type.case == "title":
        return " ".join(word if _is_small(word) else word[:1].upper() + word[1:] for word in title.split())
    return title[:1].upper() + title[1:] if note_type.case == "sentence" else title


def _is_small(word: str) -> bool:
    """Whether title case leaves a word as it is: it is short, or has a capital of its own."""
    return len(word) < CAPITALIZED or word != word.lower()


def clean_title(text: str) -> str:
    """Lowercase words of ``[a-z0-9]`` with single spaces; accents are dropped, other marks become spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", _ascii(text)))


def clean_tag(text: str) -> str:
    """``AI policy`` → ``ai-policy``."""
    return "-".join(re.findall(r"[a-z0-9]+", _ascii(text)))


def tag_for(text: str, note_type: NoteType) -> str:
    """A tag as notes of the type have it: a house's in `clean_tag`'s letters, others in those of their language.

    ``Chính sách AI`` → ``chính-sách-ai``; parts of a nested tag keep the ``/`` between them.
    """
    if note_type.house:
        return clean_tag(text)
    parts = (_hyphened(part) for part in unicodedata.normalize("NFC", text).replace("#", " ").lower().split("/"))
    tag = "/".join(filter(None, parts))
    return "" if tag.isdigit() else tag  # a number alone is no tag in Obsidian


def is_tag_of(tag: str, note_type: NoteType) -> bool:
    """Whether a tag of the vault can be one of a draft of the type, as it is but for capitals."""
    written = tag if note_type.house else unicodedata.normalize("NFC", tag.lower())
    return bool(tag) and tag_for(tag, note_type) == written


def _hyphened(text: str) -> str:
    """The words of a part of a tag, with their marks: letters, digits, ``_``; all else becomes a hyphen."""
    letters = (char if char == "_" or unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return "-".join("".join(letters).split())


def keyword_for(text: str, note_type: NoteType) -> str:
    """A keyword as notes of the type have it: a house's glued, others the word or name as it is written."""
    if note_type.house:
        return clean_keyword(text)
    return " ".join(unicodedata.normalize("NFC", take_off_markup(text)).split()).strip(_AROUND)


def clean_keyword(text: str) -> str:
    """``GPT-4`` → ``gpt4``."""
    return "".join(re.findall(r"[a-z0-9]+", _ascii(text)))


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D").replace("ß", "ss"))
    return folded.encode("ascii", "ignore").decode().lower().replace("'", "")


def _unique(words: Iterable[str]) -> tuple[Plain, ...]:
    return tuple(dict.fromkeys(Plain(word) for word in words if word))


def _sentence(row: Mapping[str, Any], by_id: Mapping[str, Candidate]) -> Sentence:
    """A row of an answer. It is tidied first and made plain last: what tidying joins could be markup."""
    quote = row.get("evidence") or None
    link = by_id.get(row.get("link") or "")
    before, place, after = _beginning(row["text"]).partition(LINK)
    if link is None:
        words, end = _without_end(_tidy(_read(before), _read(after)))
        return Sentence(Plain(_capital(words)), end, quote)
    if place:
        rest, end = _without_end(_tidy(_read(after)))
        return Sentence(Plain(_capital(_tidy(_read(before)))), end, quote, link, Plain(rest))
    # Where an answer names a link but no place for it, the style's own form is used.
    words, end = _without_end(_tidy(_read(before)))
    return Sentence(Plain(_capital(f"{words} (see")), end, quote, link, Plain(")"))


def _quotation(row: Mapping[str, Any]) -> Sentence:
    """A row that is the source's words and nothing else: no full stop is added, no capital made."""
    words = " ".join(_beginning(row["text"]).split())
    return Sentence(Plain(words), "", words)


def _beginning(text: Any) -> str:
    """A text that is no sentence any more goes on in the run folder alone; what is left is unsupported as too long."""
    return str(text)[:LONGEST_TEXT]


def _read(text: str) -> str:
    return take_off_markup(text.replace(LINK, " ")).replace(LINK, " ")


def _tidy(*pieces: str) -> str:
    """The pieces with single spaces, and none before punctuation."""
    return re.sub(r" ([.,;:?])", r"\1", " ".join(" ".join(pieces).split()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without_end(text: str) -> tuple[str, str]:
    """The words, and the mark that ends them; a full stop inside of a closing quotation mark moves out."""
    if quoted := re.search(r'\.?(["\'])\.?$', text):
        return text[: quoted.start()] + quoted[1], "."
    words, end = (text[:-1], text[-1]) if text.endswith(tuple(_STOPS)) else (text.rstrip(",;:!！，；： "), ".")
    return words, "" if words.strip().isdecimal() else end  # a number with a full stop begins a list


def _once(sentence: Sentence, linked: set[str]) -> Sentence:
    """A note's second link becomes its title in words."""
    if sentence.link is None:
        return sentence
    if sentence.link.path in linked:
        words, end = _without_end(_tidy(sentence.reading))
        return Sentence(Plain(words), end, sentence.quote)
    linked.add(sentence.link.path)
    return sentence
