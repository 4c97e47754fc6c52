"""``enrich trust``: which ``.env`` files may name an address that text is sent to."""

from pathlib import Path
from typing import Annotated

import typer

from enrich.console import standard_console
from enrich.errors import UsageError


def trust(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The .env, or its folder [default: list what is trusted].")
    ] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="Trust FILE no more.")] = False,
) -> None:
    """Let a .env that came with a vault or a repository name the endpoint.

    Articles, example notes and, with ENRICH_EMBEDDINGS, all notes go to the address that the file names now; another
    one needs another consent. A .env of your own needs none.
    """
    from enrich import consent
    from enrich.config import user_places

    state, console = user_places().state, standard_console()
    if file is None:
        if revoke:
            raise UsageError("--revoke: names no file; add the .env that is trusted no more")
        rows = consent.read_trusted(state)
        if not rows:
            console.say("no .env is trusted to name an address")
    elif revoke:
        rows = consent.revoke(state, _dotenv_path(file).resolve())
        if not rows:
            raise UsageError(f"{file}: is not trusted; enrich trust lists what is")
    else:
        place, address = _place_and_address(_dotenv_path(file))
        consent.trust(state, place, address)
        rows = (consent.Trusted(str(place), address),)
    for row in rows:
        console.result(f"{row.address}  {row.file}")


def _dotenv_path(given: Path) -> Path:
    path = given.absolute() / ".env" if given.is_dir() else given.absolute()
    if path.name != ".env":
        raise UsageError(f"{given}: is no .env; name one, or its folder")
    return path


def _place_and_address(path: Path) -> tuple[Path, str]:
    """The file with all links followed, and the address in it; UsageError when it has none to trust."""
    from enrich.config import address_of, is_plain_address
    from enrich.dotenv_file import read_dotenv

    found = read_dotenv(path.parent, None)
    address = "" if found is None else address_of(found.variables)
    if found is None or not address:
        raise UsageError(f"{path}: names no address; nothing in it needs trust")
    if not is_plain_address(address):
        raise UsageError(f"{path}: its address is no plain http or https one; write it as https://host/v1")
    return found.place, address
