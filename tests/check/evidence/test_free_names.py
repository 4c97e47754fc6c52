"""Names in other words: initials of some words, plain words that open a sentence, who speaks, whose half a name is."""

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

PAGE = PreparedSource(
    "Harrow Textiles will move its looms to Lisburn. The company is to spend 4 million euros there. The mills of "
    "General Thread stay where they are, and GT said so. Cllr Ada Brenn, Harrow Council's Member for Roads and Markets "
    "said: “The scheme is open to everybody. Nobody has to take part in it.”\n\n"
    "The Open Weather Pool lends its computers. It is small.\n\nRain fell. "
    "Farmers used some 9,000 hours of the OWPool.\n\n"
    "The virus was found again in the Democratic Republic of the Congo. Nurses came from Denmark and Sweden.\n\n"
    "Results go to the Ministry of Farming, which asked for them. The Ministry of Roads did not. Community Water Devon "
    "counted the wells. Community Water Dorset had its own. Money came from the Elmtree Foundation.\n\n"
    "Bo Lind swept the yard. The clerk wrote it down. This year U.S. banks pay more. The coins came from Forest "
    "Hill, MD. Deep in the Andes it snowed. The tea was cold, the talk was short, and then it rained.\n\n"
    "The Larch Foundation is another matter. It has its seat in the old customs house. Few have ever seen it. "
    "Ada Lorne came. It was noon.\n\nThe hall was empty. Chairs stood about. Somebody coughed. "
    "Max Ruhl, who is with Trade House, said that it was late.\n\nThe bill pays for the Stratospheric Observatory for "
    "Infrared Astronomy. The Bank of Elmtree and the Ministry of Defence spoke up in New Cork. Ana Krüger left Kyiv."
)


def reasons_of(text: str, quote: str, kind: str = "fact") -> tuple[str, ...]:
    """What a reviewer is told of a sentence with its quote."""
    return check_claim(Claim(text, quote, "inference" if kind == "inference" else "fact"), PAGE).reasons


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("In DR Congo the virus is back.", "The virus was found again in the Democratic Republic of the Congo."),
        ("DR Congo's virus was found once more.", "The virus was found again in the Democratic Republic of the Congo."),
        ("Farmers had 9,000 hours of the Open Weather Pool.", "Farmers used some 9,000 hours of the OWPool."),
        ("General Thread said that its mills stay where they are.", "stay where they are, and GT said so"),
        ("Brenn stressed that nobody has to take part.", "Nobody has to take part in it."),
        ("Cllr Brenn said that the scheme was open to all.", "The scheme is open to everybody."),
        ("Harrow Textiles is to spend 4 million euros.", "The company is to spend 4 million euros there."),
        ("Nurses came from several European countries.", "Nurses came from Denmark and Sweden."),
        ("The coins are from Maryland.", "The coins came from Forest Hill, MD."),
        ("It snowed on the Andean passes.", "Deep in the Andes it snowed."),
        ("Banks of the United States pay more.", "This year U.S. banks pay more."),
        ("Nordic and Scandinavian nurses came.", "Nurses came from Denmark and Sweden."),
        ("The bill pays for SOFIA.", "The bill pays for the Stratospheric Observatory for Infrared Astronomy."),
        ("The MoD and the BoE spoke up.", "The Bank of Elmtree and the Ministry of Defence spoke up in New Cork."),
        (
            "In the bank of New Corkers somebody spoke up.",
            "The Bank of Elmtree and the Ministry of Defence spoke up in",
        ),
        ("Ana Krueger left Kiev.", "Ana Krüger left Kyiv."),
    ],
)
def test_a_name_in_another_form_is_no_difference(text: str, quote: str) -> None:
    """A writer shortens a name, names who speaks, and says which part of the world a country lies in."""
    assert [reason for reason in reasons_of(text, quote) if reason.startswith("name ")] == []


def test_who_speaks_may_be_told_in_the_very_first_sentence() -> None:
    """A page opens with the speaker and is a speech from there on."""
    page = PreparedSource(
        "Ada Brenn, Member for Roads, said: “The scheme is new. It was voted on in May. Nobody spoke against it.\n\n"
        "Its rules are short. They fit on a page. A clerk keeps it.\n\nNobody has to take part. Lisburn has no such "
        "thing.”"
    )
    claim = Claim("Brenn stressed that nobody has to take part.", "Nobody has to take part. Lisburn has no such thing.")
    assert check_claim(claim, page).reasons == ()


@pytest.mark.parametrize(
    ("text", "quote", "kind", "rival"),
    [
        ("Results go to the Ministry of Roads.", "Results go to the Ministry of Farming, which asked for them.", "fact",
         "Ministry of Farming"),
        ("Community Water Dorset counted the wells.", "Community Water Devon counted the wells", "fact",
         "Community Water Devon"),
        ("With money of the Larch Foundation more wells may be dug.", "Money came from the Elmtree Foundation.",
         "inference", "Elmtree Foundation"),
    ],
)  # fmt: skip
def test_half_of_a_name_is_the_quotes_own(text: str, quote: str, kind: str, rival: str) -> None:
    """Of two foundations the quote has one, and the sentence another: also an inference may not exchange them."""
    assert any(reason.endswith(f"your quote has {rival}") for reason in reasons_of(text, quote, kind))


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("Lind stressed that nobody has to take part.", "Nobody has to take part in it.", "name Lind"),
        (
            "Nurses came from Asian countries.",
            "Nurses came from Denmark and Sweden.",
            "name Asian is not in the source",
        ),
        ("The coins are from Maine.", "The coins came from Forest Hill, MD.", "name Maine is not in the source"),
        ("Ada Lorne of Trade House said that it was late.",
         "Max Ruhl, who is with Trade House, said that it was late.", "name Ada Lorne"),
        ("Ironmouth, which makes looms, will move to Lisburn.", "Harrow Textiles will move its looms to Lisburn.",
         "name Ironmouth is not in the source"),
        ("Nurses came from Baltic and Danish towns.", "Nurses came from Denmark and Sweden.", "name Baltic"),
        ("The bill pays for SOFAR.", "The bill pays for the Stratospheric Observatory for Infrared Astronomy.",
         "name SOFAR is not in the source"),
        ("The MoJ spoke up.", "the Ministry of Defence spoke up in New Cork", "name MoJ is not in the source"),
        ("The New Yarmers spoke up.", "the Ministry of Defence spoke up in New Cork", "name Yarmers is not in"),
        ("Ana Kroeger left Kyiv.", "Ana Krüger left Kyiv.", "name Kroeger is not in the source"),
    ],
)  # fmt: skip
def test_another_name_stays_a_difference(text: str, quote: str, reason: str) -> None:
    """Somebody who is not the speaker, and a part of the world of which the page names no country."""
    assert any(told.startswith(reason) for told in reasons_of(text, quote))


@pytest.mark.parametrize(
    "text",
    [
        "In Ada Brenn's eyes nobody has to take part.",
        "Nobody has to take part, in Brenn's view.",
        "In the view of Ada Brenn nobody has to take part.",
        "By the account of Brenn nobody has to take part.",
        "As Ada Brenn sees it, nobody has to take part.",
    ],
)
def test_whose_view_it_is_may_be_told_sentences_before(text: str) -> None:
    """The page names a speaker once, and the writer names them again with every view of theirs."""
    assert reasons_of(text, "Nobody has to take part in it.") == ()


def test_another_view_stays_a_difference() -> None:
    """Somebody whom the page has elsewhere, and does not let speak there, holds no view of the speaker's."""
    assert reasons_of("In Ada Lorne's eyes nobody has to take part.", "Nobody has to take part in it.") != ()
