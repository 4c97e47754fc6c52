"""Forms of dates and numbers, sought near their signs."""

import importlib
import pkgutil
import re

from hypothesis import example, given
from hypothesis import strategies as st

import enrich.check.facts
from enrich.check.facts.form import Form

TOKENS = """
last this next past early late in on of the a an one two three half quarter twenty second fifth day
days week weeks month months year years decade ago before after earlier later previous following
yesterday today morning evening night noon midnight a.m. pm o'clock Uhr 7 10.30 21:15 12 31 1999
2024 2024-05-17 17.05.2024 3/4 ½ 1½ $5 £1,200 4bn 5th 21st GPT-4o H100 v3.2 x2 May March 3 Sept.
Montag Wednesday spring autumn fall winter herbst mùa xuân năm ngày tháng tuần trước ngoái 年 月 日
二〇二四 三十 百分之 五分之一 前 个 vor zwei Tagen letzten Woche tenfold 3-fold hundreds thousands of dozens few
several million couple pair her thirties 30s 's six-figure teens nineties '90s Halloween Christmas
Eve Day hundred and words letter K Apple Dr.
""".split()
FORMS = [
    form
    for module in pkgutil.iter_modules(enrich.check.facts.__path__)
    for value in vars(importlib.import_module(f"enrich.check.facts.{module.name}")).values()
    for form in (value if isinstance(value, tuple) else (value,))
    if isinstance(form, Form)
]


@example(["half", "before", "3"], " ")
@given(st.lists(st.sampled_from(TOKENS), max_size=60), st.sampled_from((" ", "-", "\n")))
def test_the_signs_of_a_form_hide_none_of_its_places(words: list[str], gap: str) -> None:
    """A date that is not found is a date that nobody checks."""
    text = gap.join(words)
    for form in FORMS:
        assert spans(form.find(text)) == spans(form.compiled.finditer(text)), form.pattern


def test_every_way_of_writing_is_looked_at() -> None:
    """The test above must not become one of nothing."""
    assert len(FORMS) > 45


def test_places_keep_their_offsets_whatever_stands_before() -> None:
    """A capital whose small letter has two signs must not move what is marked in the note."""
    form = Form("may", r"in\s(?P<month>May)\b", re.IGNORECASE)
    text = "İİİ " * 50 + "in may, and " + "so on " * 50 + "in May"
    assert [text[slice(*span)] for span in spans(form.find(text))] == ["in may", "in May"]


def spans(matches: object) -> list[tuple[int, int]]:
    """Where they stand."""
    return [match.span() for match in matches]  # type: ignore[attr-defined]
