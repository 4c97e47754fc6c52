"""The house style: each rule with notes that keep it and notes that do not."""

import pytest
from msgspec.structs import replace

from enrich.check.style.lint import check_style, rules_of
from enrich.text.mark import mark
from tests.check.sample_note import NOTE, STEM, TECH_JOURNAL, check, damaged, rules

TREE_START = '<div class="linkage-tree">\n'
LAST_BULLET = "- City halls increasingly treat records as a utility rather than a product for sale.\n"
RISKS = """\
- Riders could be identified again where a stop has few passengers.
- Small vendors may depend on a feed that one budget vote can end.
- Hourly updates raise hosting costs that the city has not priced yet.
"""
TAKE = "Open records age well only when somebody is paid to answer the mail. The team of six is the real news here."
QUESTION = "Will other port towns follow before the first budget review of the archive in spring?"
SCENE = """\
The archive holds 1.2 billion rows from buses, ferries and bike docks, cut into daily files. A small team of six keeps \
it, and names of riders were removed before release."""
WEATHER = "[[weather service frees its radar archive]]."
LICENCE = "The licence allows commercial use."
TITLE_LINES = (f"title: {STEM}\n", f"\n# {STEM}\n")

BROKEN = [
    ("M1", "---\ntitle", "---js\ntitle", "a build would run the front matter as a program"),
    ("M1", "  - tech-journal\n---\n\n#", "  - tech-journal\n---\n#", "the title stands right under the front matter"),
    ("M2", "description: Harbor City released", "description: Harbor City: released", "an unquoted colon breaks YAML"),
    ("M2", "draft: true\n", "draft: true\ndraft: true\n", "a key twice stops the site build"),
    ("M2", "updated: 2023-07-18\n", "", "a key is missing"),
    ("M2", "note_id: 230718TJ04\n", "note_id: 230718TJ04\naliases: none\n", "a key is foreign"),
    ("M2", "created: 2023-07-18\nupdated: 2023-07-18", "updated: 2023-07-18\ncreated: 2023-07-18",
     "keys changed places"),
    ("M2", "cssclasses:\n  - tech-journal\n", "cssclasses: [tech-journal]\n", "a list is written in one line"),
    ("M2", "created: 2023-07-18\n", 'created: "2023-07-18"\n', "a date is text"),
    ("M2", f"title: {STEM}\n", "title: 2023\n", "a title is a number"),
    ("M3", f"\n# {STEM}\n", "\n# harbor city opens transit data to builders\n", "the heading differs"),
    ("M3", f"title: {STEM}\n", "title: harbor city opens transit data to builders\n", "the title differs"),
    ("M5", "  - tech-journal\n  - policy\n", "  - policy\n  - tech-journal\n", "the type is not the first tag"),
    ("M5", "  - 2023\n  - infra\n", "  - infra\n", "the year is missing"),
    ("M5", "  - infra\n", "  - infra\n  - ports\n", "there are six tags"),
    ("M5", "created: 2023-07-18\nupdated: 2023-07-18\nnote_id: 230718",
     "created: 2024-07-18\nupdated: 2024-07-18\nnote_id: 240718", "the tag is another year"),
    ("M5", "  - infra\n", "  - Infra\n", "a tag has a capital"),
    ("M5", "  - infra\n", "  - policy\n", "a tag stands there twice"),
    ("M6", "  - opendata\n", "", "a keyword is missing"),
    ("M6", "  - opendata\n", "  - open-data\n", "a keyword has a hyphen"),
    ("M6", "  - opendata\n", "  - city\n", "a keyword stands there twice"),
    ("M7", "under an open licence.\n", "under an open licence\n", "the full stop is missing"),
    ("M7", "description: Harbor", "description: harbor", "the description starts in lower case"),
    ("M7", "Harbor City released three years of transit data under an open licence.", "Data is out.", "too short"),
    ("M7", "data under an open licence.\n", "data. It is open.\n", "there are two sentences"),
    ("M7", "data under an open licence.\n", "data, see https://x.example now.\n", "there is a link"),
    ("M8", "updated: 2023-07-18", "updated: 2023-07-17", "it was updated before it was created"),
    ("M9", "230718TJ04", "230719TJ04", "the id has another day"),
    ("M9", "230718TJ04", "230718GN04", "the id has another type's code"),
    ("M9", "230718TJ04", "230718TJ4", "the number has one digit"),
    ("M10", "cssclasses:\n  - tech-journal\n", "cssclasses:\n  - wide\n", "the style sheet will not find the note"),
    ("M11", "*see also:* [[Latency Budget]] · [[Platform Risk]]\n\n", "", "the see-also line is missing"),
    ("M11", " · [[Platform Risk]]", "", "there is one see-also link"),
    ("M11", "[[Latency Budget]] · [[", "[[Latency Budget]] - [[", "the separator is a hyphen"),
    ("M12", LICENCE, "The licence allows it. All may use it.", "the lead has three sentences"),
    ("M12", LICENCE, LICENCE[:-1] + " and much else" * 5 + ".", "the lead is too long"),
    ("M12", f" {LICENCE}", f"\n\n{LICENCE}", "the lead has two paragraphs"),
    ("M13", "([Harbor Gazette](https://gazette.example/transit-data))", "in July", "nobody is cited"),
    ("M13", "[Harbor Gazette]", "[source]", "the label does not name the publisher"),
    ("M13", "[Harbor Gazette]", "[the gazette]", "the label is no name"),
    ("M13", "[Harbor Gazette]", "[Harbor City Opens Its Transit Data Today]", "the label is a headline"),
    ("M13", "fewer strings attached.", "[strings](https://x.example) attached.", "there is a second link out"),
    ("M13", "before release.", "before release, see https://x.example.", "there is a bare address"),
    ("M14", "## scene cut\nThe", "## scene cut\n\nThe", "a blank line follows a heading"),
    ("M14", "before release.\n\n## signal", "before release.\n## signal", "no blank line stands before a heading"),
    ("M14", "\n## risk surface\n" + RISKS, "", "a draft has lost a section"),
    ("M15", SCENE, "The archive holds 1.2 billion rows from buses.", "the scene is too short"),
    ("M15", SCENE, f"{SCENE} Hourly files follow in autumn. Nobody has seen them.", "the scene has four sentences"),
    ("M15", "from buses, ferries", "from buses (see [[bus data]]), ferries", "the scene cut has a wikilink"),
    ("M16", LAST_BULLET, LAST_BULLET[:-2] + "\n", "a bullet has no full stop"),
    ("M16", LAST_BULLET, LAST_BULLET.replace("City", "city"), "a bullet starts in lower case"),
    ("M16", LAST_BULLET, LAST_BULLET * 3, "there are five bullets"),
    ("M16", LAST_BULLET, LAST_BULLET.replace("- City", "City"), "a line is no bullet"),
    ("M16", "a utility rather than", "a utility. It is no longer", "a bullet has two sentences"),
    ("M16", LAST_BULLET, "- City halls treat records well.\n", "a bullet has five words"),
    ("M17", "- The release mirrors what rail operators tried in [[rail", "- [[rail", "a bullet starts with a link"),
    ("M18", RISKS, RISKS.partition("\n")[0] + "\n", "there is one risk"),
    ("M18", "has few passengers.", "has few passengers" + " and more" * 8 + ".", "a risk is too long"),
    ("M19", TREE_START, TREE_START.replace("<div ", "<div  "), "a space more in the tree"),
    ("M19", "        <li>#data</li>\n", "        <li>#other</li>\n", "the tree shows a tag that the note lacks"),
    ("M19", "        <li>#data</li>\n", "       <li>#data</li>\n", "a line of the tree is indented otherwise"),
    ("M20", QUESTION, "Will it? " + QUESTION, "there are two questions"),
    ("M20", QUESTION, "Will other towns follow?", "the question is too short"),
    ("M20", QUESTION, QUESTION[:-1] + ".", "the question is none"),
    ("M21", "\n\n#\n", "\n\n", "the trailing mark is missing"),
    ("M21", "\n\n#\n", "\n#\n", "no blank line stands before the trailing mark"),
    ("M22", "is the real news here.\n", "is the real news here. \n", "a line ends with a space"),
    ("M22", "\n\n## my take\n", "\n\n\n## my take\n", "there are two blank lines"),
    ("M22", "Riders could", "Riders\tcould", "there is a tab"),
    ("M22", "Riders could", "Rid\u00aders could", "there is a soft hyphen"),
    ("M22", "Riders could", "Riders\udcff could", "a byte is not UTF-8"),
    ("M22", "Riders could", "\u202eRiders could", "text runs backwards"),
    ("M22", "Riders could", "Riders\u200b could", "there is a zero-width space"),
    ("M23", TAKE, f"{TAKE} ![x](y.png)", "an image loads"),
    ("M23", TAKE, f"{TAKE} ![[private diary]]", "a private note is embedded"),
    ("M23", TAKE, f"{TAKE} %%hidden%%", "a comment hides text"),
    ("M23", TAKE, f"{TAKE} <!-- hidden -->", "an HTML comment hides text"),
    ("M23", TAKE, f"{TAKE} `= this.x`", "code may be a query"),
    ("M23", TAKE, f"{TAKE} <b>bold</b>", "there is HTML"),
    ("M23", TAKE, f"{TAKE}\n\n> [!note] {TAKE}", "there is a callout"),
    ("M23", TAKE, f"{TAKE}\n\n| a | b |\n|---|---|\n| c | d |", "there is a table"),
    ("M23", TAKE, f"{TAKE} <% tp.date.now() %>", "a template would run"),
    ("M24", "[[weather service frees its radar archive]].", "[[weather service frees its radar archive|radar]].",
     "an alias"),
    ("M24", "[[rail timetable feed goes public]],", "[[rail timetable feed goes public#cost]],", "a heading link"),
    ("M25", "1.2 billion rows", "$1.2 billion ($1.4 billion) rows", "two amounts make a formula"),
    ("M28", "the real news", "the ==real news==", "words are highlighted"),
    ("M28", "the real news", "the real #news", "a tag stands in the text"),
    ("M28", "the real news", "the (#real) news", "a tag stands in brackets"),
    ("M28", "the real news", "the (real:: news)", "a query reads a field"),
    ("M28", "Open records age", "mood::Open records age", "a line is a field without a space"),
    ("M28", "the real news", "the real news[^1]", "there is a footnote"),
    ("M28", "the real news", "the real news^[hidden]", "there is an inline footnote"),
    ("M28", "news here.", "news here. ^block", "the paragraph is given a name"),
    ("M28", "the real news", "the &lt;b&gt; news", "an entity stands for a sign"),
    ("M28", "the real news", "the ~~real~~ news", "words are struck"),
    ("M28", "the real news", "the obsidian:open news", "an address starts a program"),
    ("M23", "the real news", "the <?php real ?> news", "there is a processing instruction"),
    ("M23", "the real news", "the {{ real }} news", "a template would be filled"),
    ("M27", "draft: true", 'draft: "true"', "the site generator reads text otherwise"),
    ("M27", "draft: true", "draft: yes", "YAML versions differ about yes"),
    ("E1", "before release.", "before release." + mark(["six"]), "a mark is left"),
    ("S1", "a utility rather than", "a [[public good]], a [[road]] or a utility rather than", "four wikilinks"),
    ("S2", "rather than a product", "as in [[one sale]] and [[other sale]], not a product", "two links in a bullet"),
    ("S3", "rather than a product", "as in [[data sold twice]], not a product", "no bullet is without link"),
    ("S4", "that one budget vote", "that, as in [[feed ends]], a budget vote", "a risk has a link"),
    ("M18", RISKS, RISKS.splitlines(keepends=True)[0], "one risk instead of two or three"),
    ("S6", "        <li>[[rail timetable feed goes public]]</li>\n", "", "the tree relates one note"),
    ("S6", "        <li>[[rail timetable", "        <li>[[some timetable", "the tree relates what the prose does not"),
    ("S7", TAKE, TAKE + " And so it goes on.", "the verdict has three sentences"),
    ("S7", TAKE, "Good news.", "the verdict is two words"),
    ("S8", "names of riders were removed", "we hope names of riders were removed", "the scene speaks for us"),
    ("S8", "transit data under an open licence.", "transit data that we can use.", "the description speaks for us"),
    ("S9", TAKE, TAKE + " word" * 150, "the prose is too long"),
    ("S10", "City halls increasingly treat", "City halls with a pivotal role treat", "a marketing word"),
    ("S10", "before release.", "before release!", "an exclamation mark"),
    ("S11", "  - transit\n  - opendata\n  - harbor\n  - licence\n  - city\n",
     "  - bus\n  - ferry\n  - port\n  - licence\n  - feed\n", "no keyword is in the title"),
    ("S12", "  - opendata\n", "  - div\n", "a keyword comes from the markup"),
]  # fmt: skip
"""Rule, what is replaced, by what, and what that damages."""
SIDE_EFFECTS = {
    "a key twice stops the site build": {"M27"},
    "a title is a number": {"M3"},
    "YAML versions differ about yes": {"M2"},
    "the site generator reads text otherwise": {"M2"},
    "the year is missing": {"M19"},
    "a line is no bullet": {"S3"},
    "a bullet starts with a link": {"M16"},
    "there are two blank lines": {"M14"},
    "there is a callout": {"S7"},
    "four wikilinks": {"S2", "S3"},
    "two links in a bullet": {"S1", "S3"},
    "the prose is too long": {"S7"},
}
"""Damages that cannot help breaking a second rule."""


KEPT = [
    ("M2", "description: Harbor City released three years of transit data under an open licence.",
     'description: "Harbor City: three years of transit data under an open licence."', "a colon in quotation marks"),
    ("M5", "  - infra\n", "", "four tags"),
    ("M5", "  - data\n  - 2023\n", "  - 2023\n  - data\n", "the year as third tag"),
    ("M7", "under an open licence.", "in the U.S. and the U.K. alike.", "abbreviations end no sentence"),
    ("M7", "under an open licence.", 'and calls it "our gift to I.T.".', "a quotation may say our"),
    ("M8", "updated: 2023-07-18", "updated: 2024-01-02", "a later update"),
    ("M9", "230718TJ04", "230718TJ104", "a number of three digits"),
    ("M10", "cssclasses:\n", "cssclasses:\n  - wide\n", "a second class"),
    ("M12", f" {LICENCE}", "", "one sentence"),
    ("M12", LICENCE, "It follows U.S. rules.", "U.S. ends no sentence"),
    ("M13", "[Harbor Gazette]", "[The New York Times]", "a name of four words"),
    ("M13", "[Harbor Gazette]", "[新华网]", "a name without capitals"),
    ("M13", "[Harbor Gazette]", "[arXiv]", "a name that starts small"),
    ("M13", "[Harbor Gazette]", "[gazette.example]", "the site, where no name is known"),
    ("M14", "\n## my take\n", "\n## link hop\nThis leads on to other ports.\n\n## my take\n", "one section more"),
    ("M16", "a product for sale.", "a product for Acme Inc.", "an abbreviation at the end"),
    ("M16", LAST_BULLET, f"{LAST_BULLET}- Small towns gain from it without a team of their own.\n", "four bullets"),
    ("M18", "has few passengers.", "has few passengers" + " and more" * 6 + ".", "a long risk"),
    ("M20", QUESTION, "Can a city of this size pay for hourly updates?", "a short question"),
    ("M22", "Riders could", "Ríders\u00a0could", "accents and a space that does not break"),
    ("M23", TAKE, f"{TAKE[:-1]}, 3 < 5 and 100% sure.", "a comparison"),
    ("M28", TAKE, f"{TAKE[:-1]}: #1 of C# & R&D; at 12:30, a == b, 10^6 {{x}}.", "signs that carry meaning"),
    ("M24", "[[weather service frees its radar archive]].", "[[Archive/weather service|weather service]].", "a path"),
    ("M25", "1.2 billion rows", "$1.2 billion rows", "one amount"),
    ("M25", "1.2 billion rows", r"\$1.2 billion (\$1.4 billion) rows", "two protected amounts"),
    ("M27", TAKE, "todo: my take", "something to do in a draft"),
    ("S7", TAKE, "todo: my take", "the verdict is not written yet"),
    ("S8", "City halls increasingly treat", "City halls, I think, treat", "the braid may say I"),
    ("S8", "names of riders were removed", "names of US riders were removed", "US is a country"),
    ("S9", TAKE, "todo: my take", "the length without the human's words"),
    ("S10", "before release.", 'before "a pivotal moment!" in July.', "a quotation may be loud"),
    ("S11", "  - transit\n  - opendata\n  - harbor\n  - licence\n  - city\n",
     "  - bus\n  - opendata\n  - port\n  - licence\n  - transitdata\n", "a glued keyword"),
    ("M1", TAKE, f"{TAKE} --- so it is.", "three dashes in a sentence"),
    ("M3", f"title: {STEM}\n", f'title: "{STEM}"\n', "the title in quotation marks"),
    ("M6", "  - opendata\n", "  - gtfs2\n", "a keyword with a digit"),
    ("M11", "[[Platform Risk]]", "[[radar archive]]", "a note instead of a concept"),
    ("M15", "before release.", "before release. It grows.", "three sentences"),
    ("M17", WEATHER, "a radar archive.", "one bullet with a link"),
    ("M19", "        <li>[[rail timetable feed goes public]]</li>\n", "", "a tree with one related note"),
    ("M21", TAKE, f"{TAKE[:-1]} # so far.", "a hash in a sentence"),
    ("E1", "before release.", "before release, marked as ==new==.", "a highlight that is no mark"),
    ("S1", WEATHER, "a radar archive.", "one link"),
    ("S2", "rather than a product", "as in [[data sold twice]], not a product", "three bullets with a link each"),
    ("S3", WEATHER, "a radar archive.", "two bullets without a link"),
    ("S4", "that one budget vote", "that one (not two) budget vote", "brackets are no link"),
    ("M18", "has few passengers.", "has few passengers, by day and by night.", "three longer risks"),
    ("M18", RISKS, "".join(RISKS.splitlines(keepends=True)[:2]), "two risks, where the page carries no more"),
    ("S6", "[[Platform Risk]]", "[[platform risk]]", "the see-also line need not be in the tree"),
    ("S12", "  - opendata\n", "  - divide\n", "a word that starts like markup"),
]  # fmt: skip
"""Rule, what is replaced, by what, and why that is right."""


def describe(case: tuple[str, str, str, str]) -> str:
    """A test's name: the rule and what is wrong."""
    return f"{case[0]} {case[3]}"


def test_the_sample_note_keeps_every_rule() -> None:
    """A note in the house style must come out clean, or nobody reads the findings."""
    assert check(NOTE) == ()


@pytest.mark.parametrize("case", BROKEN, ids=describe)
def test_one_damage_is_one_rule(case: tuple[str, str, str, str]) -> None:
    """A person who broke one thing is told of that thing, with the place, and of nothing else."""
    rule, old, new, why = case
    findings = check(damaged(old, new))
    assert rule in rules(findings)
    assert rules(findings) - {rule} <= SIDE_EFFECTS.get(why, set())
    for finding in findings:
        assert finding.level == ("should" if finding.rule.startswith("S") else "must")
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(NOTE) + 2000


@pytest.mark.parametrize("case", KEPT, ids=describe)
def test_what_is_allowed_is_no_finding(case: tuple[str, str, str, str]) -> None:
    """A rule that cries wolf is switched off."""
    rule, old, new, _ = case
    assert rule not in rules(check(damaged(old, new)))


@pytest.mark.parametrize("rule", [rule.id for rule in rules_of(TECH_JOURNAL)])
def test_every_rule_has_a_failing_and_a_passing_case(rule: str) -> None:
    """A rule without a failing case may never fire, and one without a passing case may always do."""
    elsewhere = {"M4", "M26", "S5"}  # they need a file name, a vault or another type: test_style_whole and below
    assert rule in elsewhere or any(case[0] == rule for case in BROKEN)
    assert rule in elsewhere or any(case[0] == rule for case in KEPT)


def test_a_type_may_say_how_many_bullets_are_usual() -> None:
    """Two risks are allowed; where a type's author wants three as a rule, two are a wish and no more."""
    wanted = tuple(
        replace(section, aim_items=(3, 3)) if section.name == "risk surface" else section
        for section in TECH_JOURNAL.sections
    )
    strict, two = replace(TECH_JOURNAL, sections=wanted), "".join(RISKS.splitlines(keepends=True)[:2])
    assert [row.rule for row in check_style(damaged(RISKS, two), STEM, strict)] == ["S5"]
    assert check_style(NOTE, STEM, strict) == ()
