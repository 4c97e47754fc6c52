"""Rules about the front matter: what the vault's index, its style sheet and the site generator read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from enrich.check.style.prose import first_person_singular
from enrich.check.style.rule import Fault, Rule, Subject, outside, say
from enrich.text.count import counted
from enrich.text.mark import remove_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span

KEYS = ("title", "tags", "keywords", "draft", "description", "created", "updated", "note_id", "cssclasses")
LISTS = frozenset({"tags", "keywords", "cssclasses"})

_TYPES: dict[str, tuple[type, str]] = {
    "title": (str, "text"),
    "tags": (list, "a list"),
    "keywords": (list, "a list"),
    "draft": (bool, "true or false"),
    "description": (str, "text"),
    "created": (date, "a date YYYY-MM-DD"),
    "updated": (date, "a date YYYY-MM-DD"),
    "note_id": (str, "text"),
    "cssclasses": (list, "a list"),
}
_TAG = lazy_pattern(r"[a-z0-9-]+")
_KEYWORD = lazy_pattern(r"[a-z0-9]+")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_BLOCK_LIST = lazy_pattern(r"[^\n:]+:\n(?:  - [^\n]*\S\n)+")
_LINKED = lazy_pattern(r"\[\[|\]\(|https?://|www\.")


def sound(subject: Subject) -> Iterator[Fault]:
    """M2, as far as a note of any kind must keep it."""
    layout = subject.layout
    if layout.front is not None and layout.problem is not None:
        # The first line of the file is the `---` above the YAML.
        place = "" if layout.problem.line is None else f"line {layout.problem.line + 1}: "
        yield Fault("front matter", f"{place}{layout.problem}", layout.front)


def readable(subject: Subject) -> Iterator[Fault]:
    """M2."""
    layout = subject.layout
    if layout.front is None:
        return
    if layout.problem is not None:
        yield from sound(subject)
        return
    if layout.keys != KEYS:
        yield Fault("front matter", _order(layout.keys), layout.front)
    for key, message in _types(layout.old_values, layout.values):
        yield _fault(subject, key, message)
    for key in sorted(LISTS & set(layout.keys)):
        if not _BLOCK_LIST.fullmatch(layout.fields[key].of(layout.text)):
            yield _fault(subject, key, f"{key}: write one item a line, each behind two spaces and a dash")


def _order(keys: Sequence[str]) -> str:
    missing = [key for key in KEYS if key not in keys]
    foreign = [key for key in keys if key not in KEYS]
    parts = (
        f"lacks {', '.join(missing)}" if missing else "",
        f"has {', '.join(foreign)} besides the {len(KEYS)} keys" if foreign else "",
    )
    return "; ".join(filter(None, parts)) or f"keys stand in the order {', '.join(keys)}, not {', '.join(KEYS)}"


def _types(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, (kind, name) in _TYPES.items():
        if key not in new:
            continue
        if type(new[key]) is not kind:
            yield key, f"{key} is read as {new[key]!r}, which is not {name}"
        elif old.get(key) != new[key]:
            yield (
                key,
                f"{key} is {old.get(key)!r} for a YAML 1.1 reader and {new[key]!r} for a YAML 1.2 reader; quote it",
            )


def tags(subject: Subject) -> Iterator[Fault]:
    """M5."""
    found = _texts(subject, "tags")
    if found is None:
        return
    if not found or found[0] != subject.note_type.name:
        yield _fault(
            subject, "tags", f"the first tag is {found[0] if found else 'missing'}, not {subject.note_type.name}"
        )
    if outside(len(found), subject.note_type.tag_count):
        yield _fault(subject, "tags", f"{counted(len(found), 'tag')}; allowed are {say(subject.note_type.tag_count)}")
    yield from (_fault(subject, "tags", message) for message in _year(found, subject.layout.values.get("created")))
    yield from _form(subject, "tags", found, _TAG, "a-z, 0-9 and '-'")


def _year(found: Sequence[str], created: Any) -> Iterator[str]:
    years = [tag for tag in found if _YEAR.fullmatch(tag)]
    if len(years) != 1:
        yield f"{len(years)} tags are years: {', '.join(years)}" if years else "no tag is the year"
        return
    if found.index(years[0]) < 2:
        yield f"the year is tag {found.index(years[0]) + 1}; the type and a topic come first"
    if type(created) is date and years[0] != str(created.year):
        yield f"the tag {years[0]} is not the year of created, {created.year}"


def keywords(subject: Subject) -> Iterator[Fault]:
    """M6."""
    found = _texts(subject, "keywords")
    if found is None:
        return
    if len(found) != subject.note_type.keyword_count:
        yield _fault(subject, "keywords", f"{counted(len(found), 'keyword')}, not {subject.note_type.keyword_count}")
    yield from _form(subject, "keywords", found, _KEYWORD, "a-z and 0-9")


def _form(subject: Subject, key: str, found: Sequence[str], form: re.Pattern[str], allowed: str) -> Iterator[Fault]:
    for word in found:
        if not form.fullmatch(word):
            yield _fault(subject, key, f"{key[:-1]} {word!r} has other characters than {allowed}")
    for word in dict.fromkeys(word for word in found if found.count(word) > 1):
        yield _fault(subject, key, f"{key[:-1]} {word!r} is given {found.count(word)} times")


def description(subject: Subject) -> Iterator[Fault]:
    """M7."""
    text = subject.layout.values.get("description")
    if isinstance(text, str):
        yield from (_fault(subject, "description", message) for message in _description(text, subject))


def _description(marked: str, subject: Subject) -> Iterator[str]:
    text = remove_marks(marked)
    limits = subject.note_type.description_characters
    if outside(len(text), limits):
        yield f"the description has {counted(len(text), 'character')}; allowed are {say(limits)}"
    if len(split_sentences(text)) > 1:
        yield f"the description has {counted(len(split_sentences(text)), 'sentence')}, not 1"
    if not text.endswith((".", "。")):
        yield "the description does not end with a full stop"
    if text[:1].islower():
        yield f"the description starts with {text.split()[0]!r}: write a capital"
    if _LINKED.search(text):
        yield "the description has a link"
    if words := first_person_singular(text):
        yield f"the description speaks in the first person ({', '.join(words)})"


def dates(subject: Subject) -> Iterator[Fault]:
    """M8."""
    created, updated = subject.layout.values.get("created"), subject.layout.values.get("updated")
    if type(created) is date and type(updated) is date and updated < created:
        yield _fault(subject, "updated", f"updated is {updated}, before created {created}")


def note_id(subject: Subject) -> Iterator[Fault]:
    """M9."""
    found, created = subject.layout.values.get("note_id"), subject.layout.values.get("created")
    if not isinstance(found, str):
        return
    day = created.strftime("%y%m%d") if type(created) is date else r"\d{6}"
    code = subject.note_type.code
    if not re.fullmatch(rf"{day}{re.escape(code)}(?:\d\d|[1-9]\d\d+)", found):
        expected = f"{day if type(created) is date else 'YYMMDD'}{code} and a number of two digits"
        yield _fault(subject, "note_id", f"note_id is {found}, not {expected}")
    if found in subject.taken_ids:
        yield _fault(subject, "note_id", f"note_id {found} belongs to another note too")


def css_classes(subject: Subject) -> Iterator[Fault]:
    """M10."""
    found = _texts(subject, "cssclasses")
    if found is not None and subject.note_type.name not in found:
        yield _fault(subject, "cssclasses", f"cssclasses lacks {subject.note_type.name}")


def draft_state(subject: Subject) -> Iterator[Fault]:
    """M27."""
    layout = subject.layout
    if "draft" not in layout.fields:
        return
    written = layout.fields["draft"].of(layout.text).partition(":")[2].strip()
    if written not in {"true", "false"}:
        yield _fault(subject, "draft", f"draft is {written}; only the bare words true and false are safe")
    if written == "false" and (found := re.search(r"^todo:.*", layout.text, re.M)):
        yield Fault("note", f"draft is false, but {found[0]!r} is still to do", Span(*found.span()))


def keyword_in_title(subject: Subject) -> Iterator[Fault]:
    """S11."""
    title, found = subject.layout.values.get("title"), _texts(subject, "keywords")
    if isinstance(title, str) and found:
        words = re.findall(r"[a-z0-9]+", title.lower())
        glued = "".join(words)
        if not any(word in words or (len(word) > 3 and word in glued) for word in found):
            yield _fault(subject, "keywords", "no keyword is a word of the title")


def markup_keywords(subject: Subject) -> Iterator[Fault]:
    """S12."""
    for word in _texts(subject, "keywords") or ():
        if word in subject.note_type.keyword_never:
            yield _fault(subject, "keywords", f"keyword {word!r} is a word of the markup")


def _texts(subject: Subject, key: str) -> list[str] | None:
    """The items of a list as text (a year is read as a number); None where there is no list."""
    values = subject.layout.values.get(key)
    return [str(value) for value in values] if isinstance(values, list) else None


def _fault(subject: Subject, key: str, message: str) -> Fault:
    return Fault("front matter", message, subject.layout.fields.get(key, subject.layout.front))


RULES = (
    Rule("M2", f"the {len(KEYS)} keys in order, read alike by YAML 1.1 and 1.2", readable),
    Rule("M5", "tags: the type, topics, the year; lowercase and unique", tags),
    Rule("M6", "keywords: glued lowercase words, unique, as many as the type asks for", keywords),
    Rule(
        "M7",
        "the description is one sentence with a full stop, of the type's length, without link or first person",
        description,
    ),
    Rule("M8", "updated is not before created", dates),
    Rule("M9", "note_id is the day, the type's code and a number, and no other note has it", note_id),
    Rule("M10", "cssclasses names the type", css_classes),
    Rule("M27", "draft is the literal true, or false with nothing left to do", draft_state),
    Rule("S11", "a keyword is a word of the title", keyword_in_title),
    Rule("S12", "no keyword comes from the markup", markup_keywords),
)
