"""What pip, pipx and uv are told: names, extras, pictures, and what each dependency is for."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from enrich.distribution import DISTRIBUTION

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHAT_FOR = (ROOT / "docs" / "dependencies.md").read_text("utf-8")


def locked(name: str) -> set[str]:
    """The distributions of a lock file."""
    return set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def documented(heading: str) -> set[str]:
    """The distributions in the table under a heading of docs/dependencies.md."""
    section = WHAT_FOR.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    """The canonical names in a list of requirements."""
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def test_the_name_in_messages_is_the_one_that_is_built() -> None:
    """A remedy that names another package would send the user to a stranger's."""
    assert PROJECT["project"]["name"] == DISTRIBUTION
    assert "semantic" in PROJECT["project"]["optional-dependencies"]


def test_every_direct_dependency_is_explained() -> None:
    """Nobody has to guess why a package is installed, and none stays that nothing needs."""
    assert documented("Needed by every draft") == named(PROJECT["project"]["dependencies"])
    extras = PROJECT["project"]["optional-dependencies"]
    assert documented("Extras") == {name for extra, rows in extras.items() if extra != "dev" for name in named(rows)}


def test_what_comes_along_is_explained() -> None:
    """Each locked package stands in the document with who brings it; so does what only the build needs."""
    direct = documented("Needed by every draft")
    along, build = documented("What these bring along"), documented("Only to build")
    assert locked("requirements.lock") == direct | along | build


def test_the_first_stage_of_the_setup_holds_no_tools() -> None:
    """`make demo` shows a note without installing mypy and a browser's driver; the second stage adds to the first."""
    first, second = locked("requirements.lock"), locked("requirements-dev.lock")
    assert first < second
    assert {"mypy", "playwright", "pytest", "ruff"} <= second - first


def test_locks_name_no_place_to_fetch_from() -> None:
    """A lock is for everybody: hashes, but no registry of ours."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "--index" not in text


def test_lxml_is_asked_for_with_the_extra_that_others_spell_in_two_ways() -> None:
    """pip before 23.3 stops with an AssertionError where it meets both spellings before it has chosen lxml."""
    (ours,) = [
        Requirement(line) for line in PROJECT["project"]["dependencies"] if Requirement(line).name.startswith("lxml")
    ]
    assert ours.extras == {"html_clean"}
    assert "==6.*" in str(ours.specifier), "pip chooses first what has a ==, else by the alphabet: justext before lxml"
    (theirs,) = [Requirement(line) for line in requires("trafilatura") or () if re.match(r"lxml\b(?!.*extra ==)", line)]
    lowest = max(spec.version for spec in theirs.specifier if spec.operator == ">=")
    assert not ours.specifier.contains("6.0"), "an lxml that trafilatura refuses would be taken back, and pip falls"
    assert f">={lowest}" in str(ours.specifier)


def test_pictures_of_the_readme_are_absolute_where_pypi_shows_it() -> None:
    """PyPI has no folder beside the README; addresses and anchors that are whole stay as they are."""
    (rule,) = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]
    source = PROJECT["project"]["urls"]["Source"]

    def shown(text: str) -> str:
        return re.sub(rule["pattern"], rule["replacement"], text)

    assert shown("![The page](docs/review.png)") == f"![The page]({source}/docs/review.png)"
    assert shown('<img src="docs/a.png">') == f'<img src="{source}/docs/a.png">'
    assert shown('<source srcset="docs/a.png">') == f'<source srcset="{source}/docs/a.png">'
    for whole in ("[a](https://a.example/b)", "[b](#settings)", '<a href="mailto:a@b.example">', "[[note]]"):
        assert shown(whole) == whole


WITHOUT = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

import importlib.util
sys.meta_path.insert(0, Hidden())
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in {names!r} else found(name, package)
sys.argv = ["enrich", *{arguments!r}]
from enrich.__main__ import run
run()
"""


def run_without(names: set[str], *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line where the packages ``names`` are not installed."""
    code = WITHOUT.format(names=names, arguments=arguments)
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(folder), "ENRICH_API_KEY": "any"}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)


def draft_arguments(vault: Path, model: str) -> list[str]:
    """A draft of a saved page."""
    page = ROOT / "fixtures" / "cases" / "model-release" / "page.html"
    where = ["--url", "https://news.example.com/2023/07/18/demo", "--html", str(page)]
    return ["draft", "-q", "-m", model, "--vault", str(vault), *where, "--dry-run"]


def test_a_draft_without_a_model_needs_no_extra(tmp_path: Path) -> None:
    """The first draft works with what a plain install brings, and reads nothing of the model's client."""
    done = run_without({"openai", "model2vec"}, *draft_arguments(ROOT / "fixtures" / "vault", ""), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("---\ntitle: ")


def test_files_replaced_by_the_other_package_are_told(tmp_path: Path) -> None:
    """PyPI's `enrich` puts an empty `enrich/__init__.py` over ours; the command says so and how to mend it."""
    code = "import enrich; del enrich.__version__; from enrich.__main__ import run; run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "another package called enrich has replaced files of enrich-notes; pip uninstall enrich" in done.stderr
