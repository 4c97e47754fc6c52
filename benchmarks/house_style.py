"""How many notes of a vault keep each rule of the house style, and what the others do not keep.

python -m benchmarks.house_style VAULT

Counted are the notes that have the tech journal's sections in order, whatever their type: the type's name and code are
the note's own, everything else is the tech journal's table. M26 is about links that a draft adds and is not asked here.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from enrich.check.finding import Finding
from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.lint import check_style, rules_of
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type

CODES = {"tech-journal": "TJ", "general-note": "GN", "research-digest": "RD", "thoughtpiece": "TP", "market-news": "MR"}


@dataclass(frozen=True)
class Checked:
    """A note of the shape and what it does not keep."""

    path: Path
    findings: tuple[Finding, ...]
    seconds: float

    def keeps(self, rule: str) -> bool:
        """Whether the note has no finding of ``rule``."""
        return all(finding.rule != rule for finding in self.findings)


def read_notes(vault: Path) -> dict[Path, str]:
    """The text of every note; bytes that are no UTF-8 survive as surrogates."""
    return {path: path.read_bytes().decode("utf-8", "surrogateescape") for path in sorted(vault.rglob("*.md"))}


def check_notes(notes: dict[Path, str], journal: NoteType) -> Iterator[Checked]:
    """Check each note that has the journal's shape."""
    ids = Counter(found for text in notes.values() for found in re.findall(r"^note_id: (\S+)", text, re.M)[:1])
    for path, text in notes.items():
        layout = read_layout(text, path.stem)
        if layout.is_shaped(journal):
            taken = [found for found, count in ids.items() if count > 1 or f"note_id: {found}\n" not in text]
            start = time.perf_counter()
            findings = check_style(text, path.stem, type_of(layout, journal), taken)
            yield Checked(path, findings, time.perf_counter() - start)


def type_of(layout: Layout, journal: NoteType) -> NoteType:
    """The journal's table under the name of the note's own type."""
    tags = layout.values.get("tags") or [journal.name]
    name = str(tags[0])
    return replace(journal, name=name, code=CODES.get(name, journal.code))


def share(notes: list[Checked], rule: str) -> str:
    """The share of ``notes`` that keep ``rule``, in percent."""
    return f"{100 * sum(note.keeps(rule) for note in notes) / len(notes):.0f}" if notes else "–"


def main() -> None:
    """Print the table, then every finding."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    vault = parser.parse_args().vault
    journal = read_note_type("tech-journal", prompt_folders(None))
    notes = list(check_notes(read_notes(vault), journal))
    own = [note for note in notes if "Tech_Journal" in note.path.parts]
    print(f"| rule | what it asks | {len(notes)} notes, % | {len(own)} in Tech_Journal, % |\n|---|---|---|---|")
    rules = [rule for rule in rules_of(journal) if rule.id != "M26"]
    for rule in rules:
        reason = rule.reason.replace("|", r"\|")
        print(f"| {rule.id} | {reason} | {share(notes, rule.id)} | {share(own, rule.id)} |")
    slowest = max((note.seconds for note in notes), default=0.0)
    print(f"\n{1000 * slowest:.0f} ms for the slowest note.\n")
    for rule in rules:
        for note in notes:
            for finding in (finding for finding in note.findings if finding.rule == rule.id):
                print(f"- {rule.id} {note.path.stem}: {finding.message}")


if __name__ == "__main__":
    main()
