"""A page or a text becomes a source, or the reason why it cannot."""

import json
import subprocess
from datetime import date
from typing import Any

from msgspec.structs import replace

from enrich.errors import SourceError
from enrich.processor_time import ended_by_limit
from enrich.source.address import bare_host, canonical_url, parse_address
from enrich.source.dates import Evidence, choose_date
from enrich.source.decode import decode
from enrich.source.kind import find_kind, refuse_kind
from enrich.source.limits import Limits
from enrich.source.paragraphs import clean_paragraph, join_paragraphs, split_paragraphs
from enrich.source.reading import Reading
from enrich.source.refuse import THIN, refuse_unusable
from enrich.source.source import Page, Source
from enrich.source.title import fold_name, host_names, strip_site
from enrich.source.transcript import Transcript, read_transcript
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.source.worker_process import run_worker
from enrich.source.youtube import Video
from enrich.text.count import counted
from enrich.text.json_text import mend_halves
from enrich.text.language import guess_language
from enrich.text.normal import normalise
from enrich.text.quoted import quote
from enrich.text.typed import build
from enrich.text.words import count_words

_LONGEST_HEADLINE = 25
"""Words of a line that can be a headline. By hand: those of twelve real pages have 19 at most."""
_SENTENCE_END = (".", "。", ";", ":", ",")
_BUSY = 3
"""Times of its processor time that a page may take by the clock: other programs want the processor too."""


def extract_source(page: Page, today: date, headline: str | None = None, limits: Limits | None = None) -> Source:
    """Extract the article of a page.

    ``headline`` replaces the page's own title. Raises `SourceError` for a kind that cannot be read, for a page that
    holds no article (a wall, an error page, a stub) and for one that cannot be taken apart within the limits.
    """
    kind = find_kind(page.content_type, page.body)
    if kind != "PDF":
        refuse_kind(page.url, kind)
    if kind == "text":
        text = decode(page.body, page.content_type).text
        return source_from_text(text, page.final_url, headline, today, page.name)
    return source_from_reading(_take_apart(page, kind, today, limits or Limits()), page.url, headline)


def source_from_reading(reading: Reading, url: str, headline: str | None) -> Source:
    """Take what was read from the page at ``url`` as a source. Raises `SourceError` when there is no article in it."""
    text, paragraphs = join_paragraphs(reading.paragraphs)
    refuse_unusable(reading, count_words(text), url)
    title, origin, flags = _choose_headline(clean_paragraph(headline or ""), reading)
    if not title:
        raise SourceError(f"{quote(url)}: has no headline; pass one with --title")
    return Source(
        url=reading.url,
        title=title,
        title_origin=origin,
        site=clean_paragraph(reading.site),
        author=clean_paragraph(reading.author),
        published=date.fromisoformat(reading.published) if reading.published else None,
        published_origin=reading.published_origin,
        language=reading.language,
        text=text,
        paragraphs=paragraphs,
        flags=reading.flags + flags,
        places=reading.places,
    )


def source_from_text(text: str, url: str, headline: str | None, today: date, name: str = "") -> Source:
    """Take plain text as the article of the page at ``url``.

    Without a ``headline``, the text's first line is one if it looks like one. The date is the address's, if it names
    one. A transcript gives its paragraphs their times, and may name its address; ``name`` is its file's. Raises
    `SourceError` for an unusable address or none, less than 40 words and a missing headline.
    """
    transcript = read_transcript(text)
    cited = _cited(url, transcript, name)
    told = name or url
    paragraphs = [paragraph for paragraph in map(clean_paragraph, split_paragraphs(text)) if paragraph]
    title, origin = clean_paragraph(headline or ""), "given"
    places: tuple[str, ...] = ()
    if transcript is not None:
        spoken = list(transcript.paragraphs())
        paragraphs, places = [said for said, _ in spoken], tuple(time for _, time in spoken)
        title, origin = (title, origin) if title else (transcript.title, "first line")
    elif not title and len(paragraphs) > 1 and _looks_like_headline(paragraphs[0]):
        title, origin = paragraphs.pop(0), "first line"
    joined, spans = join_paragraphs(paragraphs)
    words = count_words(joined)
    if words < THIN:
        raise SourceError(
            f"{quote(told)}: the text holds too little to draft from ({counted(words, 'word')}); pass the whole article"
        )
    if not title:
        raise SourceError(f"{quote(told)}: the text has no headline; pass one with --title")
    published = choose_date(Evidence(url=cited), today)
    return Source(
        url=cited,
        title=title,
        title_origin=origin,
        site=bare_host(parse_address(cited).host),
        author="",
        published=published.day,
        published_origin=published.origin,
        language=guess_language(joined),
        text=joined,
        paragraphs=spans,
        flags=("text given",),
        places=places,
    )


def source_from_video(video: Video, headline: str | None, today: date) -> Source:
    """Take what is said in a video as a source. Raises `SourceError` where that is too little, or nothing names it."""
    said = source_from_text(video.text, video.url, headline, today)
    flags = ("transcript: a machine has written it; listen to what the note rests on",) if video.is_generated else ()
    return replace(said, author=clean_paragraph(video.author), language=video.language, flags=flags, site="YouTube")


def _cited(url: str, transcript: Transcript | None, name: str) -> str:
    """The address that is cited: the given one, else the one that stands above a transcript."""
    if url != UNKNOWN_ADDRESS:
        return canonical_url(url)
    if transcript is None or not transcript.address:
        raise SourceError(
            f"{quote(name)}: names no address; say where it is from with --url ADDRESS, or in its first line"
        )
    return canonical_url(transcript.address)


def _choose_headline(given: str, reading: Reading) -> tuple[str, str, tuple[str, ...]]:
    """Title, origin, and a flag when the given headline is not the page's: the address may be of another page.

    Feeds add the site's name to their headlines; it is cut off.
    """
    title = clean_paragraph(reading.title)
    if not given:
        return title, reading.title_origin, ()
    own = normalise(title).casefold()
    names = host_names(parse_address(reading.url).host) | {fold_name(reading.site)}
    wanted = strip_site(given, names, frozenset({own} - {""}))
    differs = title and normalise(wanted).casefold() != own
    return wanted, "given", (f"the page's own title is “{title}”",) if differs else ()


def _looks_like_headline(line: str) -> bool:
    return count_words(line) <= _LONGEST_HEADLINE and not line.endswith(_SENTENCE_END)


def _take_apart(page: Page, kind: str, today: date, limits: Limits) -> Reading:
    """Read a page in a process of its own, which is ended when it has had its processor time."""
    order = {
        "kind": kind,
        "url": page.final_url,
        "content_type": page.content_type,
        "language": page.language,
        "today": today.isoformat(),
        "elements": limits.elements,
        "seconds": limits.seconds,
    }
    data = json.dumps(order).encode() + b"\n" + page.body
    late = SourceError(
        f"{quote(page.name or page.url)}: cannot be taken apart within {limits.seconds:g} s; "
        "save its text and pass it with --text FILE"
    )
    try:
        done = run_worker(data, limits.seconds * _BUSY)
    except subprocess.TimeoutExpired:
        raise late from None
    if ended_by_limit(done.returncode):
        raise late
    answer = _parse_answer(done, page.name or page.url)
    if "fault" in answer:
        raise SourceError(f"{quote(page.name or page.url)}: {answer['fault']}")
    if "too_many" in answer:
        raise SourceError(
            f"{quote(page.name or page.url)}: has {answer['too_many']:,} elements, more than {limits.elements:,}; "
            "save its text and pass it with --text FILE"
        )
    return build(Reading, answer["reading"])


def _parse_answer(done: subprocess.CompletedProcess[bytes], url: str) -> dict[str, Any]:
    if done.returncode == 0:
        answer: dict[str, Any] = mend_halves(json.loads(done.stdout))
        return answer
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    reason = said[-1] if said else f"exit {done.returncode}"
    raise SourceError(
        f"{quote(url)}: cannot be taken apart ({quote(reason)}); save its text and pass it with --text FILE"
    )
