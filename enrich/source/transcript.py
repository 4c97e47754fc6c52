"""A transcript: what is said in a recording, with the time of each stretch, as people paste it or programs save it.

Read are SRT, WebVTT, and text whose lines begin with a time or stand below one: ``0:00 So today …``, ``[00:01:02] …``.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from enrich.source.paragraphs import clean_paragraph
from enrich.text.pattern import lazy_pattern

_TIME = r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)(?:[.,]\d{1,3})?"
_RANGE = lazy_pattern(rf"\s*{_TIME}\s*-->\s*[\d:.,]+.*")
_STAMPED = lazy_pattern(rf"\s*[\[(]?{_TIME}[\])]?(?:\s*[-–—|:]\s*|\s+|\Z)(?P<said>.*)")
_TAG = lazy_pattern(r"<v(?:\.\S+)?\s+([^<>]+)>|<[^<>]*>|\{\\[^{}]*\}")
_ADDRESS = lazy_pattern(r"https?://\S+")
_END = lazy_pattern(r"[.!?…。！？][\"'”’»)\]]*\Z")
_FEWEST = 3
"""Times that make a transcript of a text; two may stand in any text."""
_STARTS_BY = 600
"""Seconds by which a recording has begun to speak; what begins with a later time is a programme or a live ticker."""
_LONGEST, _ENOUGH = 60, 25
"""Seconds of a paragraph: it ends at the first end of a sentence after so many, and whatever is said after the other.
Chosen: who looks a sentence up in the recording listens to so much."""


class Cue(NamedTuple):
    """What is said from a moment on."""

    seconds: int
    said: str


class Transcript(Struct, frozen=True):
    """A recording in words."""

    cues: tuple[Cue, ...]
    title: str = ""
    """The first line above the times; empty where there is none."""
    address: str = ""
    """The address that stands above the times."""

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Stretches of what is said, each with the time at which it begins: ``12:40``."""
        part: list[Cue] = []
        for cue in self.cues:
            lasted = cue.seconds - part[0].seconds if part else 0
            if part and (lasted >= _LONGEST or (lasted >= _ENOUGH and _END.search(part[-1].said))):
                yield _join(part)
                part = []
            part.append(cue)
        if part:
            yield _join(part)


def read_transcript(text: str) -> Transcript | None:
    """The transcript in ``text``; None where it is none: times in order, from the beginning of a recording on."""
    lines = text.removeprefix("\ufeff").splitlines()
    is_captions = any(_RANGE.fullmatch(line) for line in lines)
    found = list(_captions(lines) if is_captions else _stamped(lines))
    above, cues = [said for second, said in found if second is None], _cues(found)
    times = [cue.seconds for cue in cues]
    if len(cues) < _FEWEST or times != sorted(times) or times[0] > _STARTS_BY:
        return None
    if not is_captions and len(above) > len(cues):
        return None
    address = next((match[0] for line in above if (match := _ADDRESS.search(line))), "")
    title = next((line for line in above if not _ADDRESS.search(line)), "")
    return Transcript(tuple(cues), title, address)


def make_transcript(rows: Iterable[tuple[float, str]]) -> Transcript:
    """The transcript of moments in seconds with what is said."""
    return Transcript(tuple(_cues([(int(start), _clean(said)) for start, said in rows])))


def say_time(seconds: int) -> str:
    """``12:40``, ``1:02:03``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


_Row = tuple[int | None, str]


def _captions(lines: Sequence[str]) -> Iterator[_Row]:
    """The cues of SRT or WebVTT; numbers and names of cues, and notes, are not said."""
    at: int | None = None
    for number, line in enumerate(lines):
        if time := _RANGE.fullmatch(line):
            at = _seconds(time)
        elif not line.strip():
            at = None
        elif at is not None:
            yield at, _clean(line)
        elif not (line.strip().isdigit() or line.startswith(("WEBVTT", "NOTE", "STYLE", "Kind:", "Language:"))):
            followed = number + 1 < len(lines) and _RANGE.fullmatch(lines[number + 1])
            if not followed:
                yield None, _clean(line)


def _stamped(lines: Sequence[str]) -> Iterator[_Row]:
    """Lines that begin with a time; those below one go on."""
    at: int | None = None
    for line in filter(str.strip, lines):
        if time := _STAMPED.fullmatch(line):
            at = _seconds(time)
            yield at, _clean(time["said"])
        else:
            yield at, _clean(line)


def _cues(rows: Sequence[_Row]) -> list[Cue]:
    """Rows of one time together; lines that captions repeat while they roll up are said once."""
    cues: list[Cue] = []
    last = ""
    for seconds, said in rows:
        if seconds is None or not said or said == last:
            continue
        last = said
        if cues and cues[-1].seconds == seconds:
            cues[-1] = Cue(seconds, f"{cues[-1].said} {said}")
        else:
            cues.append(Cue(seconds, said))
    return cues


def _seconds(time: "re.Match[str]") -> int:
    return int(time["h"] or 0) * 3600 + int(time["m"]) * 60 + int(time["s"])


def _clean(line: str) -> str:
    """Without tags; who speaks stays."""
    return clean_paragraph(html.unescape(_TAG.sub(lambda tag: f"{tag[1]}: " if tag[1] else "", line)))


def _join(part: Sequence[Cue]) -> tuple[str, str]:
    return " ".join(cue.said for cue in part), say_time(part[0].seconds)
