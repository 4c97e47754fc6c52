"""Numbers in messages: a count with its noun, in singular or plural."""


def counted(count: int, noun: str, plural: str = "") -> str:
    """``1 note``, ``1,200 notes``; ``plural`` where it is not the noun with an s: ``2 tries``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
