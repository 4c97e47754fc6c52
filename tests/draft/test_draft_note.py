"""The pipeline with a scripted engine: second rounds, failures, and what is never written."""

from collections.abc import Callable
from typing import Any

import pytest

from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Engines, Rules, Watch, draft_note
from enrich.errors import ModelError
from enrich.llm.completion import AnswerError, Completion, Engine, Prompt, Usage
from enrich.reader.read import SecondReader
from enrich.vault.note_type import prompt_folders
from tests.draft.parts import CANDIDATES, TEXT, journal_type, make_answer, make_candidate, make_context
from tests.reader.readers import Reader, said, sentences_of

LINKS = {*(candidate.link for candidate in CANDIDATES), "calder motion raises prices again"}
INVENTED = {"sentences": [{"text": "The board closes 90 servo loops at 2 kHz, said the company in a note to buyers "
                           "and rivals.", "evidence": "servo loops at 2 kHz"}]}  # fmt: skip


class ScriptedEngine:
    """Gives the answers it was made with, in order; an exception in the list is raised."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        self.left = list(answers)
        self.prompts: list[Prompt] = []

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """The next answer."""
        self.prompts.append(prompt)
        answer = self.left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        on_text("…")
        return Completion("…", answer, "scripted", Usage(10, 5), "stop", "json_schema", "loopback")


def draft(engine: ScriptedEngine, watch: Watch | None = None, reader: Engine | None = None, **context: Any) -> Draft:
    """The draft of a scripted engine; with a ``reader`` it is read."""
    made: DraftContext = make_context(
        candidates=(*CANDIDATES, make_candidate(4, "calder motion raises prices again")), **context
    )
    rules = Rules(lambda target: (target in LINKS, target in LINKS))
    engines = Engines(engine, SecondReader(reader, prompt_folders(None)) if reader else None)
    return draft_note(made, journal_type(), engines, "230214TJ01", rules, watch or Watch())


def test_a_clean_answer_is_asked_for_once() -> None:
    """Nothing is spent on a second round when the first answer has no finding."""
    engine = ScriptedEngine(make_answer())
    assert draft(engine).failures == ()
    assert [prompt.name for prompt in engine.prompts] == ["draft"]


def test_only_the_failed_section_is_asked_for_again() -> None:
    """An invented number goes back once, for its section alone, with the reason."""
    mended = make_answer()["scene_cut"]
    engine = ScriptedEngine(make_answer(scene_cut=INVENTED), {"scene_cut": mended})
    made = draft(engine)
    second = engine.prompts[1]
    assert set(second.schema["properties"]) == {"scene_cut"}
    assert "90" in second.messages[-1].content
    assert made.failures == ()
    assert "40 servo loops" in made.note.text


def test_what_stays_invented_is_marked_and_found() -> None:
    """An invented number that the second round keeps is marked in the note and listed for --strict."""
    made = draft(ScriptedEngine(make_answer(scene_cut=INVENTED), {"scene_cut": INVENTED}))
    assert "==[unverified: 90]==" in made.note.text
    assert [finding.rule for finding in made.failures] == ["E1"]


def test_a_second_round_that_is_worse_is_not_taken() -> None:
    """A revision with more findings than the first answer is dropped, and the report says so."""
    worse = {"sentences": [{"text": "90 boards, 91 loops, and Acme Corp agree.", "evidence": None}]}
    made = draft(ScriptedEngine(make_answer(scene_cut=INVENTED), {"scene_cut": {"sentences": worse["sentences"] * 3}}))
    assert "90 servo loops" in made.note.text
    assert "the first one was kept" in made.warnings[0]


def test_a_failed_second_round_keeps_the_whole_first_answer() -> None:
    """A provider that fails in the second round costs the revision, not the draft."""
    made = draft(ScriptedEngine(make_answer(scene_cut=INVENTED), AnswerError("the model: refused; try another")))
    assert "second answer: the model: refused" in made.warnings[0]


def test_a_failed_first_answer_is_no_draft_and_is_kept_for_the_run() -> None:
    """No note is made from half an answer, and what the model said reaches the run folder."""
    seen: list[str] = []
    watch = Watch(failed=lambda prompt, _error: seen.append(prompt.name))
    with pytest.raises(ModelError):
        draft(ScriptedEngine(AnswerError("the answer: was cut off; raise the limit")), watch)
    assert seen == ["draft"]


def test_the_article_is_fenced_in_the_user_message_and_nowhere_else() -> None:
    """Text of the page never stands among the instructions, and cannot close its fence."""
    engine = ScriptedEngine(make_answer())
    draft(engine)
    system, user = engine.prompts[0].messages
    assert "Penang" not in system.content
    fence = user.content.split("between the two ")[1].split(" lines")[0]
    assert user.content.count(fence) == 3
    assert "Penang" in user.content.split(f"\n{fence}\n")[1]


def test_the_users_title_is_kept() -> None:
    """A title that the user gave is not sent back to the model for its length."""
    engine = ScriptedEngine(make_answer())
    made = draft(engine, note_title="heron")
    assert "\n# heron\n" in made.note.text
    assert len(engine.prompts) == 1


def test_too_few_notes_to_link_to_are_no_fault_of_the_draft() -> None:
    """Where the vault has hardly a note about the article, a missing link is a wish, and nothing is asked for again."""
    engine = ScriptedEngine(make_answer(), make_answer())
    made = draft_note(
        make_context(candidates=()),
        journal_type(),
        Engines(engine),
        "230214TJ01",
        Rules(lambda _: (True, True)),
        Watch(),
    )
    assert not {"M11", "M17"} & {finding.rule for finding in made.failures}


RISK = "Licence clauses might bind resellers in some markets."
MENDED = {
    "bullets": [
        *make_answer()["risk_surface"]["bullets"][:2],
        {"text": "Buyers may not use it in weapons.", "evidence": "forbids use in weapons"},
    ]
}


def test_what_a_reader_doubts_goes_back_once_and_is_read_again() -> None:
    """The writer mends what machine and reader found, in one round; only changed sentences are read anew."""
    reader = Reader(TEXT, {RISK: said("goes beyond", "resellers")})
    engine = ScriptedEngine(
        make_answer(scene_cut=INVENTED), {"scene_cut": make_answer()["scene_cut"], "risk_surface": MENDED}
    )
    made = draft(engine, reader=reader)
    asked = engine.prompts[1].messages[-1].content
    assert "E1: " in asked
    assert "E3: 'Licence clauses might bind resellers in some markets.': “resellers”: goes beyond" in asked
    first, second = (set(sentences_of(prompt).values()) for prompt in reader.prompts)
    assert made.note.title in first
    assert {"Buyers may not use it in weapons."} <= second
    assert "Buyers could wait nine weeks for spare boards." in first - second
    assert not [finding for finding in made.findings if finding.rule == "E3"]
    assert {row.check.verdict for section in made.checked.sections for row in section.sentences} == {"supported"}


def test_what_a_reader_still_doubts_is_a_finding() -> None:
    """What the writer keeps is shown to the reviewer; what the article contradicts is a must."""
    reader = Reader(TEXT, {RISK: said("contradicted", "resellers", quote="must accept a licence")})
    kept = {"risk_surface": make_answer()["risk_surface"]}
    made = draft(ScriptedEngine(make_answer(), kept), reader=reader)
    (finding,) = made.failures
    assert finding.rule == "E3"
    assert finding.message.endswith("contradicted, as reader reads it; the article has “must accept a licence”")
    assert len(reader.prompts) == 1


def test_a_nodding_reader_changes_nothing() -> None:
    """Its verdicts are dropped: the sentences stay unread, and the draft says whom not to believe."""
    made = draft(ScriptedEngine(make_answer()), reader=Reader(TEXT, nods=True))
    verdicts = {row.check.verdict for section in made.checked.sections for row in section.sentences}
    assert "supported" not in verdicts
    assert made.through.missed


def test_a_reader_that_fails_costs_no_draft() -> None:
    """The draft was paid for; what went wrong is told."""

    class Broken:
        def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:  # noqa: ARG002
            raise AnswerError("reader: the answer was cut off; raise the limit")

    failed: list[str] = []
    made = draft(ScriptedEngine(make_answer()), Watch(failed=lambda prompt, _: failed.append(prompt.name)), Broken())
    assert failed == ["read"]
    assert "cut off" in made.through.failure
    assert made.failures == ()


def test_sections_that_are_asked_again_hear_of_their_doubts_and_wishes_too() -> None:
    """Marketing words and doubts alone cost no round; where there is one anyway they go along."""
    braid = make_answer()["signal_braid"]["bullets"]
    loud = {**braid[0], "text": "An exciting price of $1,950 echoes the slide described in {link}."}
    engine = ScriptedEngine(make_answer(signal_braid={"bullets": [loud, *braid[1:]]}), make_answer())
    draft(engine)
    asked = engine.prompts[1].messages[-1].content
    assert "'An exciting price of $1,950 echoes the slide described in {link}.': number $1,950" in asked
    assert "S10: 'exciting' is a marketing word" in asked
    quiet = ScriptedEngine(
        make_answer(signal_braid={"bullets": [{**loud, "text": "An exciting price echoes {link}."}, *braid[1:]]})
    )
    draft(quiet)
    assert len(quiet.prompts) == 1


def test_a_thesis_is_marked_until_a_person_confirms_it() -> None:
    """A bullet for which the writer names nothing is its own thought: no reader clears it."""
    braid = make_answer()["signal_braid"]["bullets"]
    thesis = {"text": "Control boards may become a commodity like bearings.", "evidence": None, "link": None}
    made = draft(ScriptedEngine(make_answer(signal_braid={"bullets": [*braid[:2], thesis]})), reader=Reader(TEXT))
    (row,) = [row for part in made.checked.sections for row in part.sentences if row.check.thesis]
    assert row.check.verdict == "doubtful"
    assert "confirm it" in row.check.reasons[0]


def test_where_no_note_relates_links_are_no_must() -> None:
    """The model is told to leave them null, and the note is not held to have one."""
    braid = {
        "bullets": [
            {**row, "text": row["text"].replace(" {link}", " then"), "link": None}
            for row in make_answer()["signal_braid"]["bullets"]
        ]
    }
    engine = ScriptedEngine(make_answer(signal_braid=braid))
    made = draft_note(
        make_context(candidates=()),
        journal_type(),
        Engines(engine),
        "230214TJ01",
        Rules(lambda _: (True, True)),
        Watch(),
    )
    assert not [finding for finding in made.failures if finding.rule in ("M11", "M17")]
    system, user = (message.content for message in engine.prompts[0].messages)
    assert "none relates: leave every `link` null" in user
    assert "every `link` is null" in system
