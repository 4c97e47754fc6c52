"""Values of properties in a review: looked at like sentences, written anew and taken out in the front matter."""

from pathlib import Path

import pytest

from enrich.check.note_check import Against, Surroundings
from enrich.errors import UsageError
from enrich.review.action import Cut, Edit, Keep, Vouch
from enrich.review.session import Context, Session
from enrich.review.view import session_view
from tests.draft.parts import make_source
from tests.review.sessions import after, change, number_of
from tests.vault.declared_type import make_type

TABLE = """
name = "clip"
[[property]]
key = "price"
form = "number"
writer = "model"
[[property]]
key = "firms"
form = "list"
writer = "model"
[[property]]
key = "gist"
writer = "model"
[[property]]
key = "own"
[[section]]
name = "lead"
"""
NOTE = """---
price: 1900 # dollars
firms:
  - Norwick Robotics
  - "Umbrella ==[unverified: Umbrella]=="
gist: 'sells: a board'
own: mine
---

The firm sells a controller.
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A note with three properties of the model's, one value of them doubtful."""
    quotes = {"price: 1900": "priced it at $1,900 a unit"}
    return Session(Context("x", make_type(tmp_path, TABLE, "x"), Against(make_source(), quotes), Surroundings()), NOTE)


def test_every_value_is_a_row_of_the_review(session: Session) -> None:
    """Each is shown with its key, its standing and its evidence; the person's own property is not."""
    rows = [row for row in session_view(session)["sentences"] if row["section"] != "lead"]
    assert [(row["text"], row["verdict"], row["raw"]) for row in rows] == [
        ("price: 1900", "unread", "1900"),
        ("firms: Norwick Robotics", "unread", "Norwick Robotics"),
        ("firms: Umbrella", "unsupported", "Umbrella"),
        ("gist: sells: a board", "unread", "sells: a board"),
    ]
    assert rows[0]["evidence"]["quote"] == "priced it at $1,900 a unit"


def test_one_value_is_written_anew_and_the_others_stay(session: Session) -> None:
    """The edit keeps form and neighbours, and takes its mark along."""
    new = after(session, Edit(number_of(session, "firms: Umbrella"), "Calder Motion"))
    assert "firms:\n  - Norwick Robotics\n  - Calder Motion\ngist: 'sells: a board'\nown: mine\n---" in new.text
    assert change(session, Edit(number_of(session, "price"), "3400")).became == "price: 3400"
    with pytest.raises(UsageError, match="price: is 'dear', not a number"):
        change(session, Edit(number_of(session, "price"), "dear"))


def test_a_value_is_taken_out_kept_and_vouched_for(session: Session) -> None:
    """A cut leaves the key; what a person vouches for loses its mark."""
    assert "\ngist:\n" in after(session, Cut(number_of(session, "gist"))).text
    assert "firms:\n  - Norwick Robotics\ngist" in after(session, Cut(number_of(session, "firms: Umbrella"))).text
    assert '  - "Umbrella"\n' in after(session, Vouch(number_of(session, "firms: Umbrella"))).text
    assert after(session, Keep(number_of(session, "gist"))).text == NOTE
