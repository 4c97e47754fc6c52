"""Quantities are read by value and unit, whatever the language and the spelling."""

import math

import pytest

from enrich.check.facts.amount import Quantity
from enrich.check.facts.quantity import find_quantities, read_digits


def only(text: str) -> Quantity:
    """The one quantity of ``text``."""
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def readings(text: str) -> set[tuple[float, str]]:
    """What the one quantity of ``text`` can mean, rounded."""
    return {(round(reading.value, 6), reading.unit) for reading in only(text).readings}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000), ("1000", 1000), ("one thousand", 1000), ("1\u202f000", 1000), ("1'000", 1000),
        ("1,00,000", 100_000),
        ("a thousand", 1000), ("a hundred", 100), ("two hundred and five", 205), ("twenty-two", 22), ("zero", 0),
        ("a dozen", 12), ("two dozen", 24), ("half a million", 500_000), ("a million", 1_000_000),
        ("two and a half million", 2_500_000), ("1 1/2 million", 1_500_000), ("1½", 1.5), ("1.2m users", 1_200_000),
        ("100k", 100_000), ("1.2K", 1200), ("12 million", 12_000_000), ("3 trillion", 3e12), ("0.30", 0.3), (".5", 0.5),
        ("zwei Milliarden", 2e9), ("2 Mrd", 2e9), ("fünfundzwanzig", 25), ("zweihundert", 200), ("dreitausend", 3000),
        ("anderthalb", 1.5), ("eineinhalb Millionen", 1_500_000), ("1000,5", 1000.5), ("1.000,5", 1000.5),
        ("hai mươi", 20), ("hai mươi lăm", 25), ("mười lăm", 15), ("hai trăm ba mươi", 230), ("hai trăm lẻ năm", 205),
        ("một nghìn", 1000), ("hai triệu", 2_000_000), ("1,5 triệu", 1_500_000),
        ("三百二十", 320), ("两万", 20_000), ("二〇二三", 2023), ("1.5亿", 150_000_000), ("20万", 200_000),
        ("二十三", 23),
    ],
)  # fmt: skip
def test_a_number_has_its_value_in_every_spelling(text: str, value: float) -> None:
    """`1,000`, `1000` and `one thousand` are one number to a reader, and so to the check."""
    assert (value, "") in readings(text)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("$2bn", (2e9, "dollar")), ("$2 billion", (2e9, "dollar")), ("2 billion dollars", (2e9, "dollar")),
        ("US$2bn", (2e9, "dollar")), ("twice", (2, "times")), ("tripled", (3, "times")),
        ("three times as much", (3, "times")),
        ("threefold", (3, "times")), ("10-fold", (10, "times")), ("3x", (3, "times")), ("three times", (3, "")),
        ("thirty pounds", (30, "pound-weight")), ("£1.5bn", (1.5e9, "pound")), ("1.5 billion pounds", (1.5e9, "pound")),
        ("¥100", (100, "yen")), ("¥100", (100, "yuan")), ("50 cents", (0.5, "dollar")), ("50 pence", (0.5, "pound")),
        ("2 Mrd. Euro", (2e9, "euro")), ("2 tỷ đồng", (2e9, "dong")), ("2亿美元", (2e8, "dollar")),
        ("5%", (5, "percent")), ("5 per cent", (5, "percent")), ("five percent", (5, "percent")),
        ("25 Prozent", (25, "percent")), ("25 phần trăm", (25, "percent")), ("百分之二十", (20, "percent")),
        ("half", (50, "percent")), ("two thirds", (67, "percent")), ("三分之一", (33, "percent")),
        ("50 basis points", (0.5, "percent")), ("50bps", (0.5, "percent")),
        ("0.5 percentage points", (0.5, "percent")),
        ("a year", (12, "month")), ("12 months", (12, "month")), ("a year and a half", (18, "month")),
        ("a day", (86_400, "second")), ("24 hours", (86_400, "second")), ("half an hour", (1800, "second")),
        ("80GB", (80e9, "byte")), ("80 gigabyte", (80e9, "byte")), ("75C", (75, "celsius")), ("5 km", (5000, "metre")),
        ("the 21st century", (21, "century")), ("third quarter", (3, "quarter")),
    ],
)  # fmt: skip
def test_a_unit_is_part_of_the_value(text: str, reading: tuple[float, str]) -> None:
    """`$2bn` and `$2 billion` are one amount, and a year is twelve months."""
    assert reading in readings(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("third", 3), ("3rd", 3), ("twenty-first", 21), ("twenty first", 21), ("21st", 21), ("twentieth", 20)],
)
def test_an_ordinal_has_its_value(text: str, value: float) -> None:
    """`the 21st` and `the twenty-first` are one place."""
    assert (only(text).kind, only(text).readings[0].value) == ("ordinal", value)


@pytest.mark.parametrize("text", ["H100", "3.11.2", "10.0.0.1", "o3", "IPv6", "3D", "Q2"])
def test_a_version_or_code_is_compared_as_it_is_written(text: str) -> None:
    """A chip's or a version's name has no value that another spelling could have."""
    assert (only(text).kind, only(text).text, only(text).readings) == ("code", text, ())


def test_letters_behind_the_number_of_a_name_belong_to_it() -> None:
    """`GPT-4o` is not `GPT-4`."""
    assert (only("GPT-4o").text, only("GPT-4o").kind, only("GPT-4o").label) == ("4o", "code", "gpt")
    assert (only("GPT-4").text, only("GPT-4").kind, only("GPT-4").label) == ("4", "number", "gpt")


def test_a_number_that_can_be_read_in_two_ways_has_both_values() -> None:
    """`1.000` is a thousand in German and one in English; it agrees with either."""
    assert readings("1.000") == {(1000.0, ""), (1.0, "")}
    assert read_digits("1.234.567") == [1234567.0]
    assert read_digits("3.11.2") == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 200", "about"), ("roughly 200", "about"), ("nearly 200", "nearly"), ("more than 200", "over"),
        ("up to 200", ""), ("under 200", "under"),
        ("rund 200", "about"), ("khoảng 200", "about"), ("约200", "about"), ("200", ""),
    ],
)  # fmt: skip
def test_a_hedge_is_read_with_its_number(text: str, hedge: str) -> None:
    """Rounding is allowed only where it is said."""
    assert only(text).hedge == hedge


@pytest.mark.parametrize(
    ("text", "value"),
    [("10 to 12 million", 10e6), ("10-12 million", 10e6), ("$10-12 million", 10e6), ("3 or 4 percent", 3)],
)
def test_the_first_of_two_numbers_can_mean_the_scale_of_the_second(text: str, value: float) -> None:
    """`$10-12 million` names ten million dollars."""
    first, _ = find_quantities(text)
    assert value in {reading.value for reading in first.readings}


@pytest.mark.parametrize("text", ["one", "first", "half", "a year", "twice", "a hundred", "一", "hai", "1. Text"])
def test_what_is_often_no_figure_is_weak(text: str) -> None:
    """`One of them` is not marked because the page has no 1."""
    assert all(quantity.weak for quantity in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("two inquiries", True), ("three inquiries", True), ("2 inquiries", False), ("seven inquiries", True),
        ("thirty inquiries", False),
        ("two months", False),
    ],
)  # fmt: skip
def test_a_small_number_in_words_may_count_what_is_named(text: str, counts: bool) -> None:
    """`Two inquiries` can be said of a page that names both and counts nothing."""
    assert only(text).counts == counts


@pytest.mark.parametrize("text", ["an inquiry", "a plan", "a few", "A law"])
def test_an_article_is_no_number(text: str) -> None:
    """A page that says `an inquiry` gives no zero and no one."""
    assert find_quantities(text) == []


def test_an_article_before_a_number_is_not_part_of_it() -> None:
    """The mark names `two-day`, not `a two-day`."""
    assert only("a two-day trip").text == "two-day"


@pytest.mark.parametrize("text", ["nineteen eighty-four things", "no figure", "they came", ""])
def test_words_that_make_no_number_are_none(text: str) -> None:
    """Nothing is looked for that was not said."""
    assert all(quantity.readings[0].value in {80, 84, 4, 19} for quantity in find_quantities(text) if quantity.readings)


def test_a_number_beyond_any_meaning_is_compared_as_it_is_written() -> None:
    """Thousands of digits, hundreds of number words and Han digits give finite values or a code, and no error."""
    for text in ("9" * 5_000, "1," * 500, "one hundred " * 400, "亿" * 400, "9" * 400 + "½", "٣" * 100):
        for quantity in find_quantities(text):
            assert all(math.isfinite(reading.value) for reading in quantity.readings)
    assert [quantity.kind for quantity in find_quantities("9" * 5_000)] == ["code"]
