"""The rules that notes are held to, in words."""

from typing import NamedTuple

from enrich.check.finding import EVIDENCE_RULES, Level
from enrich.check.style.lint import rules_of
from enrich.workspace.open_vault import OpenVault


class RuleInWords(NamedTuple):
    """One rule of a note type."""

    code: str
    """``M10``, ``S3``, ``E2``."""
    level: Level
    asks: str
    """What it asks for, in one line."""


def list_rules(opened: OpenVault, note_type: str = "") -> tuple[RuleInWords, ...]:
    """Every rule of a note type (empty: the usual one), and those that compare a note with its source."""
    found = opened.type_named(note_type) if note_type else opened.usual_type
    own = [RuleInWords(rule.id, rule.level, rule.reason) for rule in rules_of(found)]
    known = {row.code for row in own}
    evidence = (RuleInWords(code, "should", asks) for code, asks in EVIDENCE_RULES.items() if code not in known)
    return (*own, *evidence)
