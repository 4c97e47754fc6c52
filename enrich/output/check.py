"""Say what a check found: lines for a person, values for a program."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from enrich.text.count import counted
from enrich.text.lines import Lines

if TYPE_CHECKING:
    from enrich.text.span import Span
    from enrich.workspace.results import Finding, NoteCheck, SentenceCheck

_NO_SOURCE = "no source was found, so that evidence was not checked"


def check_lines(path: str, text: str, found: "NoteCheck", wishes: bool = True) -> Iterator[str]:
    """``path:line: …`` for every unsupported sentence and finding, as editors read it.

    ``wishes``: doubts and should rules too.
    """
    lines = Lines(text)
    for sentence in (*found.unsupported, *found.doubtful):
        if wishes or sentence.is_refuted:
            number = lines.number_at(sentence.start)
            yield f"{path}:{number}: {sentence.verdict} in {sentence.section}: {_said(sentence)}"
    for finding in found.findings:
        if wishes or finding.level == "must":
            line = lines.number_at(finding.span.start if finding.span else 0)
            yield f"{path}:{line}: {finding.level} {finding.named} in {finding.section}: {finding.message}"


def count_line(found: "NoteCheck") -> str:
    """``12 sentences: numbers, names and dates all found; 12 that nobody has read; all rules kept``."""
    evidence = found.counts if found.sentences else _NO_SOURCE
    levels = Counter(finding.level for finding in found.findings)
    broken = f"{counted(levels['must'], 'must rule')} and {counted(levels['should'], 'wish', 'wishes')} not kept"
    return f"{evidence}; {broken if levels else 'all rules kept'}"


def rule_lines(found: "Iterable[NoteCheck]") -> list[str]:
    """For many notes: each rule with how often it failed and in how many notes, the most frequent first."""
    faults: Counter[tuple[str, str]] = Counter()
    notes: Counter[tuple[str, str]] = Counter()
    asks = {"evidence": "the source says what the sentence says"}
    for check in found:
        keys: list[tuple[str, str]] = [(finding.rule, finding.level) for finding in check.findings]
        keys += [("evidence", "unsupported")] * len(check.unsupported)
        faults.update(keys)
        notes.update(set(keys))
        asks.update((finding.rule, finding.named.partition(" ")[2].strip("()")) for finding in check.findings)
    ordered = sorted(faults, key=lambda key: (-notes[key], key))
    return [
        f"{rule:<9} {level:<12} {counted(notes[rule, level], 'note'):>10} {counted(faults[rule, level], 'fault'):>12}"
        f"  {asks[rule]}"
        for rule, level in ordered
    ]


def check_to_dict(found: "NoteCheck") -> dict[str, Any]:
    """The check as JSON values; spans are ``[start, end]`` in the note, evidence in the source's text."""
    return {
        "sentences": [_sentence(sentence) for sentence in found.sentences],
        "findings": [_finding(finding) for finding in found.findings],
        "links": [
            {"target": link.target, "span": list(link.span), "obsidian": link.obsidian, "quartz": link.quartz}
            for link in found.links
        ],
        "copied": round(found.copied, 3),
    }


def _sentence(sentence: "SentenceCheck") -> dict[str, Any]:
    evidence = sentence.evidence
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "section": sentence.section,
        "verdict": sentence.verdict,
        "read_by": sentence.read_by,
        "score": round(sentence.score, 3),
        "evidence": None if evidence is None else _evidence(evidence, sentence),
        "reasons": list(sentence.reasons),
    }


def _evidence(span: "Span", sentence: "SentenceCheck") -> dict[str, Any]:
    place = {"place": sentence.place} if sentence.place else {}
    return {**span._asdict(), "quote": sentence.quote, **place}


def _finding(finding: "Finding") -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "section": finding.section,
        "span": None if finding.span is None else list(finding.span),
        "message": finding.message,
    }


def _said(sentence: "SentenceCheck") -> str:
    return f"{sentence.text!r} ({'; '.join(sentence.reasons) or 'not in the source'})"
