"""A budget as a user gives it; light to import, so that a command's help does not wait."""

from msgspec import Struct


class Allowance(Struct, frozen=True):
    """What may be spent; None: as much as it takes."""

    max_cost: float | None = None
    """In the currency of the user's table of prices."""
    max_tokens: int | None = None
    """Prompt and answer together."""

    @property
    def is_limited(self) -> bool:
        """Whether there is a limit at all."""
        return self.max_cost is not None or self.max_tokens is not None


NO_LIMIT = Allowance()
