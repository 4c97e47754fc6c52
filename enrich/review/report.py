"""A review as one file to send to someone: no script, nothing to load, and every word of it escaped."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Any

from enrich.review.session import Session
from enrich.review.view import session_view, source_view
from enrich.text.count import counted

_STYLE = """
:root { color-scheme: light dark; --text: #1b1c1e; --ground: #fff; --muted: #55585d; --edge: #7d8289; --bad: #9b1c1c;
  --bad-ground: #fdeaea; --good: #1b5e20; --good-ground: #dff2e1; --lit: #e8f0fe; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --text: #e9eaec; --ground: #15171a; --muted: #b3b7bd; --edge: #858b94;
  --bad: #ffb4ab; --bad-ground: #4a1b1b; --good: #b7e4bb; --good-ground: #1d3b21; --lit: #243352; --link: #8ab4f8; } }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.3; } h2 { font-size: 1.1rem; margin-top: 2rem; }
a { color: var(--link); } .meta { color: var(--muted); font-size: .9rem; }
article { border-left: 4px solid var(--edge); padding: .1rem 0 .1rem .8rem; margin: 1rem 0; }
article.bad { border-color: var(--bad); } article.good { border-color: var(--good); }
article p, blockquote { margin: .3rem 0; } blockquote { padding-left: .8rem; border-left: 2px solid var(--edge); }
.badge { font-weight: 600; } .bad .badge { color: var(--bad); } .good .badge { color: var(--good); }
.missing { background: var(--bad-ground); color: var(--bad); font-weight: 700; text-decoration: underline wavy; }
.new { text-decoration: underline 2px; } .elsewhere { text-decoration: underline dashed; }
.other { font-weight: 700; text-decoration: underline double; }
.same { background: var(--good-ground); color: var(--good); }
:target { background: var(--lit); outline: 2px solid var(--link); }
"""


def report_html(session: Session) -> str:
    """The whole report as one HTML page."""
    view, source = session_view(session), source_view(session.context.against.source)
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            f"<title>{escape(view['title'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
            *_head(view, source),
            *_sentences(view),
            *_findings(view),
            *_source(source),
            "</body>\n</html>\n",
        )
    )


def _head(view: dict[str, Any], source: dict[str, Any]) -> Iterator[str]:
    counts = Counter(row["standing"] for row in view["sentences"])
    said = ", ".join(f"{count} {standing}" for standing, count in counts.items())
    yield f"<h1>{escape(view['title'])}</h1>\n<p>{escape(view['description'])}</p>\n"
    sentences = counted(len(view["sentences"]), "sentence")
    yield f'<p class="meta">{sentences}: {escape(said)}. Tags: {escape(", ".join(view["tags"]))}.</p>\n'
    about = " · ".join(filter(None, (source["site"], source["author"], source["published"])))
    yield f'<p class="meta">Source: {_address(source)} {escape(about)}</p>\n'
    if view["blockers"]:
        rows = "".join(f"<li>{escape(row['message'])}</li>" for row in view["blockers"])
        yield f"<h2>In the way of approval</h2>\n<ul>{rows}</ul>\n"


def _sentences(view: dict[str, Any]) -> Iterator[str]:
    yield "<h2>Sentences, the riskiest first</h2>\n"
    for number in view["order"]:
        row = view["sentences"][number]
        risk = "" if row["verdict"] == "human" else f" · risk {row['score']:.2f}"
        yield f'<article class="{row["badge"]}">\n'
        badge = f'<span class="badge">{escape(row["standing"])}</span>'
        yield f'<p class="meta">{badge} · {escape(row["section"])}{risk}</p>\n'
        yield f"<p>{_runs(row['runs'])}</p>\n"
        if row["reasons"]:
            yield f'<p class="meta">{escape("; ".join(row["reasons"]))}</p>\n'
        if read := row["reading"]:
            said = " ".join([read["meaning"], *(f"“{word}”" for word in read["words"])])
            yield f'<p class="meta">{escape(read["by"])} read it: {escape(said)}</p>\n'
        if row["evidence"]:
            place = row["evidence"]["paragraph"]
            yield f'<blockquote>{_runs(row["evidence"]["runs"])} <a href="#p{place}">in the source</a></blockquote>\n'
        yield "</article>\n"


def _findings(view: dict[str, Any]) -> Iterator[str]:
    if view["findings"]:
        yield "<h2>Style</h2>\n<ul>"
        for row in view["findings"]:
            place = f"{row['level']} {row['named']} in {row['section']}"
            yield f"<li>{escape(place)}: {escape(row['message'])}</li>"
        yield "</ul>\n"


def _source(source: dict[str, Any]) -> Iterator[str]:
    yield f"<h2>The source: {escape(source['title'])}</h2>\n"
    for number, text in enumerate(source["paragraphs"]):
        yield f'<p id="p{number}">{escape(text)}</p>\n'


def _runs(runs: list[list[str]]) -> str:
    return "".join(
        escape(text) if kind == "plain" else f'<span class="{kind}">{escape(text)}</span>' for text, kind in runs
    )


def _address(source: dict[str, Any]) -> str:
    url = source["url"]
    if not url.startswith(("https://", "http://")):
        return escape(url)
    return f'<a rel="noreferrer noopener" href="{escape(url)}">{escape(url)}</a>'
