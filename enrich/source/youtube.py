"""Videos of YouTube: the transcript that the site shows beside one, by `youtube-transcript-api` (an extra)."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from msgspec import Struct

from enrich.errors import SourceError
from enrich.source.address import parse_address
from enrich.source.transcript import Transcript, make_transcript, say_time
from enrich.text.pattern import lazy_pattern

if TYPE_CHECKING:
    from requests import Session

_ID = lazy_pattern(r"[\w-]{11}")
_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"})
_PATHS = ("/shorts/", "/live/", "/embed/", "/v/")
_ABOUT = "https://www.youtube.com/oembed"
_SECONDS = 20.0
"""Chosen: how long one answer of the site is waited for."""
_PASTE = "copy it from the page and pass it with --text FILE"


class Video(Struct, frozen=True):
    """What is known of a video."""

    url: str
    title: str
    author: str
    """The channel."""
    language: str
    is_generated: bool
    """A machine has written the transcript."""
    transcript: Transcript

    @property
    def text(self) -> str:
        """The transcript as a file, which `read_transcript` reads again."""
        lines = (f"{say_time(cue.seconds)} {cue.said}\n" for cue in self.transcript.cues)
        return f"{self.url}\n{self.title}\n{''.join(lines)}"


def find_video(url: str) -> str:
    """The id of the video that an address of YouTube leads to; empty for every other address."""
    try:
        address = parse_address(url)
    except SourceError:
        return ""
    if address.host in ("youtu.be", "www.youtu.be"):
        found = address.path[1:]
    elif address.host not in _HOSTS:
        found = ""
    elif address.path == "/watch":
        found = parse_qs(address.query).get("v", [""])[0]
    else:
        found = next((address.path.removeprefix(start) for start in _PATHS if address.path.startswith(start)), "")
    found = found.partition("/")[0]
    return found if _ID.fullmatch(found) else ""


def fetch_video(video: str, languages: Sequence[str] = ("en",), session: "Session | None" = None) -> Video:
    """Title and transcript: one in ``languages``, else whichever there is, a person's before a machine's.

    SourceError where there is none, where YouTube does not give it, or without the extra.
    """
    url = f"https://www.youtube.com/watch?v={video}"
    try:
        from requests import RequestException
        from youtube_transcript_api import YouTubeTranscriptApi, YouTubeTranscriptApiException
    except ImportError:
        raise SourceError(f"{url}: is a video; install enrich-notes[youtube] to read its transcript") from None
    asked = session or _patient_session()
    try:
        listed = list(YouTubeTranscriptApi(http_client=asked).list(video))
        listed.sort(key=lambda one: (one.is_generated, one.language_code.partition("-")[0] not in languages))
        chosen = listed[0]
        said = chosen.fetch()
        about = asked.get(_ABOUT, params={"url": url, "format": "json"}, timeout=_SECONDS)
    except YouTubeTranscriptApiException as error:
        raise SourceError(f"{url}: gives no transcript ({_reason(error)}); {_PASTE}") from error
    except (RequestException, IndexError) as error:
        raise SourceError(f"{url}: cannot be had ({_reason(error)}); {_PASTE}") from error
    told = _about(about)
    return Video(
        url=url,
        title=told.get("title", ""),
        author=told.get("author_name", ""),
        language=chosen.language_code.partition("-")[0],
        is_generated=chosen.is_generated,
        transcript=make_transcript((row.start, row.text) for row in said),
    )


def _patient_session() -> "Session":
    """One that does not wait for ever, as `requests` does by itself."""
    from requests import Response, Session
    from requests.adapters import HTTPAdapter

    class Limited(HTTPAdapter):
        def send(self, *arguments: Any, **options: Any) -> Response:
            return super().send(*arguments, **{**options, "timeout": options.get("timeout") or _SECONDS})

    session = Session()
    session.mount("https://", Limited())
    return session


def _about(answer: Any) -> dict[str, str]:
    """Title and channel, as far as the site says them."""
    try:
        told = answer.json() if answer.ok else {}
    except ValueError:
        return {}
    return {key: value for key, value in told.items() if isinstance(value, str)} if isinstance(told, dict) else {}


def _reason(error: Exception) -> str:
    """The exception's name in words: what the library says runs over many lines."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
