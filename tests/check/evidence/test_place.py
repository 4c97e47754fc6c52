"""Where a sentence rests: the sentences around its words, and what stands right before them."""

from enrich.check.evidence.place import Place, find_place
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.quotations import locate_parts


def place_of(words: str, text: str) -> Place:
    """The place of words of a text."""
    source = PreparedSource(text)
    return find_place(locate_parts(words, source.folded), source)


def test_the_paragraph_two_sentences_before_and_one_after_are_near() -> None:
    """`The firm` of a sentence is named a little before it, hardly ever after."""
    text = "\n\n".join(f"This is sentence {name} of a long story." for name in "ABCDEFGH")
    near = [wording.text[17] for wording in place_of("sentence E of", text).near]
    assert near == ["C", "D", "E", "F"]


def test_few_words_before_the_quote_are_read_with_it() -> None:
    """A quote that begins behind a `not` turns round; what stands a clause before says nothing of it."""
    led = place_of(
        "sell the yard", "There was no other matter; when the board met in Kelmar it did not sell the yard."
    ).led
    assert "did not sell" in led[0].text
    assert "no other" not in led[0].text


def test_of_an_endless_paragraph_what_is_near_is_read() -> None:
    """A page without blank lines is one paragraph, and what stands at its other end is not around a sentence."""
    text = " ".join(f"Sentence number {number} of a page." for number in range(1000))
    around = place_of("number 500 of", text).around
    assert {497, 503} <= set(around)
    assert len(around) < 20


def test_a_quote_of_a_whole_page_has_a_place() -> None:
    """Whoever quotes everything gets an answer all the same, from the first sentences of it."""
    text = " ".join(f"Sentence number {number} of a page." for number in range(100))
    numbers = place_of(text, text).numbers
    assert numbers[0] == 0
    assert 1 < len(numbers) < 100
