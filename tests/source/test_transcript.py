"""Transcripts: what is said, and when."""

from pathlib import Path

import pytest

from enrich.errors import SourceError
from enrich.source.extract import extract_source, source_from_text
from enrich.source.saved_page import read_page
from enrich.source.transcript import read_transcript
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from tests.source.videos import SAID, TODAY

URL = "https://video.example.org/talk"


def stamped(form: str) -> str:
    """The talk with a time before each line."""
    return "\n".join(form.format(m=at // 60, s=at % 60, h=0, said=said) for at, said in SAID) + "\n"


FORMS = {
    "beside": stamped("{m}:{s:02} {said}"),
    "below": stamped("{m}:{s:02}\n{said}"),
    "in brackets": stamped("[{h:02}:{m:02}:{s:02}] {said}"),
    "with a dash": stamped("({m:02}:{s:02}) - {said}"),
    "srt": "".join(
        f"{n}\n00:{at // 60:02}:{at % 60:02},500 --> 00:59:00,000\n<i>{said}</i>\n\n"
        for n, (at, said) in enumerate(SAID, 1)
    ),
    "vtt": "WEBVTT\nKind: captions\n\nNOTE made by hand\n\n"
    + "".join(f"{at // 60:02}:{at % 60:02}.000 --> 59:00.000 align:start\n{said}\n\n" for at, said in SAID),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_words_and_times(form: str) -> None:
    """Whatever a person pastes or a program saves: each paragraph has the time at which it begins."""
    source = source_from_text(FORMS[form], URL, "A talk on the Heron", TODAY)
    assert source.text.split() == " ".join(said for _, said in SAID).split()
    assert source.places[0] == "0:00"
    assert len(source.places) == len(source.paragraphs) > 2
    assert source.place_of(source.text.index("forty servo loops")) == "1:05"


def test_captions_that_roll_up_are_read_once() -> None:
    """Automatic captions repeat each line in the next cue, with a time for each word."""
    text = "WEBVTT\n\n" + "".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\nline {n - 1}\n<00:0{n}.100><c>line {n}</c>\n\n" for n in range(1, 6)
    )
    found = read_transcript(text)
    assert found is not None
    assert " ".join(cue.said for cue in found.cues) == "line 0 line 1 line 2 line 3 line 4 line 5"


def test_who_speaks_is_kept() -> None:
    """The name that WebVTT gives a voice stands before its words."""
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:09.000\n<v Ada Lund>Word {n} &amp; more.\n\n" for n in range(3))
    found = read_transcript(text)
    assert found is not None
    assert found.cues[0].said == "Ada Lund: Word 0 & more."


@pytest.mark.parametrize(
    "text",
    [
        "The plant opened at 7:30 and closed at 9:15.\nNobody came.\n",
        "19:30 News\n20:15 A film\n22:00 A talk\n23:30 Music\n",
        "0:10 one\n0:05 two\n0:20 three\n",
        "1:02 one\n2:03 two\n",
        "",
    ],
)
def test_other_texts_with_times_are_none(text: str) -> None:
    """A programme, a live ticker and a text that names the time of day keep their lines as they are."""
    assert read_transcript(text) is None


def test_title_and_address_stand_above_the_times(tmp_path: Path) -> None:
    """A file needs no options where its first lines say what it is; without an address it is refused by its name."""
    file = tmp_path / "talk.txt"
    head = f"How the Heron was built\n{URL}\n\n"
    source = extract_source(read_page((head + FORMS["beside"]).encode(), UNKNOWN_ADDRESS, str(file)), TODAY)
    assert (source.title, source.url) == ("How the Heron was built", URL)
    assert "How the Heron" not in source.text
    with pytest.raises(SourceError, match=r"talk\.txt.*: names no address"):
        extract_source(read_page(FORMS["beside"].encode(), UNKNOWN_ADDRESS, str(file)), TODAY)


def test_a_hostile_transcript_costs_its_length() -> None:
    """A hundred thousand times and tags that never close are read once."""
    assert read_transcript("0:00 " + "<" * 200_000) is None
    assert read_transcript("9:" * 200_000) is None
    assert read_transcript("0:01 x\n0:01 y\n" * 50_000 + "0:02 z\n0:03 z z\n") is not None
