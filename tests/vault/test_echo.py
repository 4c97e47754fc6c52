"""Sentences as echoes are known by them: names, numbers and links masked."""

import pytest

from enrich.vault.echo import mask_sentence, read_said

FRAME = "{} cut [[{}]] by {} % again, which nobody in the industry had expected."


def keys(text: str) -> list[int]:
    """The keys of all sentences."""
    return [one.key for one in read_said(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FRAME.format("Acme", "prices", 5), FRAME.format("Globex Corporation", "wages|pay", "1,200.5")),
        ("The **headline** is _not_ just the event.", "The headline is not just the event"),
        ("- The headline is not just the event.", "> The headline is not just the event."),
        ("- [x] the headline hides the real event.", "3. the headline hides the real event!"),
        ("We read [the report](https://a.example/b_(c)) as a warning.", "We read [[that]] as a warning."),
        ("Việc tăng giá của Acme khiến thị trường lo ngại.", "Việc tăng giá của Hòa Phát khiến thị trường lo ngại."),
        ("苹果公司在2023年发布了新的手机产品。", "苹果公司在2024年发布了新的手机产品。"),
        (
            "Der Kurs von Acme ist heute abermals stark gefallen.",
            "Der Kurs von ABB ist heute abermals stark gefallen.",
        ),
    ],
)
def test_names_numbers_links_and_marks_make_no_difference(one: str, other: str) -> None:
    """A frame that a script fills again and again is one sentence."""
    assert keys(one) == keys(other)
    assert len(keys(one)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme bought Globex for $3 billion.", "Initech bought Hooli for $7 billion."),
        ("Acme cut prices, and demand rose sharply.", "Acme cut prices, and demand fell sharply."),
        ("苹果公司发布了新的手机产品。", "微软公司发布了新的游戏主机。"),
    ],
)
def test_what_says_something_else_is_another_sentence(one: str, other: str) -> None:
    """A short sentence keeps its names: it says little without them."""
    assert keys(one)
    assert keys(one) != keys(other)


@pytest.mark.parametrize(
    "text",
    [
        "# a heading of many long words that repeat", "*see also:* [[Latency Budget]] · [[Platform Risk]]",
        "```\nprint every single word that stands here\n```", "| a table | with many different | words in cells |",
        "%% a comment that nobody reads on the site %%", "> [!note] Core claim of every single note here",
        "#tag/one #tag/two #tag/three #tag/four #tag/five", "https://example.com/some-long-address-of-words/and-more",
        "<ul>\n<li>policy</li>\n<li>finance</li>\n</ul>", "$$\nfrac of alpha beta gamma delta\n$$",
    ],
)  # fmt: skip
def test_what_is_no_prose_is_no_sentence(text: str) -> None:
    """Headings, code, tables, lists of links and formulas are alike in many notes, and nobody minds."""
    assert keys(text) == []


def test_a_sentence_is_where_it_says() -> None:
    """Its place counts in the note's own characters, so that a finding can be shown there."""
    text = (
        "---\ntitle: x\n---\n\n## head\n- One thing that happened [[here]].\n  Another <b>thing</b> came soon after.\n"
    )
    found = [one.span.of(text) for one in read_said(text, 18)]
    assert found == ["One thing that happened [[here]].", "Another <b>thing</b> came soon after."]


def test_short_lines_are_sentences_of_their_own() -> None:
    """A line break shows in Obsidian; only a full line goes on in the next."""
    chains = "constraint tightens, teams standardize\npolicy shifts, procurement changes slowly\n"
    full = "the committee that met in the harbour on the first evening of spring\nhas since decided nothing of note.\n"
    assert [len(keys(text)) for text in (chains, full)] == [2, 1]
    assert keys(chains + full)[-1:] == keys(full)


def test_a_hostile_sentence_costs_its_length() -> None:
    """A megabyte without an end is cut, and read once."""
    assert len(keys("word " * 200_000)) > 1
    assert mask_sentence("A" * 100_000) == ""
    assert keys("[[" * 50_000 + "<" * 50_000 + "%%" + "```" * 10_000) == []
