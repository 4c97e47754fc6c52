"""What is installed: the distribution's name, which is not the command's, and its extras."""

__version__ = "0.2.0"

DISTRIBUTION = "enrich-notes"
"""The name by which pip, pipx and uv know it; on PyPI, `enrich` is another package."""


def extra(name: str) -> str:
    """What to hand to an installer for an extra, quoted for a shell."""
    return f"'{DISTRIBUTION}[{name}]'"
