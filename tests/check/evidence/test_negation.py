"""Polarity: denials that a sentence adds to its evidence, or drops."""

import pytest

from enrich.check.evidence.negation import find_clashes
from enrich.check.evidence.wording import Wording


def clashes(said: str, given: str) -> list[str]:
    """The reasons for a sentence and the one sentence it rests on."""
    german = said.startswith("Das ")
    evidence = (Wording(given, german),)
    return [clash.reason for clash in find_clashes(Wording(said, german), evidence, evidence)]


CONTRADICTIONS = [
    ("Acme will not sell its database unit.", "Acme said on Monday that it will sell its database unit."),
    ("Acme will sell its database unit.", "Acme said on Monday that it will not sell its database unit."),
    ("The bank did comment on the report.", "The bank declined to comment on the report."),
    ("The plan explains how the dust is cut.", "The plan never explains how the dust is cut."),
    ("Das Werk wird nicht gebaut.", "Das Werk wird bis Mai gebaut."),
    ("Das Werk wird gebaut.", "Das Werk wird nicht gebaut."),
    ("The council will not publish the minutes.", "Whoever asks first, the council will publish the minutes."),
    ("No ferry sails in January.", "The only ferry of the island sails in January too."),
    ("The files were not encrypted.", "The files were encrypted with the oldest of the three keys."),
    ("The valves were replaced in May.", "The valves were not replaced in May, only cleaned."),
    ("The mayor signed the lease.", "Only then did it come out: the mayor had not signed the lease."),
    ("The tenants never paid the fee.", "The tenants paid the fee in the spring."),
    ("Công ty không bán nhà máy.", "Công ty bán nhà máy cho đối tác."),
    ("Công ty bán nhà máy.", "Công ty không bán nhà máy."),
    ("公司不出售工厂。", "公司出售工厂。"),
    ("公司出售工厂。", "公司没有出售工厂。"),
]
AGREEMENTS = [
    ("Acme will not sell its database unit.", "Acme has ruled it out: it won't sell its database unit."),
    ("The deal has still not been signed.", "Signing a deal has proved elusive."),
    ("China does not want to commit to a meeting.", "The Chinese have been reluctant to commit to a meeting."),
    ("The bank did not comment.", "The bank declined to comment."),
    ("The accounts cost nothing.", "Accounts at these banks are often free."),
    ("Design will not solve the problem.", "No amount of design, features, and protection will solve the problem."),
    (
        "Payloads build on its technology.",
        "Payloads build on its technology, but he did not disclose how large they are.",
    ),
    ("The firm bids for small jobs.", "The firm is ready not only to bid for small jobs."),
    ("Executives postpone hiring.", "Executives say they have no choice but to postpone hiring."),
    ("The camera offers no more than 720p.", "The camera is capped at 720p."),
    ("Tariffs may or may not be removed.", "It is open if the tariffs will ever be removed."),
    ("Ann Lee sang at the opening.", "He joked that he is not Ann Lee, the singer who sang at the opening."),
    ("The bay is not so small that a pilot could ask for a larger harbour.", "A pilot finds the harbour large enough."),
    ("No strange place awaits the old pilot in the harbour.", "The old pilot feels at home in the harbour."),
    ("Das Werk wird nicht gebaut.", "Das Werk wird auf keinen Fall gebaut."),
    ("Công ty không bán nhà máy.", "Công ty chưa bán nhà máy."),
    ("公司不出售工厂。", "公司没有出售工厂。"),
    ("Nobody had mapped the reef before her team did.", "Hers was the first team to map the reef."),
    ("No bridge of the valley has ever been longer.", "It is the valley's longest bridge."),
    ("No harvest has ever been larger.", "The co-operative reports a record harvest."),
    ("Rents have not been this low since 2011.", "Rents are the lowest since 2011."),
    ("No other town taxes the lamps.", "Ely is the only town that taxes the lamps."),
    ("Most of the letters were not dated.", "Most of the letters were undated."),
    ("The opinion does not bind the council.", "The opinion is non-binding for the council."),
    ("Whether the ferry will sail is unclear.", "It is not clear whether the ferry will sail."),
    ("The cause of the leak remains unknown.", "The cause of the leak is not known."),
    ("Most of the tickets had expired.", "Only forty of the tickets had not expired."),
    ("Nearly all of the wells were tested.", "Just three wells were not tested."),
    ("They coated the pipes against rust.", "They coated the pipes to prevent rust."),
    ("The mayor would not tell whom he votes for.", "His refusal to tell whom he votes for was met with laughter."),
    ("The firm did not accept the offer.", "Its rejection of the offer, which all asked it to accept, came late."),
    ("The lamps could not store heat.", "The inability of the lamps to store heat was known."),
    (
        "The visitors did not get to meet Orla Finch.",
        "Orla Finch's office said she was travelling when the visitors came.",
    ),
    ("The works will not bring the ferry to a stop.", "The ferry will go on sailing during the works."),
    ("The price hardly moved from what was asked.", "The mill was sold for what had been asked: 3 million."),
]


@pytest.mark.parametrize(("said", "given"), CONTRADICTIONS)
def test_a_denial_that_is_added_or_dropped_is_found(said: str, given: str) -> None:
    """A sentence that says the opposite of its evidence would pass as supported."""
    assert clashes(said, given)


@pytest.mark.parametrize(("said", "given"), AGREEMENTS)
def test_a_denial_in_other_words_is_no_contradiction(said: str, given: str) -> None:
    """True sentences that turn `declined` into `did not` would be marked."""
    assert clashes(said, given) == []


def test_the_reason_names_the_words() -> None:
    """A reviewer must see which words clash."""
    assert clashes("Acme will not sell its unit.", "Acme will sell its unit.") == [
        "“not sell its”: the source does not deny it"
    ]
    assert clashes("Acme will sell its unit.", "Acme will not sell its unit.") == ["the source says “not sell its”"]
