"""The pipeline with a scripted engine: second rounds, failures, and what is never written."""

from collections.abc import Callable
from typing import Any

import pytest

from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Rules, Watch, draft_note
from enrich.errors import ModelError
from enrich.llm.completion import AnswerError, Completion, Prompt, Usage
from tests.draft.parts import CANDIDATES, journal_type, make_answer, make_candidate, make_context

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


def draft(engine: ScriptedEngine, watch: Watch | None = None, **context: Any) -> Draft:
    """The draft of a scripted engine."""
    made: DraftContext = make_context(
        candidates=(*CANDIDATES, make_candidate(4, "calder motion raises prices again")), **context
    )
    rules = Rules(lambda target: (target in LINKS, target in LINKS))
    return draft_note(made, journal_type(), engine, "230214TJ01", rules, watch or Watch())


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
        make_context(candidates=()), journal_type(), engine, "230214TJ01", Rules(lambda _: (True, True)), Watch()
    )
    assert not {"M11", "M17"} & {finding.rule for finding in made.failures}
