"""Processes of ours that take apart what comes from others."""

import subprocess
import sys

import pytest

from enrich.processor_time import ended_by_limit


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of processor time")
def test_a_process_that_has_had_its_processor_time_ends() -> None:
    """A page or a template that is never done does not run for ever, and the parent can say why it ended."""
    program = "from enrich.processor_time import limit_processor_time as limit\nlimit(0.01)\nwhile True:\n    pass"
    assert ended_by_limit(subprocess.run([sys.executable, "-c", program], check=False).returncode)


def test_a_process_that_ended_otherwise_had_time_left() -> None:
    """A worker that breaks is reported as broken, not as slow."""
    assert not any(map(ended_by_limit, (0, 1, -9)))
