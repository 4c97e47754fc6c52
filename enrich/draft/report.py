"""Say what a draft is: lines for a person, one envelope for a program."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import asdict

from enrich.check.evidence.claim import CheckedClaim
from enrich.check.evidence.judgement import count_judgements
from enrich.check.finding import Finding
from enrich.check.note_check import sentence_key
from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft
from enrich.llm.budget import Spent, show_cost
from enrich.llm.completion import Usage
from enrich.llm.prompt import ARTICLE_CHARACTERS
from enrich.reader.read import ReadThrough
from enrich.text.count import counted
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType


def report_lines(draft: Draft, context: DraftContext, note_type: NoteType, spent: Spent | None = None) -> list[str]:
    """The whole report, which a run folder keeps and ``--verbose`` shows: source, links, evidence, rules, model."""
    return [
        _about_source(context),
        *_about_links(draft),
        *_about_left(draft),
        *_about_evidence(draft),
        *_about_rules(draft, context, note_type),
        *(f"warning: {warning}" for warning in _warnings(draft, context)),
        _about_model(draft, spent),
    ]


def brief_lines(draft: Draft, context: DraftContext, hint: str = "", spent: Spent | None = None) -> list[str]:
    """The same in six lines at most; of each kind of trouble the first, and how many more there are.

    ``hint`` says how to name a model, where a key is set and none is named.
    """
    kept = [finding for finding in draft.findings if not _is_said_as_evidence(finding, draft)]
    rules = [f"{finding.level} {finding.named} in {finding.section}: {finding.message}" for finding in kept]
    return [
        _about_source(context),
        _brief_links(draft),
        _first(f"{count_evidence(draft)}{_left(draft)}", [_judged(check) for check in _unsupported(draft)]),
        f"rules: {_first('', rules)}" if rules else "rules: all kept",
        *([f"warning: {_first('', warnings)}"] if (warnings := _warnings(draft, context)) else []),
        f"{_about_model(draft, spent)}{'; a key is set: ' + hint if hint else ''}",
    ]


def _first(head: str, rows: Sequence[str]) -> str:
    """The first of ``rows`` behind ``head``, and how many more there are."""
    if not rows:
        return head
    more = f" (and {len(rows) - 1} more: -v)" if len(rows) > 1 else ""
    return f"{head}: {rows[0]}{more}" if head else f"{rows[0]}{more}"


def make_envelope(
    draft: Draft, context: DraftContext, where: dict[str, str | None], spent: Spent | None = None
) -> dict[str, Any]:
    """The ``--json`` answer; ``where`` holds ``path`` (in the vault), ``note_id`` and ``run``."""
    source = context.source
    last = draft.completions[-1]
    usage = _usage(draft)
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
            for candidate, section in _links(draft, context)
        ],
        "findings": [
            {"rule": item.rule, "level": item.level, "section": item.section, "message": item.message}
            for item in draft.findings
        ],
        "model": None if last.origin == "extractive" else last.model,
        "usage": {
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "cost": _cost(spent),
        },
        "reader": _reader(draft.through),
        "run": where["run"],
    }


def _reader(through: ReadThrough) -> dict[str, Any] | None:
    """Who read the draft, and what that took; None where nobody did."""
    if not through.completions:
        return None
    return {
        "model": through.by,
        "believed": not through.missed,
        "prompt_tokens": through.usage.prompt_tokens,
        "completion_tokens": through.usage.completion_tokens,
    }


def _about_reader(through: ReadThrough) -> Iterator[str]:
    """Why what a second reader said is not there."""
    if through.failure:
        yield f"second reader: {through.failure}; what is unread is yours to read"
    if through.missed:
        passed = f"it passed over an error that was planted ({through.missed[0]!r})"
        yield f"second reader {through.by}: is not believed, for {passed}; nobody has read the sentences"


def claim_rows(draft: Draft) -> list[dict[str, Any]]:
    """Every sentence with the words it rests on and what the check said, for the run folder and a later check."""
    return [
        {
            "section": row.name,
            "text": row.text,
            "quote": row.quote,
            "verdict": row.check.verdict,
            "read_by": row.check.read_by,
            "score": round(row.check.score, 3),
            "evidence": None if row.check.evidence is None else list(row.check.evidence),
            "reasons": list(row.check.reasons),
            **({"thesis": True} if row.check.thesis else {}),
            **({"reading": asdict(row.check.reading)} if row.check.reading else {}),
        }
        for row in draft.checked.rows
    ]


def title_reading(draft: Draft) -> dict[str, Any]:
    """What a second reader said of the title, in the form of `claim_rows`; empty where that was about other words."""
    reading = draft.through.readings.get(sentence_key(draft.note.title))
    return {"title_reading": asdict(reading)} if reading else {}


def _links(draft: Draft, context: DraftContext) -> Iterator[tuple[Candidate, str]]:
    """The notes that the draft links to, with the section, see-also first as in the note."""
    if not draft.note.by_convention:
        by_link = {candidate.link: candidate for candidate in context.candidates}
        for target in draft.note.see_also:
            yield by_link[target], "see also"
    for part in draft.checked.properties:
        yield from ((one.value.link, part.type.name) for one in part.values if one.value.link is not None)
    for sentence, section in draft.checked.links:
        if sentence.link is not None:
            yield sentence.link, section.name


def _about_source(context: DraftContext) -> str:
    source = context.source
    published = source.published or "date unknown"
    return f"source: {source.title} ({source.site}, {published}, {counted(source.words, 'word')})"


def _warnings(draft: Draft, context: DraftContext) -> list[str]:
    shown = [*context.warnings, *draft.warnings, *_about_reader(draft.through)]
    if draft.completions[-1].origin != "extractive" and len(context.source.text) > ARTICLE_CHARACTERS:
        shown.append(f"the model was shown the first {ARTICLE_CHARACTERS:,} characters of the article")
    return shown


def _linked(draft: Draft) -> list[tuple[Candidate, str]]:
    return [(s.link, section.name) for s, section in draft.checked.links if s.link is not None]


def _brief_links(draft: Draft) -> str:
    body = ", ".join(f"[[{candidate.link}]]" for candidate, _ in _linked(draft)) or _no_links(draft)
    return f"links: {body}{_see_also(draft)}"


def _no_links(draft: Draft) -> str:
    """What stands for the links of a text that has none: not that no note fits, where see-also names some."""
    return "none in the text" if draft.note.see_also else "none; no note of the vault fits"


def _about_links(draft: Draft) -> Iterator[str]:
    links = _linked(draft)
    if not links:
        yield f"links: {_no_links(draft)}"
    for candidate, section in links:
        yield f"link: [[{candidate.link}]] in {section}, score {candidate.score:.2f}: {'; '.join(candidate.reasons)}"
    if draft.note.see_also:
        yield f"links{_see_also(draft)}".replace("links; ", "")


def _see_also(draft: Draft) -> str:
    """``; see also: [[a]], [[b]]``. A concept that no note is called is a dead link on the site, and is said to be."""
    if not draft.note.see_also:
        return ""
    strays = dict.fromkeys(draft.note.stray, " (only the nearest there is)")
    names = ", ".join(f"[[{name}]]{strays.get(name, '')}" for name in draft.note.see_also)
    dead = f", {counted(len(draft.note.see_also), 'link')} without a note" if draft.note.by_convention else ""
    return f"; see also: {names}{dead}"


def count_evidence(draft: Draft) -> str:
    """``evidence: 8 sentences: numbers, names and dates all found; 8 that nobody has read``."""
    return f"evidence: {count_judgements(_checks(draft))}"


def _about_left(draft: Draft) -> Iterator[str]:
    if left := _left(draft):
        yield f"{left.removeprefix('; ')}; the article gives too little to quote there"


def _left(draft: Draft) -> str:
    """``; left to you: risk surface``: the sections that hold a todo line; empty when there are none."""
    left = [part.type.key for part in draft.checked.properties if not (part.values or part.type.optional)]
    left += [section.type.name for section in draft.checked.sections if section.left]
    return f"; left to you: {', '.join(left)}" if left else ""


def _about_evidence(draft: Draft) -> Iterator[str]:
    yield count_evidence(draft)
    yield from (f"unsupported: {_judged(check)}" for check in _unsupported(draft))
    yield from (f"doubtful: {_judged(check)}" for check in _doubtful(draft))


def _judged(check: CheckedClaim) -> str:
    return f"{check.text!r} ({'; '.join(check.reasons) or 'not in the source'})"


def _unsupported(draft: Draft) -> list[CheckedClaim]:
    return [check for check in _checks(draft) if check.verdict == "unsupported"]


def _doubtful(draft: Draft) -> list[CheckedClaim]:
    return [check for check in _checks(draft) if check.verdict == "doubtful"]


def _checks(draft: Draft) -> Iterator[CheckedClaim]:
    return (row.check for row in draft.checked.rows)


def _is_said_as_evidence(finding: Finding, draft: Draft) -> bool:
    """A sentence that the source does not say stands in the lines about evidence; what was left out stands nowhere."""
    return finding.rule in ("E1", "E3") and finding.section in {row.name for row in draft.checked.rows}


def _about_rules(draft: Draft, context: DraftContext, note_type: NoteType) -> Iterator[str]:
    for finding in draft.findings:
        if not _is_said_as_evidence(finding, draft):
            yield f"{finding.level} {finding.named} in {finding.section}: {finding.message}"
    known = {note_type.name, str(context.created.year), *context.known_tags}
    new = [tag for tag in draft.note.tags if tag not in known]
    if new:
        yield f"new tags: {', '.join(new)}; fewer than {note_type.tag_known_after} notes use them"


def _cost(spent: Spent | None) -> float | None:
    """None where nothing was asked, or the user's table has no price for it."""
    return round(spent.cost, 6) if spent is not None and spent.requests and spent.has_price else None


def _about_model(draft: Draft, spent: Spent | None) -> str:
    last = draft.completions[-1]
    seconds = sum(completion.seconds for completion in draft.completions)
    if last.origin == "extractive":
        return f"model: none was used; the no-model engine quoted the source ({seconds:.1f} s)"
    tokens = _say_tokens(_usage(draft))
    cost = _cost(spent)
    money = "" if spent is None or cost is None else f", {'' if spent.is_known else 'at most '}${show_cost(cost)}"
    rounds = counted(len(draft.completions), "round")
    said = f"model: {last.model} ({last.origin}), {rounds}, {tokens}{money}, {seconds:.1f} s"
    return f"{said}{_read_with(draft.through)}"


def _read_with(through: ReadThrough) -> str:
    """``; second reader: gpt-5, 1 request, 4,100 + 900 tokens``; empty where there was none."""
    if not through.completions:
        return ""
    asked = counted(len(through.completions), "request")
    return f"; second reader: {through.by}, {asked}, {_say_tokens(through.usage)}"


def _say_tokens(usage: Usage) -> str:
    asked, answered = usage.prompt_tokens, usage.completion_tokens
    return "tokens unknown" if asked is None or answered is None else f"{asked:,} + {answered:,} tokens"


def _usage(draft: Draft) -> Usage:
    """Of the writer's rounds."""
    return sum((completion.usage for completion in draft.completions), Usage())
