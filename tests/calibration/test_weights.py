"""What each weight of risk does to a sentence: those that few sentences show, from both sides."""

import math
from datetime import date
from functools import cache

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

SOURCE = PreparedSource(
    "Passage 1: Unplug the lamp before you open it. Wait until the bulb is cold, then turn it to the left. A worn cord "
    "must be replaced by a person of the trade.\n\nPassage 2: The foundry of Sedley cast bells until the river froze. "
    "Its largest bell hangs in Holm and is rung at noon, when the market opens.",
    date(2023, 5, 2),
    "Lamps and bells",
    "en",
)
SAID = {
    "Unplug the lamp and wait until the bulb is cold.": -4.29,
    "1. Unplug the lamp and wait until the bulb is cold.": -3.89,
    "To open the lamp, follow these steps:": -5.06,
    "It is important to unplug the lamp and wait until the bulb is cold.": -4.52,
    "Overall, unplug the lamp and wait until the bulb is cold.": -5.16,
    "The text does not mention a lamp or a bulb that is cold.": -4.12,
    "According to the text, unplug the lamp and wait until the bulb is cold.": -5.00,
    "Passage 2 asks to unplug the lamp and wait until the bulb is cold.": 2.37,
    "Passage 1 asks to unplug the lamp and wait until the bulb is cold.": -2.92,
    "Tilda Brock rings the largest bell in Holm at noon.": 2.91,
}
"""Sentences and the log-odds of their risk."""
SPARE = 0.15
"""So far these may move: the least of the weights is .4."""


@cache
def log_odds(text: str) -> float:
    """Of the risk that a reviewer sorts by."""
    risk = check_claim(Claim(text), SOURCE).score
    return math.log(risk / (1 - risk))


@pytest.mark.parametrize("text", SAID)
def test_a_sentence_keeps_its_risk(text: str) -> None:
    """What announces, advises or concludes is shown late; what stands in another part than it says, first."""
    assert log_odds(text) == pytest.approx(SAID[text], abs=SPARE)
