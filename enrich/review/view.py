"""A session as the page, the terminal and the report show it: plain values, nothing of it is markup."""

from bisect import bisect_right
from hashlib import sha256
from typing import Any

from enrich.check.evidence.judgement import BORNE_OUT, Reading
from enrich.check.note_check import SentenceCheck, sentence_key
from enrich.check.style.linkage_tree import tree_link
from enrich.review.difference import Run, compare_words, mark_shared
from enrich.review.front import values_of
from enrich.review.linkage import prose_links
from enrich.review.my_take import take_questions
from enrich.review.session import Session
from enrich.review.standing import badge_of, say_standing
from enrich.source.source import Source
from enrich.vault.candidate import Candidate
from enrich.vault.wikilink import Link, MarkdownLink


def session_view(session: Session) -> dict[str, Any]:
    """Everything the page shows of one state. Offsets count code points of the source's paragraphs."""
    stems = session.context.source_stems
    sentences = [_sentence(session, number, row, stems) for number, row in enumerate(session.check.sentences)]
    return {
        "version": version_of(session.text),
        "title": session.stem,
        "tags": list(values_of(session.layout, "tags")),
        "keywords": list(values_of(session.layout, "keywords")),
        "description": str(session.layout.values.get("description", "")),
        "take": _take(session),
        "sentences": sentences,
        "order": list(session.order),
        "unlooked": list(session.unlooked),
        "blocks": _blocks(session),
        "links": [_link(session, number, link) for number, link in enumerate(session.links)],
        "candidates": [_candidate(row) for row in session.free_candidates],
        "findings": [
            {
                "rule": row.rule,
                "named": row.named,
                "level": row.level,
                "section": row.section,
                "message": row.message,
            }
            for row in session.check.findings
        ],
        "blockers": [{"message": row.message, "sentence": row.sentence} for row in session.blockers],
        "publish": session.context.publish,
    }


def source_view(source: Source | None) -> dict[str, Any]:
    """The saved source, paragraph by paragraph."""
    if source is None:
        return {"title": "", "site": "", "url": "", "author": "", "published": "", "language": "", "paragraphs": []}
    return {
        "title": source.title,
        "site": source.site,
        "url": source.url,
        "author": source.author,
        "published": source.published.isoformat() if source.published else "",
        "language": source.language,
        "paragraphs": [span.of(source.text) for span in source.paragraphs],
    }


def version_of(text: str) -> str:
    """What tells two states of a note's text apart."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _blocks(session: Session) -> list[dict[str, Any]]:
    """Sentences that stand in one paragraph or bullet, in order."""
    blocks: list[dict[str, Any]] = []
    last: SentenceCheck | None = None
    for number, row in enumerate(session.check.sentences):
        between = session.text[last.end : row.start] if last is not None else ""
        if last is None or row.section != last.section or "\n- " in between or "\n\n" in between:
            bullet = session.text[max(0, row.start - 2) : row.start] == "- "
            blocks.append({"section": row.section, "bullet": bullet, "sentences": [number]})
        else:
            blocks[-1]["sentences"].append(number)
        last = row
    return blocks


def _sentence(session: Session, number: int, row: SentenceCheck, stems: frozenset[str]) -> dict[str, Any]:
    look = session.look(row)
    return {
        "number": number,
        "section": row.section,
        "text": row.text,
        "raw": session.raw(row),
        "verdict": row.verdict,
        "read_by": row.read_by,
        "score": round(row.score, 3),
        "reasons": list(row.reasons),
        "marked": row.mark is not None,
        "kept": look is not None,
        "badge": badge_of(row),
        "standing": say_standing(row, look.how if look else ""),
        "runs": _runs(_compared(row, stems)),
        "evidence": _evidence(session.context.against.source, row),
        "links": [at for at, link in enumerate(session.links) if row.start <= link.span.start < row.end],
        "reading": _reading(session.context.against.readings.get(sentence_key(row.text))),
    }


def _compared(row: SentenceCheck, stems: frozenset[str]) -> list[Run]:
    """The sentence's words by where they stand; a person's own are compared with nothing."""
    if row.verdict == "human" or not stems:
        return [Run(row.text, "plain")]
    wrong = row.reading.words if row.reading and row.reading.meaning not in BORNE_OUT else ()
    return compare_words(row.text, row.quote, stems, (*row.unsupported, *wrong))


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    """What a model said of the sentence, whoever vouched for it since."""
    if reading is None:
        return None
    return {"by": reading.by, "meaning": reading.meaning, "words": list(reading.words), "quote": reading.quote}


def _evidence(source: Source | None, row: SentenceCheck) -> dict[str, Any] | None:
    """The evidence by paragraph; one that reaches over several paragraphs is shown from its first one's place."""
    if source is None or row.evidence is None:
        return None
    number = max(0, bisect_right([span.start for span in source.paragraphs], row.evidence.start) - 1)
    paragraph = source.paragraphs[number]
    start = max(0, row.evidence.start - paragraph.start)
    return {
        "paragraph": number,
        "start": start,
        "end": max(start, min(row.evidence.end, paragraph.end) - paragraph.start),
        "quote": row.quote,
        "place": row.place,
        "runs": _runs(mark_shared(row.quote, row.text)),
    }


def _runs(runs: list[Run]) -> list[list[str]]:
    return [[run.text, run.kind] for run in runs]


def _link(session: Session, number: int, link: Link) -> dict[str, Any]:
    see_also = session.layout.see_also
    fixed = bool(see_also and see_also.start <= link.span.start < see_also.end)
    known: dict[str, Candidate] = {row.written: row for row in session.context.candidates}
    words = tree_link(link, session.text)
    found = next((row for row in session.check.links if row.span == link.span), None)
    candidate = known.get(link.span.of(session.text))
    return {
        "number": number,
        "target": link.target if isinstance(link, MarkdownLink) else words,
        "shown": words.rpartition("|")[2],
        "see_also": fixed,
        "obsidian": found.obsidian if found else None,
        "quartz": found.quartz if found else None,
        "concept": link.target in session.context.around.allow_unresolved,
        "candidate": _candidate(candidate) if candidate else None,
    }


def _candidate(row: Candidate) -> dict[str, Any]:
    return {
        "id": row.id,
        "link": row.link,
        "title": row.title,
        "line": row.line,
        "score": round(row.score, 3),
        "reasons": list(row.reasons),
    }


def _take(session: Session) -> dict[str, Any]:
    section = next((row for row in session.context.note_type.sections if row.writer == "human"), None)
    part = session.layout.part_of(section, session.context.note_type) if section else None
    words = part.body.of(session.text).strip() if part else ""
    linked = [tree_link(link, session.text).rpartition("|")[2] for link in prose_links(session.layout)]
    return {
        "there": part is not None,
        "words": "" if section and words == section.todo else words,
        "questions": list(take_questions(session.check.sentences, linked, session.context.against.source)),
    }
