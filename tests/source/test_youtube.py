"""Videos of YouTube, against a stub of the site's answers at the level of HTTP; the real site was never asked."""

from typing import Any

import pytest

from enrich.errors import SourceError
from enrich.source.extract import source_from_video
from enrich.source.youtube import fetch_video, find_video
from tests.source.videos import TODAY, VIDEO, answer, tracks

pytest.importorskip("youtube_transcript_api")
requests = pytest.importorskip("requests")
Adapter: Any = requests.adapters.HTTPAdapter


class Site(Adapter):  # type: ignore[misc]  # requests has no types
    """Answers every request of a session by hand."""

    def __init__(self, captions: list[dict[str, Any]], title: str = "How the Heron was built", status: int = 0) -> None:
        super().__init__()
        self._captions, self._title, self._status = captions, title, status

    def send(self, request: Any, **_: Any) -> Any:
        """The site's answer."""
        status, body = answer(request.url, self._captions, self._title)
        made = requests.Response()
        made.status_code, made.url, made.request = self._status or status, request.url, request
        made._content = body.encode()  # how the library's own tests fill a response
        made.encoding = "utf-8"
        return made


def session(*rows: tuple[str, bool], **about: Any) -> Any:
    """A session that the stub answers."""
    made = requests.Session()
    made.mount("https://", Site(tracks(*rows), **about))
    return made


@pytest.mark.parametrize(
    ("url", "video"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}&t=12s", VIDEO),
        (f"https://m.youtube.com/watch?feature=x&v={VIDEO}", VIDEO),
        (f"http://youtu.be/{VIDEO}?si=abc", VIDEO),
        (f"https://www.youtube.com/shorts/{VIDEO}/", VIDEO),
        (f"https://youtube.com/live/{VIDEO}", VIDEO),
        (f"https://www.youtube-nocookie.com/embed/{VIDEO}", VIDEO),
        ("https://www.youtube.com/@norwick/videos", ""),
        ("https://www.youtube.com/watch?v=short", ""),
        (f"https://youtube.example.com/watch?v={VIDEO}", ""),
        (f"https://example.com/?u=youtu.be/{VIDEO}", ""),
        ("not an address", ""),
    ],
)
def test_addresses_of_videos_are_known(url: str, video: str) -> None:
    """Every form in which people share a video, and nothing that only looks like one."""
    assert find_video(url) == video


def test_a_video_is_a_source_with_times() -> None:
    """Title and channel are the site's; each sentence can be found in the recording."""
    source = source_from_video(fetch_video(VIDEO, session=session(("en", False))), None, TODAY)
    assert source.url == f"https://www.youtube.com/watch?v={VIDEO}"
    assert (source.title, source.author, source.site) == ("How the Heron was built", "Norwick Robotics", "YouTube")
    assert source.place_of(source.text.index("forty servo loops")) == "1:05"
    assert source.flags == ()


def test_what_a_person_wrote_goes_before_what_a_machine_wrote() -> None:
    """Then the language counts; a machine's transcript is said to be one."""
    both = fetch_video(VIDEO, ("en",), session(("en", True), ("de", False)))
    assert (both.language, both.is_generated) == ("de", False)
    alone = fetch_video(VIDEO, ("en",), session(("de", True), ("en", True)))
    assert (alone.language, alone.is_generated) == ("en", True)
    assert "machine" in source_from_video(alone, None, TODAY).flags[0]


def test_without_a_transcript_it_is_refused_with_the_way_out() -> None:
    """The library's long explanation becomes one line."""
    with pytest.raises(SourceError, match=r"gives no transcript \(transcripts disabled\); copy it .* --text FILE"):
        fetch_video(VIDEO, session=session())
    with pytest.raises(SourceError, match=r"gives no transcript .* --text FILE"):
        fetch_video(VIDEO, session=session(("en", False), status=429))


def test_a_video_without_a_name_wants_a_title() -> None:
    """Where the site does not say what it is called, the user does."""
    video = fetch_video(VIDEO, session=session(("en", False), title=""))
    with pytest.raises(SourceError, match="no headline"):
        source_from_video(video, None, TODAY)
    assert source_from_video(video, "The Heron", TODAY).title == "The Heron"
