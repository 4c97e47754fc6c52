"""Notes made from hostile pages and by a model that obeys them, by the product's own pipeline."""

from collections.abc import Mapping
from datetime import date
from html import escape
from itertools import cycle
from typing import Any

from msgspec.structs import replace

from enrich.draft.checked import check_answer
from enrich.draft.compose import compose_note
from enrich.draft.context import DraftContext
from enrich.draft.section import parse_answer
from enrich.errors import EnrichError
from enrich.llm.completion import Prompt
from enrich.llm.extractive import ExtractiveEngine
from enrich.llm.schema import build_schema
from enrich.source.extract import source_from_reading
from enrich.source.reader import read_html
from tests.draft.parts import CANDIDATES, journal_type, make_answer, make_context
from tests.source.pages import HEADLINE, PARAGRAPHS, TODAY, URL

LINKS = frozenset(candidate.link for candidate in CANDIDATES)
ADDRESS = "https://news.example.com/2023/02/14/heron-2"


def _obey(value: Any, texts: Any) -> Any:
    match value:
        case {"text": _}:
            return {**value, "text": next(texts)}
        case dict():
            return {key: _obey(inner, texts) for key, inner in value.items()}
        case list():
            return [_obey(inner, texts) for inner in value]
        case str():
            return next(texts)
    return value


def note_of_model(*texts: str) -> str:
    """The note of a model that writes what a page told it to: ``texts`` in every field, in turn."""
    return _compose(_obey(make_answer(), cycle(texts)), make_context(candidates=CANDIDATES))


def note_of_page(site: str = "Example News", title: str = "", author: str = "Ada Quill", extra: str = "") -> str | None:
    """The no-model note of a page with these texts in it; None when the page is refused."""
    headline = f"{HEADLINE} {title}".strip()
    paragraphs = [*(PARAGRAPHS[:1]), f"{PARAGRAPHS[1][:-1]} {extra}.", extra, *PARAGRAPHS[2:]]
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(headline)}</title>'
        f'<meta property="og:site_name" content="{escape(site)}"><meta name="author" content="{escape(author)}">'
        '<meta property="article:published_time" content="2023-07-18"></head>'
        f"<body><article><h1>{escape(headline)}</h1>{body}</article></body></html>"
    )
    try:
        source = source_from_reading(read_html(page, URL, TODAY, 10_000), ADDRESS, None)
        engine = ExtractiveEngine(source, CANDIDATES, journal_type(), ())
        prompt = Prompt(
            "draft", (), build_schema(journal_type(), [candidate.id for candidate in CANDIDATES]), "note", {}
        )
        answer = engine.complete(prompt, lambda _: None).answer
    except EnrichError:
        return None
    return _compose(answer, DraftContext(replace(source, url=ADDRESS), "tech-journal", date(2023, 7, 18), CANDIDATES))


def _compose(answer: Mapping[str, Any], context: DraftContext) -> str:
    checked = check_answer(parse_answer(answer, journal_type(), CANDIDATES), context.source)
    note = compose_note(checked, context, journal_type(), "230718TJ01")
    assert not note.intruders, note.intruders
    return note.text
