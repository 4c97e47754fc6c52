"""Other ways to write the same thing: `Q2` and `second quarter`, `YoY` and `year over year`, `COVID-19` and `Covid`.

Names of countries and their people are in `names`; what stands here has several words, digits or both. A short form
is known when the source has another form of its group, and the other way round.
"""

from collections.abc import Iterator
from functools import cache, cached_property

from enrich.check.facts.stems import bare
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.words import Word, split_words

_TABLE = """
q1 | 1q | first quarter | first three months | 1st quarter | quarter one | erstes quartal | ersten quartal
q1 | quý 1 | quý i | quý một | 第一季度 | 一季度
q2 | 2q | second quarter | 2nd quarter | quarter two | zweites quartal | zweiten quartal
q2 | quý 2 | quý ii | quý hai | 第二季度 | 二季度
q3 | 3q | third quarter | 3rd quarter | quarter three | drittes quartal | dritten quartal
q3 | quý 3 | quý iii | quý ba | 第三季度 | 三季度
q4 | last three months | final three months
q4 | 4q | fourth quarter | 4th quarter | quarter four | final quarter | viertes quartal | vierten quartal
q4 | quý 4 | quý iv | quý tư | 第四季度 | 四季度
h1 | 1h | first half | first six months | erstes halbjahr | ersten halbjahr | 上半年
h2 | 2h | second half | last six months | final six months | zweites halbjahr | zweiten halbjahr | 下半年
yoy | y/y | year over year | year on year | a year earlier | a year ago | year ago | last year | previous year
yoy | prior year | 同比
qoq | q/q | quarter over quarter | quarter on quarter | last quarter | previous quarter | prior quarter | sequentially
qoq | 环比
mom | m/m | month over month | month on month | previous month | last month
ytd | year to date
twitter | tweet | tweets | tweeted
et | est | edt | eastern | eastern time | eastern standard time | eastern daylight time
ct | cst | cdt | central | central time | central standard time | central daylight time
pt | pst | pdt | pacific | pacific time | pacific standard time | pacific daylight time
covid 19 | covid19 | covid | coronavirus | sars cov 2 | 新冠
g7 | group of seven
g20 | group of 20 | group of twenty
wwi | ww1 | world war i | world war one | first world war
wwii | ww2 | world war ii | world war two | second world war
new year | turn of the year | start of the year | beginning of the year
9/11 | september 11 | sept 11
24/7 | around the clock | round the clock
ceo | chief executive | chief executive officer | executive officer | executive
cfo | chief financial officer | financial officer | finance chief
cto | chief technology officer | technology officer
coo | chief operating officer | operating officer
vp | vice president
ipo | initial public offering
eps | earnings per share
ebitda | earnings before interest, taxes, depreciation and amortization
r&d | research and development
m&a | mergers and acquisitions
gdp | gross domestic product
ev | electric vehicle
evs | electric vehicles
llm | large language model
llms | large language models
ml | machine learning
agi | artificial general intelligence
gpu | graphics processing unit
gpus | graphics processing units
cpu | central processing unit
api | application programming interface
vr | virtual reality
ar | augmented reality
ip | intellectual property
kpi | key performance indicator
hr | human resources
pr | public relations
saas | software as a service
b2b | business to business
b2c | business to consumer
dna | deoxyribonucleic acid
"""
"""A group a line; a group that goes on has its first form again."""
_FIRST_HAN = "\u4e00"
_FISCAL_YEAR = lazy_pattern(r"\b(?:fy ?(?:20)?(\d\d)|fiscal (?:year )?20(\d\d)|20(\d\d) fiscal year)\b")


def _spoken(form: str) -> str:
    """The words of a form as they are compared: in lower case, without accents and signs, single spaces between."""
    if form[0] >= _FIRST_HAN:
        return " ".join(form)
    return " ".join(bare(word.text) for word in split_words(form))


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Form -> all forms of its group."""
    members: dict[str, set[str]] = {}
    for line in _TABLE.strip().splitlines():
        forms = [_spoken(form) for form in line.split(" | ")]
        members.setdefault(forms[0], set()).update(forms)
    return {form: frozenset(group) for group in members.values() for form in group}


class Equivalents:
    """What a source says in other words than a sentence, as far as the table goes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, Span | None] = {}

    def said(self, text: str) -> dict[Span, Span]:
        """Where `text` has a form of the table → where the source has this or another form of its group."""
        words = split_words(text)
        plain = [bare(word.text) for word in words]
        heard = f" {' '.join(plain)} "
        found: dict[Span, Span] = {}
        for form in dict.fromkeys([*(form for form in _groups() if f" {form} " in heard), *_fiscal_years(heard)]):
            at = heard.find(f" {form} ")
            place = self.find(form)
            if place is not None:
                first = heard.count(" ", 0, at)
                found[Span(words[first].start, words[first + form.count(" ")].end)] = place
        return found

    def find(self, form: str) -> Span | None:
        """Where the source has `form`, given as `spoken`, or another one of its group."""
        if form not in self._found:
            self._found[form] = next(filter(None, map(self._place, _forms(form))), None)
        return self._found[form]

    def _place(self, form: str) -> Span | None:
        at = self._spoken.find(f" {form} ")
        if at < 0:
            return None
        first = self._spoken.count(" ", 0, at)
        return Span(self._words[first].start, self._words[first + form.count(" ")].end)

    @cached_property
    def _words(self) -> list[Word]:
        return split_words(self._text)

    @cached_property
    def _spoken(self) -> str:
        """Made when it is asked for the first time: most sentences never do."""
        return f" {' '.join(bare(word.text) for word in self._words)} "


def _forms(form: str) -> Iterator[str]:
    """The group of a form; of a fiscal year the ways to write it."""
    yield from sorted(_groups().get(form, ()))
    if fiscal := _FISCAL_YEAR.fullmatch(form):
        year = next(filter(None, fiscal.groups()))
        yield from (f"fy{year}", f"fy20{year}", f"fy {year}", f"fy 20{year}", f"fiscal 20{year}")
        yield from (f"fiscal year 20{year}", f"20{year} fiscal year")


def _fiscal_years(heard: str) -> Iterator[str]:
    return (match.group() for match in _FISCAL_YEAR.finditer(heard))
