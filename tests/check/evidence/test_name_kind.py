"""What a name is of, as far as a page shows it."""

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

PAGE = PreparedSource(
    "Captain Ines Holm, 44, left Velden on Monday with the Orland Trust. Nobody in Velden saw it. Ruben Castellane, "
    "who lives near Lund, laughed. The Norrgate won the Harbour Cup. Holm's brother Sture was a banker from Denmark. "
    "They knew nothing of Tilda. Her study was published in Botanica."
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ines Holm", "person"),
        ("Holm", "person"),
        ("Ruben Castellane", "person"),
        ("Sture", "person"),
        ("Velden", "place"),
        ("Lund", "place"),
        ("Denmark", "place"),
        ("Orland Trust", "thing"),
        ("Norrgate", "thing"),
        ("Harbour Cup", "thing"),
        ("Tilda", ""),
        ("Botanica", ""),
    ],
)
def test_the_words_around_a_name_show_what_it_is_of(name: str, kind: str) -> None:
    """A title, an age or a relation makes a person, `in` a place, an article or the name's own last word a thing; one
    publishes in no place."""
    assert {PAGE.kinds.of(slot) for slot in PAGE.slots if slot.text.removesuffix("'s").endswith(name)} == {kind}


def test_a_name_stands_in_for_no_name_of_another_kind() -> None:
    """The quote names a person; that the sentence also names the place, from elsewhere on the page, is no exchange."""
    page = PreparedSource(
        "The ferry left Velden on Monday. Nobody in Velden saw it go. People in Velden wondered.\n\nWeeks went by. "
        "The weather was fine.\n\nCaptain Ines Holm, 44, wore a red coat on the bridge, said a passenger. Holm waved."
    )
    quote = "Captain Ines Holm, 44, wore a red coat on the bridge"
    assert check_claim(Claim("Leaving Velden, the captain wore a red coat.", quote), page).verdict == "unread"
