"""When an article was published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.source.dates import Evidence, choose_date, find_date_in_address, parse_stamp

TODAY = date(2023, 8, 1)
DAY = date(2023, 7, 18)


@pytest.mark.parametrize(
    ("text", "floating"),
    [
        ("2023-07-18", False),
        ("2023-07-18T23:59:59-05:00", False),
        ("2023-07-18T01:02:03+0900", False),
        ("2023-07-18T01:02:03.123Z", True),
        ("2023-07-18T01:02+00:00", True),
        ("2023-07-18 01:02:03", True),
        ("2023-07-18 01:02:03 UTC", True),
        ("2023/7/18", False),
        ("2023.07.18", False),
        ("20230718", False),
        ("Tue, 18 Jul 2023 10:00:00 GMT", False),
        ("July 18, 2023, 07:47 PM EST", False),
        ("Published Tue, Jul 18 20234:29 AM EST", False),
        ("18th of July 2023", False),
        ("18. July 2023", False),
        ("Posted: Jul. 18th, 2023", False),
        ("07/18/2023", False),
        ("18.07.2023 09:00", False),
        ("2023年7月18日", False),
        ("2023년 7월 18일", False),
        ("Thứ ba, ngày 18 tháng 7 năm 2023", False),
        ("1689638400", True),
        ("1689638400000", True),
    ],
)
def test_dates_are_read_as_sites_write_them(text: str, floating: bool) -> None:
    """The day is the writer's; a time in UTC or in no zone is marked, because the reader's day may be another."""
    assert parse_stamp(text) == (DAY, floating)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Dienstag, 5. März 2024 um 10:30 Uhr"),
        ("de", "05.03.2024, 10:30"),
        ("de", "Stand: 5.3.2024"),
        ("de", "05.03.24, 10:30 Uhr"),
        ("fr", "Publié le mardi 5 mars 2024 à 18h30"),
        ("fr", "05/03/2024 à 18:30"),
        ("fr", "le 5 mars 2024, mis à jour le 7 mars 2024"),
        ("es", "martes, 5 de marzo de 2024"),
        ("es", "Actualizado: 7 mar 2024 · Publicado: 5 mar 2024"),
        ("pt-BR", "5 de março de 2024"),
        ("pt", "Atualizado em 07/03/2024. Publicado em 05/03/2024"),
        ("it", "martedì 5 marzo 2024, ore 10.30"),
        ("nl", "dinsdag 5 maart 2024 om 10:30"),
        ("nl", "Laatst bijgewerkt: 7 maart 2024 | 05-03-2024"),
        ("vi", "Thứ ba, ngày 5 tháng 3 năm 2024"),
        ("vi", "Thứ ba, 5/3/2024, 10:30 (GMT+7)"),
        ("ru", "Вторник, 5 марта 2024 г., 10:30"),
        ("ru", "Обновлено: 07.03.2024, опубликовано: 05.03.2024"),
        ("ar", "الثلاثاء ٥ مارس ٢٠٢٤"),
        ("ar", "٠٥/٠٣/٢٠٢٤"),
        ("ar", "5 آذار/مارس 2024"),
        ("ja", "2024年3月5日 10時30分"),
        ("ja", "令和6年3月5日"),
        ("ja", "2024年3月7日更新 2024年3月5日公開"),
        ("zh", "发布时间：2024/03/05"),
        ("zh", "2024年03月05日10:30 来源：新社"),
        ("ko", "입력 2024. 3. 5. 오전 10:30"),
        ("ko", "등록 2024년 3월 5일 수정 2024년 3월 7일"),
        ("pl", "5 marca 2024"),
        ("cs", "5. března 2024"),
        ("sv", "den 5 mars 2024"),
        ("fi", "5. maaliskuuta 2024"),
        ("hu", "2024. március 5."),
        ("tr", "5 Mart 2024 Salı"),
        ("uk", "5 березня 2024 р."),
        ("th", "๕ มีนาคม ๒๕๖๗"),
        ("en-GB", "05/03/2024"),
        ("en-US", "03/05/2024"),
        ("en", "Updated Mar. 7, 2024 9:00 am ET | First published Mar. 5, 2024"),
        ("en", "Published 5 March 2024, last updated 7 March 2024"),
        ("xx-YY", "5 March 2024"),
    ],
)
def test_dates_in_the_words_and_the_order_of_a_language(locale: str, text: str) -> None:
    """A dateline is read as its readers read it, and an article is dated by its publication."""
    assert parse_stamp(text, locale) == (date(2024, 3, 5), False)


@pytest.mark.parametrize(
    "text", ["", "an hour ago", "07/08/2023", "2023-02-30", "July 2023", "99/99/2023", "May", "12345"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    """An ambiguous or impossible date is no date rather than a wrong one."""
    assert parse_stamp(text) is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2023/07/18/slug", DAY),
        ("/news/2023-07-18-slug", DAY),
        ("/2023/jul/18/slug", DAY),
        ("/story-20230718.html", DAY),
        ("/2023/7/18", DAY),
        ("/2023/07/slug", None),
        ("/2023/13/41/slug", None),
        ("/articles/11574168580", None),
        ("/a?date=2023/07/18", None),
    ],
)
def test_dates_in_addresses(path: str, day: date | None) -> None:
    """An address that names a day is believed; numbers that are none are not."""
    assert find_date_in_address(f"https://news.example{path}") == day


@pytest.mark.parametrize(
    ("evidence", "day", "origin"),
    [
        (Evidence([("json-ld", "2023-07-18T12:00:00Z")]), DAY, "json-ld"),
        (
            Evidence([("json-ld", "2023-07-19T04:58:46Z")], url="https://e.example/2023/07/18/a"),
            DAY,
            "json-ld, day by address",
        ),
        (
            Evidence([("meta", "2023-07-19T01:53:14.418")], url="https://e.example/2023-07-18/a"),
            DAY,
            "meta, day by address",
        ),
        (Evidence([("json-ld", "2023-07-17T20:00:00+00:00")], ["2023-07-18"]), DAY, "json-ld, day by shown"),
        (Evidence([("json-ld", "2023-07-19T04:50:22Z")], ["July 18, 2023"]), DAY, "json-ld, day by shown"),
        (Evidence([("json-ld", "2023-07-18T00:30:00+08:00")], url="https://e.example/2023/07/17/a"), DAY, "json-ld"),
        (Evidence([("json-ld", "2023-07-18T04:00:00Z")], ["2023-07-19T04:00:00Z"]), DAY, "json-ld"),
        (Evidence([("json-ld", "0001-01-01"), ("meta", "2023-07-18")]), DAY, "meta"),
        (Evidence([("json-ld", "1970-01-01T00:00:00Z"), ("meta", "soon")], ["2023-07-18"]), DAY, "shown"),
        (Evidence([("json-ld", "2023-08-03")], url="https://e.example/2023/07/18/a"), DAY, "address"),
        (Evidence([("json-ld", "2023-08-02T01:00:00Z")]), date(2023, 8, 2), "json-ld"),
        (Evidence([], ["2023-07-19T01:00:00Z"], "https://e.example/2023/07/18/a"), DAY, "shown, day by address"),
        (Evidence([], ["yesterday"], "https://e.example/a"), None, "unknown"),
        (Evidence(), None, "unknown"),
    ],
)
def test_the_date_of_publication(evidence: Evidence, day: date | None, origin: str) -> None:
    """An evening in New York is not dated the next morning, placeholders are passed over, and the origin is kept."""
    assert choose_date(evidence, TODAY)[:2] == (day, origin)


def test_a_contradicting_address_is_reported() -> None:
    """A page that was published again years later shows two dates, and the reviewer hears of both."""
    found = choose_date(Evidence([("json-ld", "2023-07-18")], url="https://e.example/2019/11/18/a"), TODAY)
    assert (found.day, found.contradicted_by) == (DAY, date(2019, 11, 18))


@given(st.text(max_size=40))
def test_no_text_stops_the_reader_of_dates(text: str) -> None:
    """Whatever stands where a date should be, the answer is a date or nothing."""
    parse_stamp(text)
    find_date_in_address(f"https://e.example/{text}")


@given(
    st.dates(date(1995, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%Y/%m/%d", "%Y年%m月%d日"]),
)
def test_every_day_survives_its_forms(day: date, form: str) -> None:
    """A date is the same in every form that sites use."""
    stamp = parse_stamp(day.strftime(form))
    assert stamp is not None
    assert stamp.day == day
