"""Edits of a note's prose: a sentence, a link, the human's own section. Pure text in, text out."""

from enrich.check.note_check import SentenceCheck
from enrich.check.style.layout import read_layout
from enrich.check.style.linkage_tree import tree_link
from enrich.errors import UsageError
from enrich.review.front import replaced
from enrich.review.linkage import with_tree
from enrich.text.mark import blank_marks, mark, remove_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import LISTED, SectionType, item_line
from enrich.vault.wikilink import Link

_CITATION = lazy_pattern(r"(?:(?<![^\S\n])[^\S\n]++)?\(\[[^\[\]\n]*+\]\(https?://\S{0,4000}?\)\)(?=[.?!。？！]*\Z|\s)")
_LAST_STOP = lazy_pattern(r"(?<![.?!。？！])[.?!。？！]++\Z")
_ASIDE = lazy_pattern(r"(?:(?<![^\S\n])[^\S\n]++)?\((?:see|cf\.)[^\S\n]++\Z")


def edit_sentence(text: str, stem: str, sentence: SentenceCheck, words: str) -> str:
    """``words`` in place of the sentence, its mark gone: what is said now has to be checked anew."""
    words = remove_marks(" ".join(words.split()))
    if not words:
        raise UsageError("edit: nothing is left of the sentence; cut it instead")
    return with_tree(replaced(text, _with_mark(sentence), words), stem)


def write_open(text: str, stem: str, line: Span, section: SectionType, words: str) -> str:
    """``words`` in place of a section's ``todo:`` line; in a list, each of their lines is an item."""
    rows = [" ".join(remove_marks(row).split()) for row in words.splitlines()]
    rows = [row.removeprefix("- ") for row in rows if row]
    if not rows:
        raise UsageError(f"{section.name}: nothing was written; say what belongs there")
    in_list = section.shape in LISTED
    lines = (item_line(row, section.shape, number) for number, row in enumerate(rows, 1))
    body = "\n".join(lines) if in_list else " ".join(rows)
    if text.endswith("\n\n", 0, line.start):  # what the section holds already goes on
        line, body = Span(line.start - 2, line.end), f"{chr(10) if in_list else ' '}{body}"
    return with_tree(replaced(text, line, body), stem)


def cut_sentence(text: str, stem: str, sentence: SentenceCheck) -> str:
    """``text`` without the sentence and its mark; a citation in it goes to the sentence that follows."""
    span = _with_mark(sentence)
    start, end = _line(text, span)
    before, after = text[start : span.start], text[span.end : end]
    dash = "- " if before.startswith("- ") else ""
    rest = " ".join(filter(None, (before.removeprefix(dash).strip(), after.strip())))
    if not rest:
        # The line held nothing else: it goes as a whole, a section's only one down to its heading.
        return with_tree(text[:start] + text[min(end + 1, len(text)) :], stem)
    cited = _CITATION.search(Span(sentence.start, sentence.end).of(text))
    if cited and not _CITATION.search(rest):
        rest = _cite(rest, cited[0].strip())
    return with_tree(text[:start] + dash + rest + text[end:], stem)


def unmark_sentence(text: str, sentence: SentenceCheck) -> str:
    """``text`` without the mark behind the sentence."""
    return text if sentence.mark is None else replaced(text, sentence.mark, "")


def mark_sentence(text: str, sentence: SentenceCheck) -> str:
    """``text`` with a mark behind the sentence that names what the source does not say."""
    if sentence.mark is not None:
        text = replaced(text, sentence.mark, "")
    return replaced(text, Span(sentence.end, sentence.end), mark(sentence.unsupported or ("no evidence",)))


def swap_link(text: str, stem: str, link: Link, candidate: Candidate) -> str:
    """Another note in place of the link's, in prose and tree."""
    swapped = {tree_link(link, text): str(candidate.link)}
    return with_tree(replaced(text, link.span, candidate.written), stem, swapped=swapped)


def remove_link(text: str, stem: str, link: Link) -> str:
    """The link's words stay as plain text; ` (see [[…]])` goes as a whole."""
    aside = _ASIDE.search(text, 0, link.span.start)
    if aside and text.startswith(")", link.span.end):
        return with_tree(replaced(text, Span(aside.start(), link.span.end + 1), ""), stem)
    return with_tree(replaced(text, link.span, tree_link(link, text).rpartition("|")[2]), stem)


def set_take(text: str, stem: str, note_type: NoteType, words: str) -> str:
    """The human's own section; empty words bring its placeholder back."""
    section = next((row for row in note_type.sections if row.writer == "human"), None)
    part = read_layout(text, stem).part_of(section, note_type) if section else None
    if section is None or part is None:
        raise UsageError("my take: the note has no such section; add its heading first")
    body = " ".join(words.split()) or section.todo
    tail = part.body.of(text)
    return replaced(text, part.body, body + (tail[len(tail.rstrip("\n")) :] or "\n\n"))


def _with_mark(sentence: SentenceCheck) -> Span:
    return Span(sentence.start, sentence.mark.end if sentence.mark else sentence.end)


def _line(text: str, span: Span) -> tuple[int, int]:
    end = text.find("\n", span.end)
    return text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end


def _cite(rest: str, citation: str) -> str:
    """``rest`` with the citation before the full stop of its first sentence."""
    plain = blank_marks(rest)
    first = split_sentences(plain)[:1]
    end = len(first[0].of(plain).rstrip()) + first[0].start if first else len(rest)
    stop = _LAST_STOP.search(rest, 0, end)
    at = stop.start() if stop else end
    return f"{rest[:at]} {citation}{rest[at:]}"
