"""What is installed: the distribution's name, which is not the command's, and its extras."""

from importlib.util import find_spec

from enrich.errors import SettingsError

DISTRIBUTION = "enrich-notes"
"""The name by which pip, pipx and uv know it; on PyPI, `enrich` is another package."""


def extra(name: str) -> str:
    """What to hand to an installer for an extra, quoted for a shell."""
    return f"'{DISTRIBUTION}[{name}]'"


def require_extra(name: str, module: str, user: str) -> None:
    """SettingsError when ``module``, which the extra ``name`` brings and ``user`` needs, is not installed."""
    if find_spec(module) is None:
        raise SettingsError(
            f"{user}: needs {module}, which is not installed; install {extra(name)} with pip, pipx or uv, "
            "whichever installed enrich"
        )
