"""Say what a draft is: lines for a person, one envelope for a program."""

from collections.abc import Iterator
from typing import Any

from enrich.check.claim import CheckedClaim
from enrich.draft.draft_note import Draft
from enrich.draft.material import Material
from enrich.llm.prompt import ARTICLE_CHARACTERS
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType


def report_lines(draft: Draft, material: Material, note_type: NoteType) -> list[str]:
    """The report on stderr: links, evidence, style, model, tokens, time."""
    return [
        *_about_source(material),
        *_about_links(draft),
        *_about_evidence(draft),
        *_about_style(draft, material, note_type),
        *(f"warning: {warning}" for warning in draft.warnings),
        *_about_model(draft, material),
    ]


def make_envelope(draft: Draft, material: Material, where: dict[str, str | None]) -> dict[str, Any]:
    """The ``--json`` answer; ``where`` holds ``path`` (in the vault), ``note_id`` and ``run``."""
    source = material.source
    last = draft.completions[-1]
    tokens = _tokens(draft)
    return {
        "path": where["path"],
        "note_id": where["note_id"],
        "title": draft.note.title,
        "source": {
            "url": source.url,
            "title": source.title,
            "site": source.site,
            "author": source.author,
            "published": None if source.published is None else source.published.isoformat(),
            "language": source.language,
            "words": source.words,
            "flags": list(source.flags),
        },
        "links": [
            {
                "target": candidate.link,
                "path": candidate.path,
                "score": candidate.score,
                "reason": "; ".join(candidate.reasons),
                "section": section,
            }
            for candidate, section in _links(draft, material)
        ],
        "findings": [
            {"rule": item.rule, "level": item.level, "section": item.section, "message": item.message}
            for item in draft.findings
        ],
        "model": None if last.origin == "extractive" else last.model,
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]},
        "run": where["run"],
    }


def claim_rows(draft: Draft) -> list[dict[str, Any]]:
    """Every sentence with the words it rests on and what the check said, for the run folder and a later check."""
    description = draft.checked.description
    rows = [("description", description.sentence, description.check)]
    for section in draft.checked.sections:
        rows.extend((section.type.name, checked.sentence, checked.check) for checked in section.sentences)
    return [
        {
            "section": section,
            "text": sentence.reading,
            "quote": sentence.quote,
            "verdict": check.verdict,
            "score": round(check.score, 3),
            "evidence": None if check.evidence is None else list(check.evidence),
            "reasons": list(check.reasons),
        }
        for section, sentence, check in rows
    ]


def _links(draft: Draft, material: Material) -> Iterator[tuple[Candidate, str]]:
    """The notes that the draft links to, with the section, see-also first as in the note."""
    if not draft.note.by_convention:
        by_link = {candidate.link: candidate for candidate in material.candidates}
        for target in draft.note.see_also:
            yield by_link[target], "see also"
    for sentence, section in draft.checked.links:
        if sentence.link is not None:
            yield sentence.link, section.name


def _about_source(material: Material) -> Iterator[str]:
    source = material.source
    published = source.published or "date unknown"
    yield f"source: {source.title} ({source.site}, {published}, {source.words} words)"
    yield from (f"warning: {warning}" for warning in material.warnings)


def _about_links(draft: Draft) -> Iterator[str]:
    links = [(s.link, section.name) for s, section in draft.checked.links if s.link is not None]
    if not links:
        yield "links: none; no candidate fits, or the vault has no note that may be linked"
    for candidate, section in links:
        yield f"link: [[{candidate.link}]] in {section}, score {candidate.score:.2f}: {'; '.join(candidate.reasons)}"
    if draft.note.by_convention:
        pair = " and ".join(draft.note.see_also)
        yield f"see also: {pair}, by the vault's own habit; no note stands behind them"


def _about_evidence(draft: Draft) -> Iterator[str]:
    checks = list(_checks(draft))
    unverified = [check for check in checks if check.verdict == "unsupported"]
    yield f"evidence: {len(checks) - len(unverified)} of {len(checks)} sentences say nothing that the source does not"
    for check in unverified:
        yield f"unverified: {check.text} ({'; '.join(check.reasons) or 'not in the source'})"
    for check in checks:
        if check.verdict == "supported" and check.reasons:
            yield f"doubtful: {check.text} ({'; '.join(check.reasons)})"


def _checks(draft: Draft) -> Iterator[CheckedClaim]:
    yield draft.checked.description.check
    for section in draft.checked.sections:
        for sentence in section.sentences:
            yield sentence.check


def _about_style(draft: Draft, material: Material, note_type: NoteType) -> Iterator[str]:
    for finding in draft.findings:
        if finding.rule != "E1" or finding.section == "title":
            yield f"{finding.level} {finding.rule} in {finding.section}: {finding.message}"
    known = {note_type.name, str(material.created.year), *material.known_tags}
    new = [tag for tag in draft.note.tags if tag not in known]
    if new:
        yield f"new tags: {', '.join(new)}; fewer than {note_type.tag_known_after} notes use them"


def _about_model(draft: Draft, material: Material) -> Iterator[str]:
    last = draft.completions[-1]
    seconds = sum(completion.seconds for completion in draft.completions)
    if last.origin == "extractive":
        yield f"model: none was used; the embedded engine quoted the source ({seconds:.1f} s)"
        return
    if len(material.source.text) > ARTICLE_CHARACTERS:
        yield f"warning: the model was shown the first {ARTICLE_CHARACTERS} characters of the article"
    asked, answered = _tokens(draft)
    tokens = "tokens unknown" if asked is None or answered is None else f"{asked} + {answered} tokens"
    yield f"model: {last.model} ({last.origin}), {len(draft.completions)} round(s), {tokens}, {seconds:.1f} s"


def _tokens(draft: Draft) -> tuple[int | None, int | None]:
    usages = [completion.usage for completion in draft.completions]
    total = sum(usages[1:], usages[0])
    return total.prompt_tokens, total.completion_tokens
