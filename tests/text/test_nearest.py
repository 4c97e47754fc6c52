"""What a person may have meant."""

import pytest

from enrich.text.nearest import did_you_mean, find_nearest

COMMANDS = ("draft", "check", "review", "suggest-links", "undo")
SETTINGS = ("MODEL", "BASE_URL", "API_KEY", "AIRLOCK", "TYPE", "TIMEOUT", "VAULT", "HOME", "KEEP_RUNS")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("drfat", "draft"), ("darft", "draft"), ("Draft", "draft"), ("drafts", "draft"), ("chekc", "check"),
        ("suggest", "suggest-links"), ("suggest_links", "suggest-links"), ("links", "suggest-links"), ("und", "undo"),
        ("reviwe", "review"),
    ],
)  # fmt: skip
def test_a_mistyped_command_is_recognised(word: str, meant: str) -> None:
    """Letters swapped, left out or doubled, another case, or only a part."""
    assert find_nearest(word, COMMANDS) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [("MODLE", "MODEL"), ("BASEURL", "BASE_URL"), ("URL", "BASE_URL"), ("KEY", "API_KEY"), ("APIKEY", "API_KEY"),
     ("VALUT", "VAULT"), ("AIR_LOCK", "AIRLOCK"), ("TIME_OUT", "TIMEOUT"), ("MODELS", "MODEL")],
)  # fmt: skip
def test_a_mistyped_setting_is_recognised(word: str, meant: str) -> None:
    """The same for the part of a variable behind ENRICH_."""
    assert find_nearest(word, SETTINGS) == meant


@pytest.mark.parametrize("word", ["BIN", "LANGUAGE", "X", "PATH_TO_NOTES", ""])
def test_a_word_like_nothing_is_left_alone(word: str) -> None:
    """A variable of somebody else's program is not taken for a mistake."""
    assert find_nearest(word, SETTINGS) == ""


def test_the_remedy_names_the_nearest_or_where_to_look() -> None:
    """A message always ends with something to do."""
    assert did_you_mean("drfat", COMMANDS, "see enrich --help") == "did you mean draft?"
    assert did_you_mean("xyzzy", COMMANDS, "see enrich --help") == "see enrich --help"
