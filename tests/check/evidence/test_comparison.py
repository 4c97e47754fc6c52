"""A sentence beside the words it rests on: names, roles, clauses and figures that those words do not bear out."""

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

SOURCE = PreparedSource(
    "Brightmere agreed on Monday to buy Lanternfish for 300 million euros in cash. "
    "Lanternfish makes a database that 4,000 firms use.\n\n"
    "The offer needs the approval of the cartel office in Kelmar. "
    "Ada Moor, who founded the company in 2015, said she would stay for two years. "
    "Her deputy Jonas Pell leaves at the end of May.\n\n"
    "Halden Semiconductor, a maker of chips, had also spoken with Lanternfish in March. "
    "Halden Semiconductor declined to comment.\n\n"
    "Tern Institute praised the open licence of the database and hosts a copy of its code.",
    headline="Brightmere buys Lanternfish",
)
DEAL = "agreed on Monday to buy Lanternfish"
STAY = "said she would stay for two years"


def check(text: str, quote: str, *known: str) -> CheckedClaim:
    """A fact of the source checked with its quote."""
    return check_claim(Claim(text, quote, known=frozenset(known)), SOURCE)


def is_quiet(checked: CheckedClaim) -> bool:
    """Whether a reviewer sees nothing at the sentence."""
    return checked.verdict == "unread" and not checked.reasons


def test_a_true_sentence_is_left_alone_though_its_quote_is_narrower() -> None:
    """Writers quote a few words and say a whole sentence; marking those would teach reviewers to look away."""
    assert is_quiet(check("Brightmere will buy Lanternfish for 300 million euros in cash.", DEAL))
    assert is_quiet(check("Moor, the founder of Lanternfish, stays for two more years.", STAY))
    assert is_quiet(check("Jonas Pell goes at the end of May, while Ada Moor stays.", STAY))


def test_exchanged_roles_are_found() -> None:
    """Who bought whom is the story; both names stand in the evidence, so only their places show it."""
    checked = check("Lanternfish agreed on Monday to buy Brightmere for 300 million euros.", DEAL)
    assert "possible swap of Lanternfish and Brightmere" in checked.reasons


def test_a_passive_keeps_its_roles() -> None:
    """`was bought by` turns the sentence round and not the story."""
    assert is_quiet(check("Lanternfish is bought by Brightmere for 300 million euros in cash.", DEAL))


def test_a_name_from_elsewhere_is_a_doubt() -> None:
    """A name of the same source passes every check of names."""
    checked = check("Tern Institute agreed on Monday to buy Lanternfish.", DEAL)
    assert checked.verdict == "doubtful"
    assert "name Tern Institute; your quote has Brightmere" in checked.reasons


def test_a_name_that_is_known_needs_no_evidence() -> None:
    """The publisher of the article reports it, and the article does not say so."""
    assert is_quiet(check("Tern Institute reports that Brightmere agreed to buy Lanternfish.", DEAL, "Tern Institute"))


def test_a_clause_of_another_place_is_left_alone() -> None:
    """A sentence may take its end from another paragraph."""
    assert is_quiet(
        check("Brightmere agreed to buy Lanternfish, and the cartel office in Kelmar must give its approval.", DEAL)
    )


def test_a_sentence_of_other_words_is_a_doubt() -> None:
    """An invented sentence may carry a quote that has nothing to do with it."""
    checked = check("Critics praised the festival in the mountains as a lasting triumph.", DEAL)
    assert (checked.verdict, checked.unsupported) == ("doubtful", ())
    assert "hardly a word of it is in the words given as evidence" in checked.reasons


def test_a_date_of_elsewhere_is_a_doubt() -> None:
    """The source has the month, and the evidence has another day."""
    assert check("Brightmere agreed in May to buy Lanternfish.", DEAL).reasons == (
        "date May stands elsewhere in the source; your quote has Monday",
    )


def test_a_doubt_raises_the_risk_and_is_not_called_unsupported() -> None:
    """What may be a free wording is shown to a person; only a missing item is called unsupported."""
    quiet = check("Brightmere agreed to buy Lanternfish on Monday.", DEAL)
    doubtful = check("Brightmere agreed to buy Lanternfish on Monday because of a strike.", DEAL)
    assert doubtful.verdict == "doubtful"
    assert doubtful.score > quiet.score
    assert doubtful.unsupported == ()


def test_an_inference_is_not_compared() -> None:
    """A section that infers goes beyond the words it starts from."""
    claim = Claim("Rivals of Lanternfish could gain because of the wait.", DEAL, kind="inference")
    assert check_claim(claim, SOURCE).reasons == ()
