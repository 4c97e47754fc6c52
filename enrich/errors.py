"""The error tree: one class per kind of failure, each with its exit code.

A message reads *object: fact; remedy*. `enrich.cli` catches `EnrichError` once and prints it without a traceback;
anything else is a bug and shows one.
"""


class EnrichError(Exception):
    """Anything that stops a command for a reason the user can act on (exit 1)."""

    exit_code = 1


class UsageError(EnrichError):
    """The command line contradicts itself or names something that is not there (exit 2)."""

    exit_code = 2


class SettingsError(EnrichError):
    """A setting or a key is missing or unusable (exit 3)."""

    exit_code = 3


class SourceError(EnrichError):
    """The page could not be fetched, is of a kind we cannot read, or is too thin to draft from (exit 4)."""

    exit_code = 4


class ModelError(EnrichError):
    """The model failed, refused or gave no usable answer (exit 5)."""

    exit_code = 5


class FindingsError(EnrichError):
    """A must rule or the evidence check failed under ``--strict`` (exit 6)."""

    exit_code = 6


class ExistsError(EnrichError):
    """The note is already there, or would overwrite something, or changed meanwhile (exit 7)."""

    exit_code = 7


class RefusedError(EnrichError):
    """The file lies outside of the vault, is read-only or is no note: it is not written or removed (exit 7)."""

    exit_code = 7


class BudgetError(EnrichError):
    """A limit on tokens or money was reached (exit 8)."""

    exit_code = 8


def reason_of(error: Exception) -> str:
    """Why a file or a folder cannot be read or written, for the middle of a message: no number, no class, no path."""
    if isinstance(error, UnicodeDecodeError):
        return "is not text in UTF-8"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, KeyError):
        return f"lacks {error.args[0]!r}"
    return str(error)
