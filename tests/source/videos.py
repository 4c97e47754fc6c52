"""A talk, and a YouTube that shows it: the site's answers as far as `youtube-transcript-api` reads them, by hand."""

import json
from datetime import date
from html import escape
from typing import Any

TODAY = date(2026, 1, 2)
VIDEO = "dQw4w9WgXc0"
SAID = (
    (0, "Good evening, this is a talk about a controller for robots."),
    (6, "It is called the Heron, and we have built it in Norwick"),
    (31, "for eleven months with four people. Nobody paid us for it."),
    (65, "It runs forty servo loops at 2 kHz and it has failed twice,"),
    (92, "each time after a loss of power. We sell it for 1,900 dollars."),
    (130, "The next one will be cheaper, and it comes in August."),
)


def tracks(*rows: tuple[str, bool]) -> list[dict[str, Any]]:
    """Caption tracks: a language, and whether a machine has written it."""
    return [
        {
            "baseUrl": f"https://www.youtube.com/api/timedtext?lang={language}",
            "name": {"runs": [{"text": language}]},
            "languageCode": language,
            "isTranslatable": False,
            **({"kind": "asr"} if generated else {}),
        }
        for language, generated in rows
    ]


def answer(url: str, captions: list[dict[str, Any]], title: str = "How the Heron was built") -> tuple[int, str]:
    """Status and body of what the site says at an address."""
    if "/oembed" in url:
        return (200, json.dumps({"title": title, "author_name": "Norwick Robotics"})) if title else (401, "no")
    if "/watch" in url:
        return 200, '<html><script>"INNERTUBE_API_KEY": "key"</script></html>'
    if "/youtubei/" in url:
        shown = {"captions": {"playerCaptionsTracklistRenderer": {"captionTracks": captions}}} if captions else {}
        return 200, json.dumps({"playabilityStatus": {"status": "OK"}, **shown})
    if "/timedtext" in url:
        rows = "".join(f'<text start="{at}.2" dur="5">{escape(said)}</text>' for at, said in SAID)
        return 200, f'<?xml version="1.0"?><transcript>{rows}</transcript>'
    return 404, ""
