"""A model as a second reader."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from enrich.check.check_note import NoteCheck, check_text
from enrich.errors import SettingsError
from enrich.llm.completion import Completion, Prompt, Usage
from enrich.review.opinion import Opinion, weigh
from enrich.review.verify import BATCH, build_verification, passage_of, verify
from enrich.text.sentences import split_sentences
from enrich.vault.note_type import prompt_folders
from enrich.workspace.sources import text_source
from tests.draft.parts import make_source

SOURCE = make_source()
FOLDERS = prompt_folders(None)
SWAPPED = "Calder Motion released the Heron 2 controller on Tuesday."
PLANTED = "The controller runs 90 servo loops at 2 kHz."


@dataclass
class Reader:
    """An engine that says what it is told to; `prompts` keeps what it was asked."""

    opinions: dict[int, dict[str, Any]]
    prompts: list[Prompt] = field(default_factory=list)

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """Verdicts for the sentences of this prompt that it has an opinion on."""
        self.prompts.append(prompt)
        on_text("")
        numbers = [int(name[1:]) for name in ids_of(prompt)]
        rows = [{"id": f"s{number}", **self.opinions[number]} for number in numbers if number in self.opinions]
        return Completion("", {"verdicts": rows}, "reader", Usage(10, 5), "stop", "json_schema", "loopback")


def ids_of(prompt: Prompt) -> list[str]:
    """The ids that an answer may speak of."""
    ids: list[str] = prompt.schema["properties"]["verdicts"]["items"]["properties"]["id"]["enum"]
    return ids


def said(verdict: str, *words: str, quote: str | None = None) -> dict[str, Any]:
    """One opinion as it comes."""
    return {"verdict": verdict, "words": list(words), "quote": quote}


def check(text: str) -> NoteCheck:
    """What the mechanical check says of ``text``."""
    return check_text(text, SOURCE, {})


def read(text: str, *opinions: dict[str, Any]) -> NoteCheck:
    """The check after a model with these opinions, sentence by sentence."""
    reader = Reader(dict(enumerate(opinions)))
    return verify(check(text), SOURCE, FOLDERS, reader, lambda _done, _of: None).check


def test_a_swap_that_no_rule_sees_is_caught() -> None:
    """The names are all in the source, only not in this sentence of it."""
    assert not check(SWAPPED).unsupported
    [row] = read(SWAPPED, said("contradicted", "Calder Motion")).doubtful
    assert row.is_refuted
    assert row.reading is not None
    assert row.reading.words == ("Calder Motion",)
    assert row.score >= 0.9
    assert "Calder Motion" in row.reasons[-1]


def test_words_that_are_not_in_the_sentence_decide_nothing() -> None:
    """A model that argues about something else is not heard."""
    assert not read(SWAPPED, said("contradicted", "Zorbel")).unsupported
    assert not read(SWAPPED, said("unstated")).unsupported


def test_a_planted_number_stays_found_whatever_the_model_says() -> None:
    """A friendly model cannot wave a wrong figure through."""
    assert check(PLANTED).unsupported
    quotes = ("runs 40 servo loops at 2 kHz", "runs 90 servo loops at 2 kHz", None)
    for quote in quotes:
        assert read(PLANTED, said("supported", quote=quote)).unsupported


def test_a_false_alarm_is_cleared_by_a_quote_that_holds_the_item() -> None:
    """The rule missed it, the model shows where it stands, and the code finds it there."""
    [row] = check(PLANTED).unsupported
    missed = replace(row, unsupported=("40 servo loops",))
    cleared = weigh(missed, Opinion("supported", (), "runs 40 servo loops at 2 kHz"), SOURCE)
    assert cleared.verdict == "supported"
    assert cleared.score < row.score
    assert cleared.quote == "runs 40 servo loops at 2 kHz"


def test_a_sentence_that_only_its_risk_marked_is_cleared_by_any_quote() -> None:
    """Free wording is no missing item: the model reads it and shows the words that carry it."""
    [row] = check(PLANTED).unsupported
    risky = replace(row, verdict="doubtful", reasons=("“loosely” is not in the source",), by_weight=True)
    opinion = Opinion("supported", (), "runs 40 servo loops at 2 kHz")
    assert weigh(risky, opinion, SOURCE).reasons == ()
    assert weigh(risky, replace(opinion, quote="no such words"), SOURCE).reasons == risky.reasons


def test_the_passage_holds_the_places_of_numbers_and_names() -> None:
    """A sentence that joins facts from several places is not called unstated because one of them was not shown."""
    filler = " ".join(f"The plan of the office speaks of custom services of kind {word}." for word in "abcdefgh")
    source = text_source(
        f"Acme plans custom services. {filler} Nothing else happens here. The flow costs $3,000 a month."
    )
    [row] = check_text("Acme plans custom services of the office of kind c from $3,000.", source, {}).sentences
    assert "$3,000" in passage_of(row, source, split_sentences(source.text))


def test_a_supported_sentence_needs_its_quote_to_gain() -> None:
    """Without words that the code finds, the model's praise changes nothing."""
    sound = "Norwick Robotics released the Heron 2 controller."
    [before] = check(sound).sentences
    assert read(sound, said("supported", quote="no such words here")).sentences == (before,)
    [after] = read(sound, said("supported", quote="Norwick Robotics released the Heron 2")).sentences
    assert after.quote == "Norwick Robotics released the Heron 2"


def test_an_inference_may_go_beyond_the_source() -> None:
    """A risk that the article does not name is a doubt with its words; one that it denies is refuted."""
    [row] = check("Norwick Robotics released the Heron 2 controller.").sentences
    inferred = replace(row, kind="inference")
    beyond = weigh(inferred, Opinion("unstated", ("Heron 2",), ""), SOURCE)
    assert (beyond.verdict, beyond.is_refuted) == ("doubtful", False)
    assert weigh(inferred, Opinion("contradicted", ("Heron 2",), ""), SOURCE).is_refuted


def test_every_sentence_is_read_in_batches() -> None:
    """Not only the risky ones: a swap looks harmless. What was not answered is counted."""
    text = "\n\n".join([SWAPPED] * (BATCH + 1))
    reader = Reader({number: said("contradicted", "Calder Motion") for number in range(BATCH)})
    done = verify(check(text), SOURCE, FOLDERS, reader, lambda _done, _of: None)
    assert [len(ids_of(prompt)) for prompt in reader.prompts] == [BATCH, 1]
    assert len(done.check.doubtful) == BATCH
    assert done.unread == 1


def test_the_model_sees_sentence_and_passage_as_data() -> None:
    """Passages stand between fence lines, and neither they nor the sentences reach the system message."""
    rows = list(enumerate(check(SWAPPED).sentences))
    prompt = build_verification(rows, SOURCE, FOLDERS)
    system, request = (message.content for message in prompt.messages)
    assert SWAPPED not in system
    assert "Norwick" not in system
    assert f"# s0\n\nSentence: {SWAPPED}\n\n<<<article " in request


def test_a_human_is_not_judged_by_a_model() -> None:
    """Nor is the model asked about my take."""
    found = check(SWAPPED)
    human = replace(found, sentences=tuple(replace(row, verdict="human") for row in found.sentences))
    reader = Reader({})
    assert verify(human, SOURCE, FOLDERS, reader, lambda _done, _of: None).check == human
    assert reader.prompts == []


def test_missing_templates_are_named(tmp_path: Path) -> None:
    """Somebody's prompts folder without this part says so."""
    rows = list(enumerate(check(SWAPPED).sentences))
    with pytest.raises(SettingsError, match="prompts/verify"):
        build_verification(rows, SOURCE, (tmp_path,))


def test_a_vaults_own_templates_win(tmp_path: Path) -> None:
    """As they do for drafts."""
    (tmp_path / "verify").mkdir()
    (tmp_path / "verify" / "system.md.j2").write_text("mine", "utf-8")
    (tmp_path / "verify" / "request.md.j2").write_text("{{ items[0].sentence }} {{ fence }}", "utf-8")
    rows = list(enumerate(check(SWAPPED).sentences))
    assert build_verification(rows, SOURCE, (tmp_path, *FOLDERS)).messages[0].content == "mine"
