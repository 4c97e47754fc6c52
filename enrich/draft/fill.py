"""Write parts of a note that is there: what a draft of its page would say there, checked as a draft's is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.finding import Finding
from enrich.check.style.active import added_markup
from enrich.check.style.linkage_tree import linkage_tree, tree_link
from enrich.check.style.lint import check_style, excuse_links
from enrich.draft.checked import CheckedAnswer
from enrich.draft.compose import Note, compose_note
from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Engines, Rules, Watch, write_answer
from enrich.draft.expect import expect_tokens
from enrich.draft.outline import Outline, read_outline
from enrich.draft.splice import Splice
from enrich.draft.title import Naming
from enrich.draft.wish import Wish
from enrich.links.tree_related import MOST_RELATED
from enrich.llm.prompt import build_part, build_prompt
from enrich.text.cleaned import CleanedText
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits, edit_bytes
from enrich.vault.note_type import NoteType

_STEM = "a note"
"""The title of the note that parts are composed in, which none of them repeats."""


class Original(Struct, frozen=True, dict=True):
    """A note as it is."""

    stem: str
    data: bytes

    @cached_property
    def cleaned(self) -> CleanedText:
        """Its text without carriage returns and byte order mark."""
        return CleanedText(self.data.decode("utf-8", "surrogateescape"))

    def outline(self, note_type: NoteType) -> Outline:
        """Where its sections stand."""
        return read_outline(self.cleaned.text, self.stem, note_type)

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Its bytes with edits of the cleaned text; line ends are its own, and all other bytes stay."""
        edge = self.cleaned.edge
        return edit_bytes(self.data, [Edit(Span(edge(e.span.start), edge(e.span.end)), e.text) for e in edits])


class Filling(Struct, frozen=True, dict=True):
    """A note with the parts that are wished for (implements `Sheet`)."""

    context: DraftContext
    note_type: NoteType
    original: Original
    wish: Wish
    rules: Rules
    places: Mapping[str, int] = {}
    """As of `Splice.places`."""

    @cached_property
    def outline(self) -> Outline:
        """The note as it is."""
        return self.original.outline(self.note_type)

    def compose(self, checked: CheckedAnswer, model: str = "") -> Note:  # noqa: ARG002 - the note has its properties
        """The note with the answer in it; its intruders are what the edits bring in."""
        whole = compose_note(checked, self.context, self.note_type, "", Naming(chosen=_STEM))
        edits = self.edits(whole.text)
        after, blank = (apply_edits(self.outline.text, one) for one in (edits, self.edits(whole.blank)))
        see_also = whole.see_also if self.wish.see_also else ()
        stray = whole.stray if self.wish.see_also else ()
        return replace(
            whole,
            text=after,
            tags=(),
            see_also=see_also,
            stray=stray,
            intruders=whole.intruders or added_markup(blank, after),
            blank=blank,
            edits=edits,
        )

    def edits(self, composed: str) -> tuple[Edit, ...]:
        """What puts the parts of a composed note into this one."""
        written = [section for section in self.wish.sections if section.writer != "tool"]
        splice = Splice(
            self.outline,
            read_outline(composed, _STEM, self.note_type),
            replace(self.wish, sections=tuple(written)),
            {},
            self.places,
        )
        edits = splice.edits()
        if len(written) == len(self.wish.sections):
            return edits
        tree = self._tree(read_outline(apply_edits(self.outline.text, edits), self.original.stem, self.note_type))
        trees = {section.name: tree for section in self.wish.sections if section.writer == "tool"}
        return replace(splice, wish=self.wish, trees=trees).edits()

    def check(self, note: Note) -> Iterable[Finding]:
        """What the parts do not keep, and what the note kept before."""
        before = Counter((row.rule, row.section, row.message) for row in self._style(self.outline.text, ()))
        ours = {*self.wish.names, *(section.heading or "lead" for section in self.wish.sections)}
        for finding in self._style(note.text, note.see_also if note.by_convention else ()):
            said = finding.rule, finding.section, finding.message
            before[said] -= 1
            if before[said] < 0 or finding.section in ours:
                yield finding

    def _style(self, text: str, allowed: Sequence[str]) -> tuple[Finding, ...]:
        rules = self.rules
        style = check_style(
            text, self.original.stem, self.note_type, rules.taken_ids, rules.resolves, allow_unresolved=allowed
        )
        if rules.linkable and self.context.offers_links_of(self.note_type):
            return style
        return excuse_links(style, self.note_type)

    def _tree(self, after: Outline) -> str:
        """The linkage tree of the note as it will be: its tags, and the first links of its prose."""
        see_also = after.layout.see_also or Span(0, 0)
        links = (
            tree_link(link, after.text)
            for link in after.layout.note_links
            if link.makes_backlink and not see_also.start <= link.span.start < see_also.end
        )
        return linkage_tree(after.note.tags, list(dict.fromkeys(links))[:MOST_RELATED])


def fill_note(filling: Filling, engines: Engines, watch: Watch, folders: Sequence[Path]) -> Draft:
    """Ask for the wished parts alone, check them, have them read, and ask once more for what failed.

    ``folders`` are those of the prompts. `Draft.note` is the whole note, with line feeds only. Raises as `draft_note`;
    EnrichError when the note has no place for a part.
    """
    context, note_type, wish = filling.context, filling.note_type, filling.wish
    asked = replace(note_type, sections=wish.written)
    exemplars = [exemplar.text for exemplar in context.exemplars]
    whole = build_prompt(asked, context.source, context.candidates, exemplars, context.known_tags)
    shown = filling.outline.text.encode("utf-8", "replace").decode()  # bytes that are no text cannot be sent
    prompt = build_part(whole, note_type, wish.keys, shown, context.candidates, folders)
    watch.asks(", ".join(wish.names), expect_tokens(wish.written, head=bool(wish.fields)))
    return write_answer(prompt, filling, engines, watch)


def said_elsewhere(outline: Outline, wish: Wish) -> str:
    """What the note says outside of the parts that are written anew."""
    places = (outline.place_of(section) for section in wish.sections)
    text = outline.text
    for place in sorted((place for place in places if place is not None), key=lambda place: -place.start):
        text = text[: place.start] + "\n" + text[place.end :]
    return text


def carried_claims(rows: Iterable[Mapping[str, object]], new: Iterable[Mapping[str, object]]) -> list[object]:
    """The new claims, and those that an earlier run of the note made: what it says elsewhere still rests on these."""
    rows_of_new = list(new)
    said = {row.get("text") for row in rows_of_new}
    return [*rows_of_new, *(row for row in rows if row.get("text") not in said)]
