"""Dates are compared part by part, and what a page leaves open is filled in from the day it was published."""

from datetime import date

import pytest

from enrich.check.facts.date_mention import MONTH_OF
from enrich.check.facts.dates import DateBook, DateMention, find_dates

PUBLISHED = date(2023, 7, 19)
"""A Wednesday."""


def parts(mention: DateMention) -> tuple[int | None, int | None, int | None]:
    """Year, month and day."""
    return mention.year, mention.month, mention.day


def gives(source: str, sentence: str, published: date | None = PUBLISHED) -> bool:
    """Whether ``source`` gives every date of ``sentence``."""
    book = DateBook(source, published)
    said = find_dates(sentence, published)
    assert said, "the sentence has no date"
    places = {mention.span: False for mention in said}
    for mention in said:
        places[mention.span] = places[mention.span] or bool(book.where(mention))
    return all(places.values())


@pytest.mark.parametrize(
    "text",
    [
        "July 18, 2023", "18 July 2023", "18th of July 2023", "July 18th, 2023", "2023-07-18", "2023/07/18",
        "18. Juli 2023", "18.7.2023", "18.07.2023", "ngày 18 tháng 7 năm 2023", "ngày 18 tháng 7, 2023",
        "18-07-2023", "2023年7月18日", "2023 年 7 月 18 日", "二〇二三年七月十八日", "二零二三年七月十八日",
    ],
)  # fmt: skip
def test_a_full_date_is_one_date_in_every_spelling(text: str) -> None:
    """A page in German or Chinese gives the date that an English note says."""
    (mention,) = find_dates(text)
    assert parts(mention) == (2023, 7, 18)
    assert mention.span.of(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in May", (None, 5, None)), ("this past May", (None, 5, None)), ("each May", (None, 5, None)),
        ("March and May", (None, 3, None)), ("the May meeting", (None, 5, None)), ("before May", (None, 5, None)),
        ("on 14/9", (None, 9, 14)), ("since 9/14", (None, 9, 14)), ("until 3/31", (None, 3, 31)),
        ("im Mai", (None, 5, None)), ("September", (None, 9, None)),
        ("Sept. 5", (None, 9, 5)), ("May 2023", (2023, 5, None)), ("tháng 9/2023", (2023, 9, None)),
        ("tháng 9", (None, 9, None)), ("ngày 2/9", (None, 9, 2)), ("năm 2023", (2023, None, None)),
        ("in 1998", (1998, None, None)), ("the 1990s", (1990, None, None)), ("the '90s", (1990, None, None)),
        ("the nineties", (1990, None, None)), ("12月", (None, 12, None)), ("十二月", (None, 12, None)),
        ("七月三十一日", (None, 7, 31)), ("二十月", (None, None, None)), ("3月5日", (None, 3, 5)),
    ],
)  # fmt: skip
def test_a_part_of_a_date_is_read_as_far_as_it_goes(text: str, expected: tuple[int | None, ...]) -> None:
    """`In May` says a month and nothing else."""
    found = find_dates(text)
    assert (parts(found[0]) if found else (None, None, None)) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("April 24th and 25th", [24, 25]), ("April 24-26", [24, 26]), ("April 24 to 26, 2023", [24, 26]),
        ("24 and 25 April", [24, 25]), ("24. und 25. April", [24, 25]),
    ],
)  # fmt: skip
def test_two_days_of_one_month_are_two_dates(text: str, days: list[int]) -> None:
    """`The 25th` is given by a page that says April 24th and 25th."""
    assert sorted(mention.day or 0 for mention in find_dates(text)) == days
    assert {mention.month for mention in find_dates(text)} == {4}


def test_a_date_in_figures_may_be_read_day_first_or_month_first() -> None:
    """`3/4/2023` agrees with April 3 and with March 4; `18/7/2023` can only be July."""
    assert {parts(mention) for mention in find_dates("3/4/2023")} == {(2023, 4, 3), (2023, 3, 4)}
    assert {parts(mention) for mention in find_dates("18/7/2023")} == {(2023, 7, 18)}


@pytest.mark.parametrize(
    "text",
    [
        "$2023",
        "2023 MB/s is 2,023",
        "version 3.2023.1",
        "may",
        "It may rain",
        "sunny 1:2024",
        "",
        "open 24/7",
        "3/4 of it",
        "a score of 14/9",
        "from 1/2 to 3/4",
        "cut by 1/3",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """A price or `may` is no date, so that no sentence is marked for it."""
    assert [mention.text for mention in find_dates(text) if mention.text != "2023"] == []


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("It opened yesterday.", "It opened on July 18, 2023."),
        ("It opened on Tuesday.", "It opened on July 18."),
        ("It opened last Tuesday.", "It opened on July 11."),
        ("It opened on July 18.", "It opened on Tuesday."),
        ("It opened on July 18.", "It opened on July 18, 2023."),
        ("It opened last month.", "It opened in June 2023."),
        ("It opened last year.", "It opened in 2022."),
        ("It opened last week.", "It opened on July 10."),
        ("It opened three days ago.", "It opened on July 16, 2023."),
        ("It opened a week ago.", "It opened on July 12."),
        ("It opened two months ago.", "It opened in May."),
        ("It opened three years ago.", "It opened in 2020."),
        ("It opens next month.", "It opens in August 2023."),
        ("In December it will open.", "It opens in December 2023."),
        ("Er öffnete gestern.", "It opened on July 18."),
        ("Er öffnete vor drei Tagen.", "It opened on July 16."),
        ("Er öffnete letzte Woche.", "It opened on July 12."),
        ("Nó mở cửa hôm qua.", "It opened on July 18."),
        ("Nó mở cửa ba ngày trước.", "It opened on July 16."),
        ("Nó mở cửa tháng trước.", "It opened in June."),
        ("它昨天开业。", "It opened on July 18."),
        ("它三天前开业。", "It opened on July 16."),
        ("它去年开业。", "It opened in 2022."),
        ("Nothing is said.", "It was written on July 19, 2023."),
    ],
)
def test_the_day_of_publication_tells_what_a_page_means(source: str, sentence: str) -> None:
    """A note may say `July 18, 2023` where the page says `yesterday`."""
    assert gives(source, sentence)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("The old boat stopped last autumn.", "It stopped in the autumn of 2022."),
        ("It opened in October 2022.", "It opened last autumn."),
        ("It opened last May.", "It opened in May 2023."),
        ("It opened last August.", "It opened in August 2022."),
        ("It opened in June.", "It opened last month."),
        ("It was founded in 2015.", "It was founded eight years ago."),
        ("On Wednesday the ruling came; he spoke the day before.", "He spoke on Tuesday."),
        ("Sales rose by a third from a year earlier.", "Sales were lower in 2022."),
        ("It runs till December 2022.", "It ran into the winter of 2023."),
        ("A decision is due in the spring.", "A decision comes next spring."),
        ("Die Brücke öffnet im Herbst.", "It opens in the autumn."),
    ],
)
def test_dates_in_words_are_compared_by_what_they_mean(source: str, sentence: str) -> None:
    """Seasons, and what is counted from the publication or another date, agree with the days that they mean."""
    assert gives(source, sentence)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("The old boat stopped last autumn.", "It stopped last spring."),
        ("It opened in October 2022.", "It opened in the autumn of 2021."),
        ("It opened last May.", "It opened in May 2022."),
        ("It opened in June.", "It opened in the winter."),
        ("It was founded in 2015.", "It was founded three years ago."),
        ("The ruling came on Wednesday.", "He spoke on Tuesday."),
    ],
)
def test_another_date_in_words_is_not_given(source: str, sentence: str) -> None:
    """A wrong season or year is found, however it is said."""
    assert not gives(source, sentence)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("It opened yesterday.", "It opened on July 17."),
        ("It opened on Tuesday.", "It opened on July 15."),
        ("It opened on July 18.", "It opened on Monday."),
        ("It opened on July 18, 2022.", "It opened on July 18, 2021."),
        ("It opened last year.", "It opened in 2021."),
        ("It opened three days ago.", "It opened on July 13."),
        ("It opened a few days ago.", "It opened on July 13."),
        ("It opened in May.", "It opened in June."),
        ("It opened in 1998.", "It opened in 1999."),
    ],
)
def test_another_day_is_not_given(source: str, sentence: str) -> None:
    """A wrong date is found, also where only the day of publication shows that it is wrong."""
    assert not gives(source, sentence)


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    """`Yesterday` in a text without a date means no day."""
    assert find_dates("It opened yesterday, three days ago and last year.") == []
    assert not gives("It opened yesterday.", "It opened on July 18.", published=None)


@pytest.mark.parametrize("name", sorted(MONTH_OF))
def test_every_name_of_a_month_is_read(name: str) -> None:
    """The pattern of months and their table say the same."""
    assert [mention.month for mention in find_dates(f"{name.capitalize()} 2023")] == [MONTH_OF[name]]


def test_an_impossible_day_breaks_nothing() -> None:
    """A page with `February 31` is checked like any other."""
    assert gives("It opened on February 31, 2023.", "It opened on February 31, 2023.")


@pytest.mark.parametrize(
    "text", ["a trillion days ago", "one million weeks ago", "20٣٣ 年", "999 weeks ago", "vor 999 Tagen"]
)
@pytest.mark.parametrize("published", [date(1, 1, 1), date(2023, 7, 18), date(9999, 12, 31)])
def test_days_beyond_the_calendar_are_no_dates(text: str, published: date) -> None:
    """What lies beyond the calendar, or is no number of days, gives no day and no error."""
    mentions = find_dates(f"{text} yesterday on Tuesday", published)
    assert all(mention.year is None or -1_000 < mention.year < 10_000 for mention in mentions)
    DateBook(f"{text} yesterday on Tuesday", published).where(mentions[-1])


def test_a_week_has_seven_days() -> None:
    """`Last week` is no evidence for a day of the week before."""
    days = {(mention.month, mention.day) for mention in find_dates("It opened last week.", date(2023, 7, 18))}
    assert days == {(7, day) for day in range(10, 17)}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("founded in '05", [2005]),
        ("the class of ’98", [1998]),
        ("'20 ships were lost,' she said", []),
        ("a row of '50s'", []),
    ],
)
def test_two_digits_are_a_year_where_one_is_told(text: str, years: list[int]) -> None:
    """A number that opens a quotation is no year, or the twenty ships would be sought in 1920."""
    assert [mention.year for mention in find_dates(text) if not mention.decade] == years
