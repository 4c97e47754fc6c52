"""A small vault with a draft in its airlock, and the run folder that the draft came from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from enrich.draft.checked import check_answer
from enrich.draft.compose import compose_note
from enrich.draft.draft_note import Draft
from enrich.draft.report import claim_rows
from enrich.draft.run import create_run
from enrich.draft.section import parse_answer
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkAddress
from tests.draft.parts import CANDIDATES, journal_type, make_answer, make_candidate, make_context

NOTE_ID = "230214TJ01"
OTHERS = (
    *CANDIDATES,
    make_candidate(4, "calder motion defends its controller price"),
    make_candidate(5, "open servo firmware reaches small shops", reasons=("shares #hardware", "terms: servo")),
)
DOUBTFUL = "Shipments to 13 countries begin in March under a licence that rules out weapons."
SOUND = "Shipments to 12 countries begin in March under a licence that rules out weapons."
STEM = "norwick undercuts rivals with a cheap servo controller"


@dataclass(frozen=True)
class Drafted:
    """Where everything is."""

    vault: Path
    home: Path
    """``ENRICH_HOME`` of the user."""
    note: Path
    run: Path

    @property
    def state(self) -> Path:
        """The user's state folder."""
        return self.home / "state"


IN_MARKDOWN = tuple(replace(row, address=LinkAddress(f"../../../{row.path.replace(' ', '%20')}")) for row in OTHERS)
"""The same notes where the vault's owner writes Markdown links: as an address leads to them from the draft."""


def make_drafted(folder: Path, doubtful: bool = True, others: tuple[Candidate, ...] = OTHERS) -> Drafted:
    """A vault of the ``others`` and one draft; its second sentence is unsupported when ``doubtful``."""
    note_type = journal_type()
    context = make_context(candidates=others)
    answer = make_answer()
    if doubtful:
        answer["lead"]["sentences"][1]["text"] = DOUBTFUL
    checked = check_answer(parse_answer(answer, note_type, context.candidates), context.source)
    note = compose_note(checked, context, note_type, NOTE_ID)

    vault = folder / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    for candidate in others:
        path = vault / candidate.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: {candidate.title}\ntags:\n  - tech-journal\n---\n\n# {candidate.title}\n", "utf-8"
        )
    target = vault / "AI_Sandbox" / "Tech_Journal" / "2023" / f"{note.title}.md"
    target.parent.mkdir(parents=True)
    target.write_text(note.text, "utf-8", newline="\n")

    run = create_run(folder / "home" / "state" / "runs" / "20230214-120000-norwick-1", date(2023, 2, 14))
    run.save_context(context)
    run.save_about(url=context.source.url, note_type=note_type.name, note_id=NOTE_ID)
    run.save_json("claims.json", {"claims": claim_rows(Draft(note, checked, (), ()))})
    return Drafted(vault, folder / "home", target, run.path)
