"""Sessions on the sample draft, for the tests of a review."""

from pathlib import Path

from msgspec.structs import replace

from enrich.check.note_check import Against, Surroundings
from enrich.draft.run import read_claims
from enrich.review.action import Action
from enrich.review.session import Change, Context, Session, apply_action
from enrich.vault.candidate import Candidate
from tests.draft.parts import journal_type, make_source
from tests.review.drafted import OTHERS, STEM, make_drafted


def make_session(
    folder: Path, doubtful: bool = True, publish: bool = False, others: tuple[Candidate, ...] = OTHERS
) -> Session:
    """A session on the draft of `make_drafted`, every link resolved."""
    drafted = make_drafted(folder, doubtful, others)
    targets = {row.target for row in others}
    context = Context(
        stem=STEM,
        note_type=journal_type(),
        against=Against(make_source(), read_claims(drafted.run).quotes),
        around=Surroundings(lambda target: (target in targets, target in targets)),
        candidates=others,
        publish=publish,
    )
    return Session(context, drafted.note.read_text("utf-8"))


def after(session: Session, *actions: Action) -> Session:
    """The session after ``actions``, one after the other."""
    for action in actions:
        session = replace(session, text=apply_action(session, action).text)
    return session


def change(session: Session, action: Action) -> Change:
    """What one action makes."""
    return apply_action(session, action)


def number_of(session: Session, start: str) -> int:
    """The number of the sentence that starts with ``start``."""
    return next(n for n, row in enumerate(session.check.sentences) if row.text.startswith(start))


LOOKS = ["a", *["y"] * 16]
"""In the terminal: ask for what nobody has looked at, and keep all of it."""
