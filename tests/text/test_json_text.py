"""JSON of strangers."""

import pytest

from enrich.text.json_text import mend_halves, read_json


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 200_000,
        '[{"a":' * 100_000,
        "[" * 900 + "]" * 900,
        "[" * 62 + "]" * 62,
        '{"a":' * 62 + "1" + "}" * 62,
        "[" + "[]," * 250_000 + "[]]",
        "9" * 5_000,
        f'{{"a": -{"9" * 5_000}}}',
        "1e400",
        "[-1e999]",
        "NaN",
        "[Infinity]",
        "-Infinity",
        '"a',
        "",
        "\ud800",
    ],
)
def test_what_is_wrong_is_always_one_kind_of_error(text: str) -> None:
    """Depth, size, number and form: whoever reads JSON has to catch ValueError alone."""
    for data in (text, text.encode("utf-8", "replace")):
        with pytest.raises(ValueError, match=r"\S"):
            read_json(data)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b'{"a": "\xff"}', b"\x00"])
def test_bytes_that_are_no_text_are_the_same_error(data: bytes) -> None:
    """A file of another kind is no traceback."""
    with pytest.raises(ValueError, match=r"\S"):
        read_json(data)


def test_what_is_right_is_read() -> None:
    """Sixty levels, long numbers and both encodings are within the bounds."""
    assert read_json("[" * 60 + "]" * 60)
    assert read_json('{"a": [1, 2.5, 1e300, null]}'.encode("utf-16")) == {"a": [1, 2.5, 1e300, None]}
    assert read_json('"a\nb"', lenient=True) == "a\nb"


def test_halves_of_pairs_are_mended() -> None:
    """A half becomes U+FFFD, two that belong together their character, in keys and values."""
    assert mend_halves({"a\ud800": ["\ud83d\ude00", 1, None]}) == {"a\ufffd": ["😀", 1, None]}
