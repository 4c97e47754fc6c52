"""Say what was found in claims: a line for each that needs a look, JSON lines for a program."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich.workspace.results import CheckedClaim


def claim_lines(name: str, checked: "Iterable[CheckedClaim]", wishes: bool) -> Iterator[str]:
    """``NAME:3: unsupported: …`` for every claim that is; with ``wishes`` the doubtful ones too."""
    shown = ("unsupported", "doubtful") if wishes else ("unsupported",)
    for number, claim in enumerate(checked, 1):
        if claim.verdict in shown:
            yield f"{name}:{number}: {claim.verdict}: {claim.text!r} ({'; '.join(claim.reasons)})"


def claims_as_json(checked: "Iterable[CheckedClaim]", source: str) -> Iterator[str]:
    """A line of JSON for each claim, in order; ``evidence`` counts characters of the source's text."""
    for claim in checked:
        evidence = claim.evidence
        row = {
            "text": claim.text,
            "verdict": claim.verdict,
            "read_by": claim.read_by,
            "reasons": list(claim.reasons),
            "evidence": None if evidence is None else {**evidence._asdict(), "quote": evidence.of(source)},
            "score": round(claim.score, 3),
        }
        yield json.dumps(row, ensure_ascii=False)
