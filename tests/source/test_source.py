"""A source on its way to the run folder and back."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from enrich.source.source import Source, source_from_dict, source_to_dict
from enrich.text.span import Span

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SOURCES = st.builds(
    Source,
    url=TEXT,
    title=TEXT,
    title_origin=TEXT,
    site=TEXT,
    author=TEXT,
    published=st.none() | st.dates(),
    published_origin=TEXT,
    language=TEXT,
    text=TEXT,
    paragraphs=st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99))).map(tuple),
    flags=st.lists(TEXT).map(tuple),
)


@given(SOURCES)
def test_a_source_survives_its_run_folder(source: Source) -> None:
    """What a replay reads is exactly what the checks of the first run were made against."""
    assert source_from_dict(json.loads(json.dumps(source_to_dict(source)))) == source


def test_the_saved_form_can_be_read_by_a_person() -> None:
    """The date is written as a date and the spans as pairs of offsets."""
    source = Source("u", "t", "h1", "s", "a", date(2023, 7, 18), "json-ld", "en", "One.", (Span(0, 4),), ("x",))
    saved = source_to_dict(source)
    assert (saved["published"], saved["paragraphs"], saved["flags"]) == ("2023-07-18", [[0, 4]], ["x"])
