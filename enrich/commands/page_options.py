"""Options that commands share which read a page or ask a model."""

from typing import Annotated

import typer

Html = Annotated[str | None, typer.Option(metavar="FILE|-", help="Use this saved page instead of fetching.")]
Text = Annotated[str | None, typer.Option(metavar="FILE|-", help="Use this text instead of fetching.")]
Model = Annotated[
    str | None,
    typer.Option(
        "--model", "-m", metavar="MODEL", help='Model to ask; "" for the no-model engine [default: ENRICH_MODEL].'
    ),
]
Language = Annotated[
    str | None,
    typer.Option(metavar="vi|auto", help="What the note is written in; auto: the article's [default: as its type]."),
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Allow addresses of this machine and its network.")]
