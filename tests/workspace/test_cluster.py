"""Drafts made by the workers of a real dask scheduler on loopback; only the coordinator writes the vault."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from enrich.vault.vault import read_vault
from tests.commands.here import run_here
from tests.commands.newsroom import newsroom
from tests.fixture_vault import copy_fixture_vault

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLUSTER = """
import subprocess, sys
from distributed import Client, LocalCluster
if __name__ == "__main__":
    here = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "protocol": "tcp://", "host": "127.0.0.1"}
    with LocalCluster(**here, dashboard_address=None) as cluster, Client(cluster) as client:
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", *options, cluster.scheduler_address]
        with subprocess.Popen(worker) as other:
            client.wait_for_workers(2)
            print(cluster.scheduler_address, other.pid, flush=True)
            sys.stdin.read()
            other.kill()
"""


def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    """Of two workers, one is killed in the middle: every entry is drafted once, every answer paid once."""
    pytest.importorskip("distributed")
    vault = copy_fixture_vault(tmp_path)
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER, "utf-8")
    pipe = subprocess.PIPE
    with (
        subprocess.Popen([sys.executable, str(script)], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as cluster,
        newsroom(latency=0.3) as room,
    ):
        assert cluster.stdin is not None
        assert cluster.stdout is not None
        address, worker = cluster.stdout.readline().decode().split()
        env = room.env(tmp_path / "home") | {"ENRICH_VAULT": str(vault)}
        listing = "".join(f"{room.page(number)}\n" for number in range(6)).encode()
        run_here(["inbox", "add", "-"], env, listing)
        plan = Path(run_here(["inbox", "plan", "--allow-private", "--delay", "0"], env).stdout.strip())
        plan.write_text(re.sub(r"- \[ \] draft", "- [x] draft", plan.read_text("utf-8")), "utf-8")
        command = [sys.executable, "-m", "enrich", "inbox", "draft", "--jobs", "2", "--cluster", address]
        with subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True) as process:
            limit = time.monotonic() + 60
            while len(room.requests) < 2 and process.poll() is None and time.monotonic() < limit:
                time.sleep(0.01)
            os.kill(int(worker), signal.SIGKILL)
            _, said = process.communicate()
        cluster.stdin.close()
    assert process.returncode == 0, said
    cited = [url for note in read_vault(vault / "AI_Sandbox").notes for url in note.urls if "/heron-" in url]
    assert sorted(cited) == sorted(room.page(number) for number in range(6))
    assert len(room.requests) == len({str(body["messages"]) for body in room.requests})
