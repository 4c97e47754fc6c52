"""What a stranger says, made fit for a message: one line, of bearable length, with nothing that drives a terminal."""

from enrich.text.pattern import lazy_pattern

_ESCAPE_SEQUENCE = lazy_pattern(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor, erasing
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links, clipboard
    r"|\x1b[ -/]*[0-~]?"
)
_LOOKED_AT = 8
"""Characters that are looked at for each one that may be shown: what stands behind them is cut anyway."""


def quote(text: str, most: int = 200) -> str:
    """At most ``most`` characters of ``text`` on one line; ``…`` stands for what is left out.

    Escape sequences, control and format characters and halves of surrogate pairs are removed. Every text of a page, a
    server, a model or a file that enters a message goes through here.
    """
    head = text[: most * _LOOKED_AT]
    words = " ".join(_ESCAPE_SEQUENCE.sub("", head).split())
    shown = "".join(character for character in words if character.isprintable())
    if len(head) == len(text) and len(shown) <= most:
        return shown
    return f"{shown[: most - 1]}…"
