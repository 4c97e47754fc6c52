"""What a model said of a sentence, kept from the check for the review."""

from dataclasses import replace
from pathlib import Path

import pytest

from enrich.check.check_note import sentence_key
from enrich.review.action import Edit
from enrich.review.opinion import Opinion, keep_opinions, kept_opinions, weigh_all
from enrich.review.record import Decisions, Look
from enrich.review.session import Session
from enrich.review.view import session_view
from tests.draft.parts import make_source
from tests.review.drafted import SOUND
from tests.review.sessions import after, make_session, number_of

SOURCE = make_source()
AGAINST = Opinion("contradicted", ("nine weeks",), "")
FOR = Opinion("supported", (), "ships to 12 countries in March")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session in which a model contradicted one sentence."""
    plain = make_session(tmp_path)
    row = plain.sentence(number_of(plain, "Buyers could"))
    return replace(plain, context=replace(plain.context, opinions={sentence_key(row.text): AGAINST}))


def test_opinions_come_back_as_they_were(tmp_path: Path) -> None:
    """`enrich check --llm` today is seen in the review tomorrow; later readings are added."""
    path = tmp_path / "reviews" / "x.model.json"
    keep_opinions(path, {"a b": AGAINST}, SOURCE)
    keep_opinions(path, {"c d": FOR}, SOURCE)
    assert kept_opinions(path, SOURCE) == {"a b": AGAINST, "c d": FOR}


def test_opinions_about_another_source_are_forgotten(tmp_path: Path) -> None:
    """What was said of an older version of the page says nothing of this one."""
    path = tmp_path / "x.model.json"
    keep_opinions(path, {"a b": AGAINST}, SOURCE)
    other = make_source("Quite another text.")
    assert kept_opinions(path, other) == {}
    keep_opinions(path, {"c d": FOR}, other)
    assert kept_opinions(path, other) == {"c d": FOR}


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"source": 1}', '{"opinions": {"a": 1}}'])
def test_a_damaged_file_is_as_none(tmp_path: Path, damage: str) -> None:
    """A review is never stopped by what a model once said."""
    path = tmp_path / "x.model.json"
    path.write_text(damage, "utf-8")
    assert kept_opinions(path, SOURCE) == {}
    assert kept_opinions(tmp_path / "none.json", SOURCE) == {}


def test_the_reviewer_sees_verdict_and_reason(session: Session) -> None:
    """The sentence is a doubt now, and it is said who has it."""
    number = number_of(session, "Buyers could")
    row = session_view(session)["sentences"][number]
    assert row["model"] == {"verdict": "contradicted", "words": ["nine weeks"], "quote": ""}
    assert (row["verdict"], row["read_by"]) == ("doubtful", "a model")
    assert "contradicted, as a model reads it" in row["reasons"][-1]


def test_words_that_were_changed_since_have_no_opinion(session: Session) -> None:
    """A model's word is about the sentence that it read."""
    changed = after(session, Edit(number_of(session, "Buyers could"), SOUND))
    assert [row["model"] for row in session_view(changed)["sentences"]] == [None] * len(changed.check.sentences)


def test_a_persons_own_sentence_keeps_its_verdict(session: Session) -> None:
    """Who vouched for a sentence is not overruled."""
    check = session.check
    mine = replace(check, sentences=tuple(replace(row, verdict="human") for row in check.sentences))
    assert weigh_all(mine, session.context.opinions, SOURCE) == mine
    assert weigh_all(mine, session.context.opinions, None) == mine


def test_what_was_vouched_for_stays_vouched_for(session: Session) -> None:
    """A person's word stands above a model's reading, also of a sentence that the check had not marked."""
    row = session.sentence(number_of(session, "Buyers could"))
    vouched = replace(session, decisions=Decisions({sentence_key(row.text): Look("ada", "vouch", "2023-07-19")}))
    after_all = vouched.sentence(number_of(vouched, "Buyers could"))
    assert after_all.verdict != "unsupported"
    assert after_all.reasons[0] == "vouched for by ada on 2023-07-19"


def test_only_what_no_reader_bears_out_is_asked_for(session: Session) -> None:
    """Where a reader followed all sentences but one, approving asks for few: the contradicted one stands in its way."""
    rows = session.check.sentences
    said = {sentence_key(row.text): FOR for row in rows if not row.text.startswith("Buyers could")}
    read = replace(session, context=replace(session.context, opinions={**said, **session.context.opinions}))
    contradicted = number_of(read, "Buyers could")
    assert read.unlooked == ()
    assert contradicted in [blocker.sentence for blocker in read.blockers]
    assert read.order[1] == contradicted  # after the unsupported one
