"""The embedded engine: what it makes of articles in four languages, by the rules of the house style."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.llm.completion import AnswerError, Completion, Message, Prompt
from enrich.llm.extractive import ExtractiveEngine
from enrich.llm.schema import build_schema
from enrich.source.source import Source
from enrich.text.sentences import split_sentences
from enrich.text.words import count_words
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType, parse_note_type, prompt_folders, read_note_type
from tests.llm.articles import ALL, CANDIDATES, CHINESE, ENGLISH, GERMAN, KNOWN_TAGS, VIETNAMESE, article, candidate

JOURNAL = read_note_type("tech-journal", prompt_folders(None))
GENERAL = read_note_type("general-note", prompt_folders(None))
TYPES = (JOURNAL, GENERAL)

Row = Mapping[str, Any]


def draft(
    source: Source,
    note_type: NoteType = JOURNAL,
    candidates: tuple[Candidate, ...] = CANDIDATES,
    known_tags: tuple[str, ...] = KNOWN_TAGS,
) -> Completion:
    """What the engine makes of ``source``."""
    schema = build_schema(note_type, [each.id for each in candidates])
    prompt = Prompt("draft", (Message("user", "…"),), schema, "note")
    return ExtractiveEngine(source, candidates, note_type, known_tags).complete(prompt, lambda _: None)


def rows_of(answer: Mapping[str, Any], note_type: NoteType) -> Iterator[tuple[str, Row]]:
    """(section name, sentence) of everything an answer says."""
    yield "description", answer["description"]
    for section in note_type.written_by_model:
        found = answer[section.key]
        for row in found.get("sentences") or found.get("bullets") or [found]:
            yield section.name, row


def shown(row: Row, candidates: tuple[Candidate, ...] = CANDIDATES) -> str:
    """A sentence as a reader sees it."""
    titles = {each.id: each.link for each in candidates}
    return str(row["text"]).replace("{link}", titles.get(row.get("link") or "", "{link}"))


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.language)
@pytest.mark.parametrize("note_type", TYPES, ids=lambda note_type: note_type.name)
def test_answer_is_one_a_model_could_have_given(source: Source, note_type: NoteType) -> None:
    """Whoever has no model gets a draft through the same gates as everyone."""
    completion = draft(source, note_type)
    assert json.loads(completion.text) == completion.answer
    assert (completion.mode, completion.origin, completion.exchanges) == ("embedded", "extractive", ())
    assert completion.usage.total_tokens is None


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.language)
@pytest.mark.parametrize("note_type", TYPES, ids=lambda note_type: note_type.name)
def test_sections_keep_the_limits_of_their_type(source: Source, note_type: NoteType) -> None:
    """Counts and words are within what the linter holds a note to."""
    answer = draft(source, note_type).answer
    for section in note_type.written_by_model:
        texts = [shown(row) for name, row in rows_of(answer, note_type) if name == section.name]
        assert section.items[0] <= len(texts) <= section.items[1]
        label = count_words(source.site) if section.citation else 0
        counted = [" ".join(texts)] if section.shape == "paragraph" else texts
        assert all(section.words[0] <= count_words(text) + label <= section.words[1] for text in counted), texts


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.language)
def test_every_quote_is_in_the_source(source: Source) -> None:
    """Nothing is invented: what stands between quotation marks, and what is given as evidence, is verbatim."""
    for name, row in rows_of(draft(source).answer, JOURNAL):
        for quote in re.findall(r'"([^"]+)"', row["text"]):
            assert quote in f"{source.text}\n{source.title}", name
        assert row["evidence"] is None or row["evidence"] in f"{source.text}\n{source.title}"
        if name in {"lead", "scene cut", "description"}:
            assert row["evidence"]


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.language)
def test_sentences_are_well_formed(source: Source) -> None:
    """Capital first, full stop last, one sentence each, no exclamation mark, straight quotation marks."""
    for name, row in rows_of(draft(source).answer, JOURNAL):
        text = row["text"]
        assert text[0].isupper(), text
        assert text.endswith("?" if name == "ending questions" else "."), text
        assert len(split_sentences(text)) == 1, text
        assert not re.search(r"[!“”„\n]|\s\s", text), text


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.language)
def test_no_quote_speaks_of_us(source: Source) -> None:
    """A source's *we* does not become the journal's."""
    said = " ".join(row["text"] for _, row in rows_of(draft(source).answer, JOURNAL))
    assert not re.search(r"\b(we|our|us|wir|chúng tôi)\b|我们", said, re.IGNORECASE), said


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.language)
def test_head_keeps_the_rules_of_the_front_matter(source: Source) -> None:
    """Title, topics, keywords and description pass the linter in every script."""
    answer = draft(source).answer
    title = answer["title"]
    assert re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", title)
    assert 4 <= len(title.split()) <= 9
    assert 20 <= len(title) <= 64
    assert len(answer["keywords"]) == len(set(answer["keywords"])) == 5
    assert all(re.fullmatch(r"[a-z0-9]+", keyword) for keyword in answer["keywords"])
    assert 2 <= len(answer["topics"]) <= 3
    assert 40 <= len(answer["description"]["text"]) <= 130


def test_lead_has_a_named_actor_a_past_verb_and_the_news() -> None:
    """The first sentence says who reported what, with the subject in plain words and the rest quoted."""
    first = draft(ENGLISH).answer["lead"]["sentences"][0]["text"]
    assert first.startswith('Harbor Tech reported that Northwind "released its speech model Lark on Tuesday')


def test_risk_surface_speaks_of_risks() -> None:
    """The reader finds the article's warnings there, not its praise."""
    bullets = [row["text"] for row in draft(ENGLISH).answer["risk_surface"]["bullets"]]
    said = " ".join(bullets)
    assert "unclear" in said or "fee" in said or "covert" in said
    assert "rose 6%" not in said


def test_no_sentence_is_quoted_twice() -> None:
    """A draft of six sections does not say one thing six times."""
    rows = [row["evidence"] for name, row in rows_of(draft(ENGLISH).answer, JOURNAL) if name != "description"]
    quotes = [quote for quote in rows if quote]
    assert len(quotes) == len(set(quotes))


def test_boilerplate_and_speech_of_persons_are_not_quoted() -> None:
    """Newsletter calls and refusals to comment are no news."""
    said = json.dumps(draft(ENGLISH).answer)
    assert "ubscribe" not in said
    assert "respond" not in said


def test_braid_names_what_story_and_note_share() -> None:
    """A link says why it is there; each stands in a sentence of its own, and one bullet has none."""
    bullets = draft(ENGLISH).answer["signal_braid"]["bullets"]
    links = [row["link"] for row in bullets]
    assert links == ["n1", "n3", None]
    assert [row["text"].count("{link}") for row in bullets] == [1, 1, 0]
    assert "license" in bullets[0]["text"]
    assert "speech" in bullets[1]["text"]
    assert not any(row["text"].startswith("{link}") for row in bullets)


def test_note_that_shares_nothing_is_not_said_to() -> None:
    """Where only everyday words are shared, the sentence claims no more than nearness."""
    far = (candidate(1, "bread prices rise again", terms=("almost", "going")),)
    (bullet, *_) = draft(ENGLISH, candidates=far).answer["signal_braid"]["bullets"]
    assert "nearest" in bullet["text"]
    assert bullet["link"] == "n1"


def test_vault_without_candidates_still_gets_a_draft() -> None:
    """A new vault has nothing to link to; the bullets are there all the same."""
    bullets = draft(ENGLISH, candidates=(), known_tags=()).answer["signal_braid"]["bullets"]
    assert len(bullets) >= 3
    assert all(row["link"] is None for row in bullets)


def test_topics_come_from_the_vault_where_it_has_them() -> None:
    """Tags of the vault are used again, in other languages too; types and years are no topics."""
    assert set(draft(ENGLISH).answer["topics"]) <= set(KNOWN_TAGS) - {"tech-journal", "2024"}
    assert "licensing" in draft(ENGLISH).answer["topics"]
    assert "security" in draft(GERMAN, candidates=()).answer["topics"]
    assert "ecommerce" in draft(VIETNAMESE, candidates=()).answer["topics"]


def test_names_of_several_words_are_one_keyword() -> None:
    """`newyork` finds more than `york`."""
    source = article(
        "New York sues Acme Motors over brakes",
        "New York sued Acme Motors on Monday over faulty brakes. Acme Motors had recalled 3,000 trucks in New York. "
        "The brakes failed in cold weather. Acme Motors said the trucks are safe. Brakes wear out, New York argued.",
        site="Courier",
        url="https://courier.example/1",
        language="en",
    )
    keywords = draft(source).answer["keywords"]
    assert {"newyork", "acmemotors", "brakes"} <= set(keywords)
    assert not {"york", "motors", "new"} & set(keywords)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (ENGLISH, "northwind opens its speech model under license"),
        (GERMAN, "cyberangriff legt abrechnung fuer 40 000 kunden lahm"),
        (VIETNAMESE, "bo cong thuong siet quan ly san thuong mai"),
        (CHINESE, "hekou report on policy ai march 2025"),
    ],
    ids=lambda value: value.language if isinstance(value, Source) else "",
)
def test_title_is_the_headline_in_plain_letters(source: Source, title: str) -> None:
    """A file name of a to z for every script; where the headline has none, site, topic and month."""
    assert draft(source, candidates=()).answer["title"] == title


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Column: The merger sends a dismal signal", "the merger sends a dismal signal"),
        (
            "Acme’s review: the keyboard is probably enough to convince all those waiting",
            "acme review keyboard is probably enough",
        ),
        (
            "Acme inks $9 billion order for 30 jets, will restart plans to grow next year",
            "acme inks 9 billion order for 30 jets",
        ),
        ("Acme", None),
    ],
)
def test_headlines_are_cut_where_they_still_make_sense(headline: str, title: str | None) -> None:
    """Labels go, the first clause stays, and no title ends with a word that wants another."""
    found = draft(replace(ENGLISH, title=headline)).answer["title"]
    assert found == title or (title is None and found.startswith("acme harbor tech"))


def test_cut_quotes_keep_their_reservations() -> None:
    """A sentence is not cut before what limits it: *unless*, *but*, *if*."""
    source = article(
        "Acme to close its plant",
        "Acme will close its plant in Ohio, unless the state finds a buyer for the whole of the site and all of its "
        "staff within the next nine months of this year. Acme employs 900 people in Ohio. The plant makes brakes for "
        "trucks. Unions expect talks in May. The state has set money aside for the workers.",
        site="Courier",
        url="https://courier.example/2",
        language="en",
    )
    for _, row in rows_of(draft(source).answer, JOURNAL):
        assert "plant in Ohio" not in row["text"] or "unless" in row["text"]


def test_source_that_cannot_be_quoted_falls_back_on_its_headline() -> None:
    """A page of slogans still gives a draft to start from, with nothing made up."""
    text = "Wow! Buy now! " * 40
    source = article(
        "Acme opens a shop in Lyon this week", text, site="Courier", url="https://c.example", language="en"
    )
    answer = draft(source).answer
    assert (
        answer["lead"]["sentences"][0]["text"]
        == 'Courier published a report headed "Acme opens a shop in Lyon this week".'
    )


def test_long_articles_stay_quick_to_read() -> None:
    """Ten thousand sentences are not compared with each other."""
    text = " ".join(f"Acme sold {number} trucks in region {number}." for number in range(10_000))
    assert draft(replace(ENGLISH, text=text)).answer["title"]


def test_type_that_the_engine_has_never_seen_is_filled(tmp_path: Path) -> None:
    """A user's own note type needs no Python, with the embedded engine neither."""
    (tmp_path / "type.toml").write_text(
        """
        name = "brief"
        code = "BR"
        folder = "Briefs"
        [[section]]
        name = "gist"
        writer = "model"
        shape = "paragraph"
        evidence = "fact"
        items = [1, 1]
        words = [8, 40]
        [[section]]
        name = "what could go wrong"
        heading = "what could go wrong"
        writer = "model"
        shape = "bullets"
        evidence = "inference"
        items = [1, 2]
        words = [4, 30]
        wikilinks = [0, 0]
        """,
        "utf-8",
    )
    brief = parse_note_type(tmp_path)
    answer = draft(ENGLISH, brief).answer
    assert [*answer] == ["title", "topics", "keywords", "description", "gist", "what_could_go_wrong"]
    assert answer["gist"]["sentences"][0]["link"] is None


def test_answer_that_no_schema_would_take_is_an_error() -> None:
    """What the engine cannot fill is said, instead of passed on."""
    prompt = Prompt("draft", (Message("user", "…"),), {"type": "object", "required": ["poem"]}, "note")
    with pytest.raises(AnswerError, match=r"lacks 'poem'.*ENRICH_MODEL"):
        ExtractiveEngine(ENGLISH, CANDIDATES, JOURNAL, KNOWN_TAGS).complete(prompt, lambda _: None)


WORDS = st.sampled_from(
    "the Acme plant , which because said will not we close risk of 5 $ . ; — \u201c ) ! new Ohio of".split(" ")
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=20, max_size=160))
def test_any_text_gives_quotes_that_are_in_it(words: list[str]) -> None:
    """However garbled an extraction is, nothing is put between quotation marks that it does not hold."""
    source = replace(ENGLISH, text=re.sub(r" ([,.;)!])", r"\1", " ".join(words)))
    for _, row in rows_of(draft(source).answer, JOURNAL):
        for quote in re.findall(r'"([^"]+)"', row["text"]):
            assert quote in f"{source.text}\n{source.title}"


def test_the_question_names_only_what_the_article_speaks_of() -> None:
    """A tag that only the nearest notes have is no subject of the story, and the note does not ask about it."""
    neighbours = tuple(replace(each, tags=("zeppelin", "quilting")) for each in CANDIDATES)
    answer = json.loads(draft(ENGLISH, candidates=neighbours, known_tags=("zeppelin", "quilting")).text)
    assert {"zeppelin", "quilting"} <= set(answer["topics"])
    questions = next(row for name, row in rows_of(answer, JOURNAL) if name == "ending questions")
    assert not re.search("zeppelin|quilting", str(questions["text"]), re.IGNORECASE)
