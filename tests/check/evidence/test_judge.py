"""The evidence check: what the source says, what it does not, and what is only inferred."""

import time

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim, check_claims, locate_quote
from enrich.check.evidence.prepared_source import PreparedSource
from tests.draft.parts import TEXT, make_source

SOURCE = make_source()


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("priced it at $1,900 a unit", "priced it at $1,900 a unit"),
        ("Priced  it at $1,900 a unit.", "priced it at $1,900 a unit"),
        ("runs 40 servo loops … ships to 12 countries", "runs 40 servo loops at 2 kHz and ships to 12 countries"),
    ],
)
def test_a_verbatim_quote_is_located(quote: str, found: str) -> None:
    """Typography, spaces and an ellipsis between two verbatim parts do not hide a true quote."""
    span = locate_quote(quote, TEXT)
    assert span is not None
    assert span.of(TEXT) == found


@pytest.mark.parametrize(
    "quote", ["priced it at $1,800 a unit", "ships to 12 countries … runs 40 servo loops", "…", ""]
)
def test_a_quote_that_is_not_verbatim_is_no_evidence(quote: str) -> None:
    """A quote with one changed figure, or with its parts in the wrong order, is not taken for evidence."""
    assert locate_quote(quote, TEXT) is None


def test_normal_forms_and_curly_marks_are_one() -> None:
    """A page in decomposed Unicode with curly quotation marks is quoted by a model in composed straight ones."""
    page = "Ông Hải nói: “tuyến cáp đã đứt” hôm qua."
    span = locate_quote('"tuyến cáp đã đứt"', page)
    assert span is not None


def test_a_true_sentence_is_unread_with_its_evidence() -> None:
    """Every item was found, and nobody has compared what it means; a reviewer sees the words that it rests on."""
    checked = check_claim(
        Claim("Norwick Robotics priced the Heron 2 controller at $1,900.", "priced it at $1,900 a unit"), SOURCE
    )
    assert checked.verdict == "unread"
    assert checked.read_by == ""
    assert checked.evidence is not None
    assert "priced it at $1,900" in checked.evidence.of(TEXT)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Norwick Robotics priced the controller at $2,900 a unit.", "$2,900"),
        ("The controller ships to 14 countries in March.", "14"),
        ("The controller ships to 12 countries in May.", "May"),
        ("Acme Dynamics released the Heron 2 controller on Tuesday.", "Acme Dynamics"),
        ('The company said that it "will never sell to armies".', "will never sell to armies"),
    ],
)
def test_what_the_source_does_not_say_is_named(sentence: str, words: str) -> None:
    """An invented number, date, name or quotation makes a sentence unsupported, and it is named for the mark."""
    checked = check_claim(Claim(sentence), SOURCE)
    assert checked.verdict == "unsupported"
    assert any(words in item or item in words for item in checked.unsupported)
    assert checked.reasons


def test_an_inference_may_go_beyond_the_source_but_not_its_figures() -> None:
    """A risk is judged as an inference, and still may not invent a number."""
    fair = check_claim(Claim("Buyers could wait for spare boards.", kind="inference"), SOURCE)
    wrong = check_claim(Claim("Buyers could wait 30 weeks for spare boards.", kind="inference"), SOURCE)
    assert (fair.verdict, wrong.verdict) == ("unread", "unsupported")


def test_titles_of_linked_notes_are_no_inventions() -> None:
    """A sentence that links to a note may hold the note's title, which is not in the page."""
    sentence = "Cheaper boards echo the story told in Quillon Fab Opens In Turin."
    assert check_claim(Claim(sentence, kind="inference"), SOURCE).verdict == "unsupported"
    known = frozenset({"Quillon Fab Opens In Turin"})
    assert check_claim(Claim(sentence, kind="inference", known=known), SOURCE).verdict != "unsupported"


def test_a_count_of_what_the_source_names_is_a_doubt() -> None:
    """`Two inquiries` is counted at a glance, `five` is a doubt; where the page counts three, two is wrong."""
    named = PreparedSource("The regulator opened an inquiry in May. The union asked for an inquiry of its own in June.")
    counted = PreparedSource("The regulator opened three inquiries in May, and the union asked for a review.")
    claim = Claim("The regulator and the union opened two inquiries.")
    assert check_claim(claim, named).verdict == "unread"
    doubt = check_claim(Claim("The regulator and the union opened five inquiries."), named)
    assert (doubt.verdict, doubt.unsupported) == ("doubtful", ())
    assert "number five is not in the source: is it a count of what is named there?" in doubt.reasons
    wrong = check_claim(claim, counted)
    assert (wrong.verdict, wrong.unsupported) == ("unsupported", ("two",))


def test_a_risky_sentence_is_told_from_one_with_a_wrong_item() -> None:
    """A model as second reader may clear the first kind, never the second."""
    risky = check_claim(Claim("Gardeners everywhere applauded splendid tulips beneath violet moonlight."), SOURCE)
    wrong = check_claim(Claim("Norwick Robotics priced the controller at $2,900 a unit."), SOURCE)
    assert (risky.verdict, risky.by_weight, risky.unsupported) == ("doubtful", True, ())
    assert "“tulips” is not in the source" in risky.reasons
    assert (wrong.verdict, wrong.by_weight) == ("unsupported", False)


def test_a_reason_names_a_few_telling_words() -> None:
    """Of many words that the source lacks a reviewer reads five, and none that only arranges what is said."""
    text = (
        "Furthermore certain gardeners everywhere applauded splendid tulips beneath violet moonlight, humming quietly."
    )
    reasons = check_claim(Claim(text), SOURCE).reasons
    assert len(reasons) == 5
    assert "certain" not in "".join(reasons)


def test_a_reason_stays_a_line() -> None:
    """What is too long to be compared is named by its first words."""
    checked = check_claim(Claim("interminably" * 4 + " " + "and so on " * 300), SOURCE)
    (words,) = [words for words in checked.unsupported if words.startswith("interminably")]
    assert 40 < len(words) <= 60


def test_a_sentence_in_another_language_has_its_numbers_checked_alone() -> None:
    """A translation shares no word with its source, and its capitals are no names."""
    german = "Der Regler hat 40 Schleifen und wird in viele Länder geliefert, sagt das Unternehmen."
    assert check_claim(Claim(german), SOURCE).verdict == "unread"
    assert check_claim(Claim(german.replace("40", "47")), SOURCE).unsupported == ("47",)


def test_claims_keep_their_order() -> None:
    """Each verdict belongs to its sentence."""
    claims = [Claim("The controller runs 40 servo loops at 2 kHz."), Claim("It runs 77 servo loops.")]
    assert [checked.text for checked in check_claims(claims, SOURCE)] == [claim.text for claim in claims]
    assert [checked.verdict for checked in check_claims(claims, SOURCE)] == ["unread", "unsupported"]


def test_a_claim_too_long_to_be_a_sentence_is_unsupported() -> None:
    """What goes on for thousands of characters is not compared, and says so, even when the source says all of it."""
    checked = check_claim(Claim(f"{TEXT} " * 20, kind="inference"), make_source())
    assert checked.verdict == "unsupported"
    assert any("too long to be compared" in reason for reason in checked.reasons)


def test_one_very_long_word_has_a_risk() -> None:
    """A word of 100,000 letters weighs more than a float's exponent holds, and still has a risk between 0 and 1."""
    found = check_claims([Claim("x" * 1_999), Claim("a" * 100_000)], make_source())
    assert all(0 <= claim.score <= 1 for claim in found)


def test_a_quotation_of_the_headline_needs_no_sentence_of_the_text() -> None:
    """What the page says above its text is said by the page."""
    text = "Die Ampeln zählen Autos und Räder. Der Versuch läuft seit einem halben Jahr in acht Straßen."
    source = PreparedSource(text, headline="Kluge Lichter sparen Warten", language="de")
    claim = Claim(
        'Stadtblick: "Kluge Lichter sparen Warten".', "Kluge Lichter sparen Warten", "fact", frozenset({"Stadtblick"})
    )
    assert check_claim(claim, source).verdict == "supported"


def test_a_quotation_that_the_page_lacks_stays_unsupported() -> None:
    """Quotation marks alone prove nothing."""
    source = PreparedSource("The lamps count cars.", headline="Clever lamps", language="en")
    claim = Claim('Courier: "The lamps count people".', None, "fact", frozenset({"Courier"}))
    assert check_claim(claim, source).verdict == "unsupported"


def test_evidence_longer_than_a_paragraph_is_not_sought() -> None:
    """Words given as evidence are a quotation; a whole page is none, even when the source has it, and that is said."""
    checked = check_claim(Claim("It runs servo loops.", f"{TEXT} " * 20), make_source())
    assert checked.verdict == "unsupported"
    assert any("too long to be sought" in reason for reason in checked.reasons)


@pytest.mark.parametrize(("words", "found"), [(999, True), (1_000, False)])
def test_a_quote_is_sought_within_a_thousand_longer_words(words: int, found: bool) -> None:
    """Each place where a quote is a part of a longer word costs a comparison, so it counts as missing after 1,000."""
    assert (locate_quote("cat", f"{'scatter ' * words}cat") is not None) is found


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("heron 2 ships to 12 countries", "unread"),
        ("heron 2 at 1900 a unit", "unread"),
        ("heron 2 at 1 900 a unit", "unread"),
        ("heron 2 ships to 13 countries", "unsupported"),
        ("heron 2 at 2900 a unit", "unsupported"),
    ],
)
def test_a_title_has_its_numbers_in_pieces(title: str, verdict: str) -> None:
    """A title has no commas and no signs, and still no other numbers than the page."""
    assert check_claim(Claim(title, kind="inference", is_title=True), SOURCE).verdict == verdict


def test_a_title_that_turns_a_direction_is_a_doubt() -> None:
    """`rises` above a page on a fall is what a reader sees first."""
    source = PreparedSource("The price of copper fell by a tenth in March.", headline="Copper price falls")
    turned = check_claim(Claim("copper price rises", kind="inference", is_title=True), source)
    assert (turned.verdict, turned.reasons) == ("doubtful", ("“rises”: the source says “falls”",))
    assert check_claim(Claim("copper price falls", kind="inference", is_title=True), source).verdict != "doubtful"
    longer = Claim("copper price rises again as mines close", kind="inference", is_title=True)
    assert check_claim(longer, source).verdict == "doubtful"
    other = Claim("demand for wind turbines rises", kind="inference", is_title=True)
    assert check_claim(other, source).verdict != "doubtful"


def test_an_inference_that_turns_its_quote_round_is_a_doubt() -> None:
    """It may go beyond the words that it rests on, and not say the opposite of them."""
    source = PreparedSource("The union did not accept the offer. The price of copper fell by a tenth in March.")
    denied = Claim("The union accepts the offer, so a strike is less likely.", "did not accept the offer", "inference")
    turned = Claim("As copper rose in price, cables may cost more.", "price of copper fell by a tenth", "inference")
    beyond = Claim("Cheaper copper may not last.", "price of copper fell by a tenth", "inference")
    verdicts = [check_claim(claim, source).verdict for claim in (denied, turned, beyond)]
    assert verdicts == ["doubtful", "doubtful", "unread"]


def test_a_quotation_of_two_sentences_is_sought_whole() -> None:
    """Its marks stand at both ends, so that neither half would be seen to be one."""
    source = PreparedSource("She said that it works. It ships in March to twelve countries.")
    claim = Claim('The report says: "It works well. It ships in May to twelve countries."')
    assert any("is not in the source" in reason and "quote" in reason for reason in check_claim(claim, source).reasons)


@pytest.mark.parametrize("title", ["Heron: Rabatt ab Herbst", "Heron 2 in Halle Nord", "Roboter Heron: Winterpreis"])
def test_a_short_title_is_in_the_language_of_the_text_under_it(title: str) -> None:
    """A German note about an English page is not told that its nouns are no names of the page."""
    body = [Claim("Das Gerät wird ab März in zwölf Ländern verkauft, wie der Vorstand am Dienstag sagte.")]
    (check,) = check_claims([Claim(title, kind="inference", is_title=True)], SOURCE, beside=body)
    assert check.reasons == ()


def test_a_short_title_alone_does_not_wait_for_the_guesser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every English draft has a title of few words: its sentences tell the language at no price."""
    monkeypatch.setattr("enrich.text.language.read_model", lambda: pytest.fail("the model was read"))
    body = [Claim("The company priced it at $1,900 a unit and ships it to 12 countries in March.")]
    (check,) = check_claims([Claim("Warehouse robots rest", kind="inference", is_title=True)], SOURCE, beside=body)
    assert check.verdict == "unread"


def test_a_sentence_of_nothing_but_numbers_does_not_hold_the_check_up() -> None:
    """What a page's escaped signs leave, 1,600 numbers that all are evidence, takes a moment and not ten seconds."""
    numbers = "&#60;" * 1_600
    said = f"The company said {numbers}."
    source = make_source(text=f"{TEXT}\n\n{said}")
    start = time.process_time()
    check_claims([Claim(said, numbers)], source)
    assert time.process_time() - start < 4
