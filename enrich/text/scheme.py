"""An address as people write it."""

from enrich.text.pattern import lazy_pattern

_HOST = lazy_pattern(r"(?:[\w-]+\.)+[^\W\d_]{2,}\.?(?::\d+)?(?=[/?#]|\Z)")
"""What begins like ``example.com/a``: a name with a dot whose last part is letters."""


def bare_address(word: str) -> str:
    """``word`` without spaces and angle brackets around it."""
    return word.strip().removeprefix("<").removesuffix(">").strip()


def add_scheme(word: str) -> str:
    """``example.com/a`` and ``//example.com/a`` get the https that nobody writes; anything else stays."""
    word = word.removeprefix("//")
    return f"https://{word}" if "://" not in word and _HOST.match(word) else word
