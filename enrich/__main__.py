"""The command's entry, also for ``python -m enrich``."""

import sys

import enrich
from enrich.distribution import DISTRIBUTION

SHADOWED = 1
"""The exit code of `enrich.errors.EnrichError`, which may be another package's here."""


def run() -> None:
    """Run the command line, unless the package on PyPI that is called `enrich` has taken some of its files' places."""
    if not hasattr(enrich, "__version__"):
        sys.stderr.write(
            f"enrich: another package called enrich has replaced files of {DISTRIBUTION}; "
            f"pip uninstall enrich, then pip install --force-reinstall --no-deps {DISTRIBUTION}, "
            "or give each an environment of its own (pipx, uv)\n"
        )
        sys.exit(SHADOWED)
    from enrich.cli import main

    main()


if __name__ == "__main__":
    run()
