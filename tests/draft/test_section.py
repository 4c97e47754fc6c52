"""Reading an answer: plain text, links that exist, names in the house's form."""

from pathlib import Path

import pytest

from enrich.draft.section import (
    LINK,
    LONGEST_TEXT,
    Answer,
    Sentence,
    clean_keyword,
    clean_tag,
    clean_title,
    is_tag_of,
    keyword_for,
    parse_answer,
    tag_for,
    title_for,
)
from enrich.vault.note_type import BARE_TYPE
from tests.draft.parts import CANDIDATES, journal_type, make_answer
from tests.vault.declared_type import make_type


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


@pytest.mark.parametrize(
    ("said", "house", "other"),
    [
        ("AI policy", "ai-policy", "ai-policy"),
        ("Chính sách đất đai", "chinh-sach-dat-dai", "chính-sách-đất-đai"),
        ("人工智能", "", "人工智能"),
        ("Datenschutz-Grundverordnung", "datenschutz-grundverordnung", "datenschutz-grundverordnung"),
        ("Öl & Gas", "ol-gas", "öl-gas"),
        ("हिन्दी भाषा", "", "हिन्दी-भाषा"),
        ("#topic/AI_policy", "topic-ai-policy", "topic/ai_policy"),
        ("/a//b/", "a-b", "a/b"),
        ("2023", "2023", ""),
        ("e\u0301cole", "ecole", "école"),
    ],
)
def test_tags_keep_their_letters_outside_of_a_house(said: str, house: str, other: str, tmp_path: Path) -> None:
    """A Vietnamese or Chinese vault gets tags that its owner would write; the journal keeps its a to z."""
    assert tag_for(said, journal_type()) == house
    assert tag_for(said, make_type(tmp_path)) == other


@pytest.mark.parametrize(
    ("said", "house", "other"),
    [
        ("GPT-4", "gpt4", "GPT-4"),
        ("  Brightmere  Ltd. ", "brightmereltd", "Brightmere Ltd"),
        ("“青禾科技”", "", "青禾科技"),
    ],
)
def test_keywords_are_glued_in_the_journal_alone(said: str, house: str, other: str, tmp_path: Path) -> None:
    """Other people's keywords are words and names as they are written."""
    assert keyword_for(said, journal_type()) == house
    assert keyword_for(said, make_type(tmp_path)) == other


@pytest.mark.parametrize("tag", ["topic/graphics", "đồ-họa", "AI", "a_b", "图形"])
def test_tags_of_other_vaults_can_be_a_drafts(tag: str, tmp_path: Path) -> None:
    """A vault's own tags are offered and kept, nested ones and those of other scripts too."""
    assert is_tag_of(tag, make_type(tmp_path))
    assert not is_tag_of(tag, journal_type())


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Giá điện tăng 12%: doanh nghiệp nói gì?", "Giá điện tăng 12% - doanh nghiệp nói gì"),
        ("“旧楼”改造——居民怎么看", "旧楼 改造 - 居民怎么看"),
        ("100%% sure, 50%ab and %x%", "100% sure, 50 ab and x"),
    ],
)
def test_titles_of_other_types_keep_their_letters(given: str, title: str) -> None:
    """A share keeps its sign, or it would be another number; dashes stand alone, and nothing a name cannot have."""
    assert title_for(given, BARE_TYPE) == title
