"""Names of a sentence, and whether a source knows them."""

import pytest

from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.names import find_names
from enrich.text.words import split_words

SOURCE = """Larkspur AI and the European Union agreed on Tuesday, said Ada Voss, a spokeswoman for Larkspur. The German
chip maker Quillon builds OpenFab in the United States. The International Energy Agency (IEA) and Wi-Fi makers met."""


def names(text: str, nouns_capitalised: bool = False) -> list[str]:
    """The names of ``text`` as written."""
    return [name.text for name in find_names(text, split_words(text), nouns_capitalised)]


def missing(sentence: str, source: str = SOURCE, known: frozenset[str] = frozenset()) -> list[str]:
    """The words of names of ``sentence`` that ``source`` does not know."""
    book = PreparedSource(source).names
    return [word for name in find_names(sentence, split_words(sentence)) for word in book.check(name, known).missing]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Ada Voss met the Bank of England in Paris.", ["Ada Voss", "Bank of England", "Paris"]),
        ("The iPhone sold, OpenAI's API grew.", ["iPhone", "OpenAI's API"]),
        ("Prices rose.", ["Prices"]),
        ("It rose on Monday in March.", []),
        ("President Ada Voss left.", ["Ada Voss"]),
        ("no name is here", []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitals(text: str, expected: list[str]) -> None:
    """Months, titles and small words are no names; words joined by `of` are one."""
    assert names(text) == expected


def test_the_first_word_of_a_sentence_is_doubtful() -> None:
    """`Prices rose` is not marked because the page has no Prices: any word has a capital there."""
    (name,) = find_names("Prices rose.", split_words("Prices rose."))
    assert name.opening
    assert missing("Prices rose. Costs: None") == []


def test_where_nouns_have_capitals_only_marked_words_are_names() -> None:
    """A German sentence is not one long list of names."""
    assert names("Der Vorstand der NATO traf Angela Merkel am Bahnhof.", nouns_capitalised=True) == [
        "NATO",
        "Angela Merkel",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was Larkspur that agreed with the EU.",
        "It was the U.S. that Quillon chose.",
        "The firm builds in America, said Voss.",
        "Larkspur's deal with the European Union stands.",
        "Its partner is from Germany.",
        "The International Energy Agency knows WiFi.",
        "It was the IEA.",
        "It met the Larkspurs.",
    ],
)
def test_a_name_is_known_by_its_acronym_its_country_and_its_plural(sentence: str) -> None:
    """A true sentence is not marked because it writes EU, Germany or WiFi."""
    assert missing(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("It was Acme Dynamics that agreed.", ["Acme", "Dynamics"]),
        ("It was Bea Voss who agreed.", ["Bea"]),
        ("It was agreed with NATO.", ["NATO"]),
        ("It was agreed in France.", ["France"]),
    ],
)
def test_an_unknown_name_is_named(sentence: str, words: list[str]) -> None:
    """An invented person, company or country is found, also when half of the name is right."""
    assert missing(sentence) == words


def test_words_that_need_not_be_in_the_source_are_left_out() -> None:
    """The title of a linked note may stand in a sentence."""
    assert missing("It echoes Tern Leak.", known=frozenset({"tern", "leak"})) == []


def test_words_with_digits_are_left_to_the_figures() -> None:
    """`H100` is not reported twice, as a name and as a number."""
    assert missing("It uses the H100 and Q2.") == []


def test_the_headline_counts_as_source() -> None:
    """A name that only the headline has is no invention."""
    book = PreparedSource("The firm agreed.", headline="Quillon agrees").names
    (name,) = find_names("the Quillon deal", split_words("the Quillon deal"))
    assert book.check(name).missing == ()


def test_a_name_has_its_places_in_the_source() -> None:
    """A reviewer can be shown where a name stands."""
    book = PreparedSource(SOURCE).names
    (name,) = find_names("it was Quillon", split_words("it was Quillon"))
    assert [SOURCE[at : at + 7] for at in book.check(name).where] == ["Quillon"]


def test_a_small_word_is_no_acronym() -> None:
    """`as` in a source does not stand for Arcadia Systems; `AS` does."""
    assert missing("It works with Arcadia Systems.", "Good as gold.") == ["Arcadia", "Systems"]
    assert missing("It works with Arcadia Systems.", "The firm AS won.") == []


def test_a_short_root_is_shared_by_chance() -> None:
    """`Quillonian` is known where Quillon is named; Rosy is not known where a Ross is."""
    assert missing("A Quillonian chip sold.", "Quillon sold chips to Ross.") == []
    assert missing("Then Rosy left.", "Quillon sold chips to Ross.") == ["Rosy"]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("Iranian", "Iran"),
        ("Peru", "Peruvian"),
        ("Serbs", "Serbia"),
        ("Cuban", "Cuba"),
        ("Kenya", "Kenyans"),
        ("Argentine", "Argentinian"),
        ("Finnish", "Finland"),
        ("Burmese", "Myanmar"),
        ("Afghans", "Afghanistan"),
        ("Czech", "Czechia"),
    ],
)
def test_a_country_and_its_people_are_one_name(said: str, source: str) -> None:
    """Whoever writes `Iranian ships` of ships of Iran has invented nothing; another country is one."""
    assert missing(f"The ships, {said} by their flags, left.", f"Ships of the {source} kind left on Monday.") == []
    assert missing(f"The ships, {said} by their flags, left.", "Ships of the Bolivian kind left on Monday.") == [said]
