"""What a model said of a sentence, kept from the draft and the check for the review."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.check.evidence.judgement import Reading
from enrich.check.note_check import sentence_key
from enrich.reader.kept import keep_readings, kept_readings
from enrich.review.action import Edit
from enrich.review.session import Session
from enrich.review.view import session_view
from tests.draft.parts import make_source
from tests.review.drafted import SOUND
from tests.review.sessions import after, make_session, number_of

SOURCE = make_source()
AGAINST = Reading("m", "contradicted", ("nine weeks",), "")
FOR = Reading("m", "follows", (), "ships to 12 countries in March")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session in which a model contradicted one sentence."""
    plain = make_session(tmp_path)
    row = plain.sentence(number_of(plain, "Buyers could"))
    against = replace(plain.context.against, readings={sentence_key(row.text): AGAINST})
    return replace(plain, context=replace(plain.context, against=against))


def test_readings_come_back_as_they_were(tmp_path: Path) -> None:
    """`enrich check --llm` today is seen in the review tomorrow; later readings are added."""
    path = tmp_path / "reviews" / "x.model.json"
    keep_readings(path, {"a b": AGAINST}, SOURCE)
    keep_readings(path, {"c d": FOR}, SOURCE)
    assert kept_readings(path, SOURCE) == {"a b": AGAINST, "c d": FOR}


def test_readings_beside_another_source_are_forgotten(tmp_path: Path) -> None:
    """What was said of an older version of the page says nothing of this one."""
    path = tmp_path / "x.model.json"
    keep_readings(path, {"a b": AGAINST}, SOURCE)
    other = make_source("Quite another text.")
    assert kept_readings(path, other) == {}
    keep_readings(path, {"c d": FOR}, other)
    assert kept_readings(path, other) == {"c d": FOR}


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"source": 1}', '{"readings": {"a": 1}}'])
def test_a_damaged_file_is_as_none(tmp_path: Path, damage: str) -> None:
    """A review is never stopped by what a model once said."""
    path = tmp_path / "x.model.json"
    path.write_text(damage, "utf-8")
    assert kept_readings(path, SOURCE) == {}
    assert kept_readings(tmp_path / "none.json", SOURCE) == {}


def test_the_reviewer_sees_meaning_and_reason(session: Session) -> None:
    """The sentence is to be looked at now, and it is said who says so."""
    row = session_view(session)["sentences"][number_of(session, "Buyers could")]
    assert row["reading"] == {"by": "m", "meaning": "contradicted", "words": ["nine weeks"], "quote": ""}
    assert row["verdict"] == "doubtful"
    assert row["reasons"][-1] == "“nine weeks”: contradicted, as m reads it"


def test_words_that_were_changed_since_are_unread(session: Session) -> None:
    """A model's word is about the sentence that it read."""
    changed = after(session, Edit(number_of(session, "Buyers could"), SOUND))
    assert [row["reading"] for row in session_view(changed)["sentences"]] == [None] * len(changed.check.sentences)
