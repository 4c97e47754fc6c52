"""Reading an answer: plain text, links that exist, names in the house's form."""

import pytest

from enrich.draft.section import (
    LINK,
    LONGEST_TEXT,
    Answer,
    Sentence,
    clean_keyword,
    clean_tag,
    clean_title,
    parse_answer,
)
from tests.draft.parts import CANDIDATES, journal_type, make_answer


def bullets(*rows: tuple[str, str | None]) -> tuple[Sentence, ...]:
    """The braid's sentences of an answer with these bullets."""
    answer = make_answer(
        signal_braid={"bullets": [{"text": text, "evidence": None, "link": link} for text, link in rows]}
    )
    parsed: Answer = parse_answer(answer, journal_type(), CANDIDATES)
    return next(section.sentences for section in parsed.sections if section.type.name == "signal braid")


def test_a_link_stands_where_the_model_put_it() -> None:
    """The wikilink comes where the sentence was written for it, and reads as the note's title."""
    (sentence,) = bullets(("Cheap boards echo {link}, and prices follow.", "n1"))
    assert sentence.text == f"Cheap boards echo {LINK}, and prices follow."
    assert sentence.link == CANDIDATES[0]
    assert sentence.reading == "Cheap boards echo servo prices fall as plants reopen, and prices follow."


def test_a_link_without_a_place_goes_before_the_full_stop() -> None:
    """A model that names a link but forgets its place still gives a note with that link."""
    (sentence,) = bullets(("Cheap boards return.", "n1"))
    assert sentence.text == f"Cheap boards return (see {LINK})."


def test_a_place_without_a_link_disappears() -> None:
    """No token of ours reaches the reviewer's note."""
    (sentence,) = bullets(("Cheap boards echo {link}.", None))
    assert "{" not in sentence.text


def test_a_note_is_linked_once() -> None:
    """A second link to the same note becomes its title in words: the house links a target once."""
    first, second = bullets(("Boards echo {link}.", "n1"), ("Prices recall {link} too.", "n1"))
    assert first.link is not None
    assert second.link is None
    assert second.text == "Prices recall servo prices fall as plants reopen too."


def test_text_of_the_model_never_becomes_a_link() -> None:
    """Only validated ids make links: brackets in the model's text are data."""
    (sentence,) = bullets(("Boards echo [[Secret Note]] and ![[private]].", None))
    assert "[[" not in sentence.text
    assert sentence.link is None


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Meta's GPT-4 Rival: a 70B Model", "metas gpt 4 rival a 70b model"),
        ("Điện lực Việt Nam", "dien luc viet nam"),
        ("Straße  über/alles", "strasse uber alles"),
    ],
)
def test_titles_are_lowercase_ascii_words(given: str, title: str) -> None:
    """A title works as a file name and a heading on every system."""
    assert clean_title(given) == title


def test_tags_and_keywords_have_their_forms() -> None:
    """Tags are hyphenated, keywords glued, as everywhere in the vault."""
    assert clean_tag("AI Policy") == "ai-policy"
    assert clean_keyword("GPT-4") == "gpt4"


def test_of_a_text_without_end_the_beginning_is_read() -> None:
    """A model that repeats itself for ever fills no note: what is beyond the limit stays in the run folder."""
    (sentence,) = bullets(("on and on " * 10_000, None))
    assert LONGEST_TEXT - 20 < len(sentence.text) <= LONGEST_TEXT + 1
