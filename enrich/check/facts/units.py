"""Units of measure: what a word after a number means, and what it converts to."""

import re

from enrich.text.pattern import lazy_pattern

_TABLE = """
percent: % ％ percent pct prozent 个百分点 百分点
dollar: $ us$ usd dollar dollars đô 美元
euro: € eur euro euros 欧元
pound: £ gbp sterling 英镑
yen: jpy yen 日元
yuan: cny rmb yuan 元 人民币
rupee: ₹ inr rupee rupees
won: ₩ krw won
dong: ₫ vnd đồng
dollar: aud cad nzd sgd hkd
krone: krone kroner dkk nok
krona: krona kronor sek
franc: franc francs chf
zloty: zloty zlotys złoty pln
ruble: ruble rubles rouble roubles rub
peso: peso pesos mxn
rand: rand zar
shekel: shekel shekels ils
baht: baht thb
cent: cent cents ¢
penny: p penny pence
second: second seconds sec secs s sekunde sekunden giây 秒
minute: minute minutes min mins minuten phút 分钟
hour: hour hours hr hrs h stunde stunden giờ 小时
day: day days tag tage tagen ngày 天
fortnight: fortnight fortnights
week: week weeks woche wochen tuần 周
month: month months monat monate monaten tháng 个月
year: year years yr yrs jahr jahre jahren năm 年
year: decade decades jahrzehnt jahrzehnte
year: century centuries jahrhundert jahrhunderte
byte: byte bytes kb mb gb tb pb gib mib tib kilobyte kilobytes megabyte megabytes gigabyte gigabytes
byte: terabyte terabytes petabyte petabytes
hertz: hz khz mhz ghz hertz kilohertz megahertz gigahertz
kilometre: km kilometer kilometers kilometre kilometres
metre: m meter meters metre metres
centimetre: cm centimeter centimeters centimetre centimetres
millimetre: mm millimeter millimeters millimetre millimetres
nanometre: nm nanometer nanometers
mile: mile miles mi meile meilen dặm
yard: yard yards yd yds
foot: foot feet ft
inch: inch inches in. zoll
acre: acre acres
hectare: hectare hectares ha hektar
square-kilometre: km² km2
square-metre: m² m2 sqm
square-foot: sqft
kilogram: kg kilogram kilograms kilo kilos
gram: gram grams g
pound-weight: lb lbs
stone: stone stones
pounds: pound pounds
times: times x × fold
ton: ton tons tonne tonnes
degree: ° degree degrees grad độ
celsius: °c c celsius
fahrenheit: °f f fahrenheit
kelvin: kelvin kelvins
watt: watt watts w kw mw gw tw wp kwp mwp gwp
watt: kilowatt kilowatts megawatt megawatts gigawatt gigawatts terawatt terawatts
watt-hour: wh kwh mwh gwh twh
mph: mph
knot: knot knots kn kt kts
kph: kph km/h
psi: psi
litre: l liter liters litre litres ml cl
gallon: gallon gallons gal
ounce: oz ounce ounces
calorie: calorie calories kcal
volt: v volt volts kv
frame: fps
pixel: px pixel pixels megapixel megapixels mp
"""
_FACTORS = {
    "decade": 10.0, "decades": 10.0, "jahrzehnt": 10.0, "jahrzehnte": 10.0,
    "century": 100.0, "centuries": 100.0, "jahrhundert": 100.0, "jahrhunderte": 100.0,
    "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "mib": 1e6, "gib": 1e9, "tib": 1e12,
    "khz": 1e3, "mhz": 1e6, "ghz": 1e9, "kw": 1e3, "mw": 1e6, "gw": 1e9, "tw": 1e12,
    "kwp": 1e3, "mwp": 1e6, "gwp": 1e9,
    "ml": 1e-3, "cl": 1e-2, "kwh": 1e3, "mwh": 1e6, "gwh": 1e9, "twh": 1e12,
}  # fmt: skip
_PREFIXES = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15}
_BASE = {
    "minute": ("second", 60.0), "hour": ("second", 3600.0), "day": ("second", 86400.0), "week": ("second", 604800.0),
    "fortnight": ("second", 1209600.0),
    "year": ("month", 12.0), "kilometre": ("metre", 1e3), "centimetre": ("metre", 1e-2),
    "millimetre": ("metre", 1e-3), "kilogram": ("gram", 1e3), "ton": ("gram", 1e6),
    "yard": ("foot", 3.0), "foot": ("inch", 12.0), "stone": ("pound-weight", 14.0),
    "cent": ("dollar", 1e-2), "penny": ("pound", 1e-2),
}  # fmt: skip
TEMPERATURES = frozenset(("celsius", "fahrenheit", "kelvin"))
MULTIPLE = "times"
"""The unit of `three times as much`."""
ROUGH = "about a "
"""Before a unit into which another system's, or a month, is converted: writers round when they convert."""
_CONVERTED = {
    "mile": ("metre", 1609.344), "yard": ("metre", 0.9144), "foot": ("metre", 0.3048), "inch": ("metre", 0.0254),
    "stone": ("gram", 6350.3), "pound-weight": ("gram", 453.6), "ounce": ("gram", 28.35), "acre": ("hectare", 0.4047),
    "square-kilometre": ("hectare", 100.0), "square-mile": ("hectare", 259.0), "square-metre": ("hectare", 1e-4),
    "square-foot": ("hectare", 9.29e-6), "square-yard": ("hectare", 8.361e-5),
    "gallon": ("litre", 3.785), "mph": ("kph", 1.609344), "knot": ("kph", 1.852), "month": ("second", 2_629_800.0),
    "year": ("second", 31_557_600.0),
}  # fmt: skip


def _read_table() -> dict[str, tuple[str, float]]:
    units = {}
    for line in _TABLE.strip().splitlines():
        name, _, words = line.partition(": ")
        for word in words.split():
            units[word] = (name, _FACTORS.get(word) or _spelled_factor(name, word))
    return units


def _spelled_factor(unit: str, word: str) -> float:
    """What `giga` makes of `gigawatts`; a kilogram and a kilometre are units of their own."""
    return next((factor for prefix, factor in _PREFIXES.items() if word.startswith(f"{prefix}{unit}")), 1.0)


UNITS = _read_table()
"""Word in lower case -> (unit, factor): `gb` -> (`byte`, 1e9)."""

CURRENCY_CODES = (
    "USD", "EUR", "GBP", "CNY", "RMB", "JPY", "VND", "INR", "AUD", "CAD", "NZD", "SGD", "HKD", "DKK", "NOK", "SEK",
    "CHF", "PLN", "RUB", "MXN", "ZAR", "ILS", "THB",
)  # fmt: skip
CURRENCIES = frozenset(
    {
        "dollar",
        "euro",
        "pound",
        "yen",
        "yuan",
        "rupee",
        "won",
        "dong",
        "krone",
        "krona",
        "franc",
        "zloty",
        "ruble",
        "peso",
        "rand",
        "shekel",
        "baht",
    }
)
CURRENCY_SIGN = rf"(?:(?:US|AU|A|CA|C|HK|NT|NZ|S|R)?\$|[€£¥₹₩₫]|{'|'.join(CURRENCY_CODES)})\s?"
_SIGNS = {"¥": ("yuan", "yen"), "€": ("euro",), "£": ("pound",), "₹": ("rupee",), "₩": ("won",), "₫": ("dong",)}
_FIRST_HAN = "\u4e00"
_HAN_UNITS = sorted((word for word in UNITS if word[0] >= _FIRST_HAN), key=len, reverse=True)
_AFTER = lazy_pattern(
    rf"[\s-]?(?P<sign>[%％¢]|°[CF]?|[€$£₫]|(?<=\d)[CFp](?![^\W_-]))|(?P<han>{'|'.join(_HAN_UNITS)})"
    r"|[\s-]?(?:(?:US|U\.S\.|metric|(?P<square>square|sq\.?))\s)?(?P<word>[^\W\d_]{1,30})"
)
_SPELLED_PERCENT = lazy_pattern(
    r"[\s-]?(?:per\s?cents?|phần\s+trăm|percentage\s+points?|(?P<hundredth>bps?|basis\s+points?))(?![^\W\d_])",
    re.IGNORECASE,
)


_HOURS = lazy_pattern(r"[\s-]hours?(?![^\W\d_])", re.IGNORECASE)
"""Behind watts, of which so many are used in an hour: `kilowatt-hours`."""
_SPEEDS = {"kilometre": "kph", "mile": "mph"}
_AN_HOUR = lazy_pattern(r"\s(?:an|per)\shour\b|/h\b", re.IGNORECASE)
_MULTIPLIES = lazy_pattern(
    r"\s(?:as|what|more|less|than|the|its|his|her|their|that|this|those|(?!after|never|under)[a-z]{3,12}er)\b",
    re.IGNORECASE,
)
"""Behind the `times` of `three times as much`; those of `he won three times` are a count like any other."""

_SCALE = lazy_pattern(r"\s?(?:(?P<celsius>celsius|c)|(?P<fahrenheit>fahrenheit|f))(?![^\W_])", re.IGNORECASE)
"""Behind degrees."""
EITHER = {"pounds": ("pound", "pound-weight"), "degree": ("celsius", "fahrenheit", "degree")}
"""Words for two units."""


def units_of_sign(sign: str) -> tuple[str, ...]:
    """The currencies that a sign before the number can mean; every dollar is a dollar."""
    plain = sign.strip()
    return _SIGNS.get(plain) or (UNITS.get(plain.casefold(), ("dollar", 1.0))[0],)


def read_unit(text: str, position: int) -> tuple[str, float, int] | None:
    """(unit, factor, end) of the unit that starts at `position`, after at most one space or hyphen."""
    spelled = _SPELLED_PERCENT.match(text, position)
    if spelled:
        return "percent", 0.01 if spelled["hundredth"] else 1.0, spelled.end()
    match = _AFTER.match(text, position)
    if not match:
        return None
    if match["word"] == "in" and match.start("word") == position:  # `5in`, and not the five in a row
        return "inch", 1.0, match.end()
    unit = _unit_of(text, match)
    if unit is None:
        return None
    if match["square"]:
        return f"square-{unit[0]}", 1.0, match.end()
    return _with_second_word(text, *unit, match.end())


def _unit_of(text: str, match: re.Match[str]) -> tuple[str, float] | None:
    """The unit and factor of the word behind a number; one capital letter is none: 5G is no weight, 75C is warm."""
    word, sign = match["sign"] or match["han"] or match["word"], match["sign"]
    if not sign and (word in ("c", "f", "p") or (len(word) == 1 and word.isupper())):
        return None
    if word == MULTIPLE and not _MULTIPLIES.match(text, match.end()):
        return None
    return UNITS.get(word.casefold())


def _with_second_word(text: str, unit: str, factor: float, end: int) -> tuple[str, float, int]:
    """The unit with what a second word makes of it: `kilowatt hours`, `degrees Celsius`."""
    if unit == "watt" and (hours := _HOURS.match(text, end)):
        return "watt-hour", factor, hours.end()
    if unit == "degree" and (scale := _SCALE.match(text, end)):
        return scale.lastgroup or "", 1.0, scale.end()
    if unit in _SPEEDS and (an_hour := _AN_HOUR.match(text, end)):
        return _SPEEDS[unit], factor, an_hour.end()
    return unit, factor, end


def in_base(value: float, unit: str) -> tuple[float, str] | None:
    """The same quantity in a smaller unit (`1 year` is `12 month`), None where the unit is not converted."""
    base = _BASE.get(unit)
    return (value * base[1], base[0]) if base else None


def in_other_degrees(value: float, unit: str) -> tuple[float, str] | None:
    """A temperature in whole degrees of the other scale, as writers convert it; a minus is no part of a number."""
    if unit not in TEMPERATURES:
        return None
    if unit == "fahrenheit":
        return round((value - 32) / 1.8), "celsius"
    return (round(1.8 * value + 32), "fahrenheit") if unit == "celsius" else (abs(round(value - 273.15)), "celsius")


def in_metric(value: float, unit: str) -> tuple[float, str] | None:
    """The same quantity in a metric unit, marked as `ROUGH`; None where the unit is of no other system."""
    other = _CONVERTED.get(unit)
    return (value * other[1], ROUGH + other[0]) if other else None
