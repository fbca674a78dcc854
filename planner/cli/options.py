"""Arguments and options that verbs share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.domain.messages import Language


class Lang(StrEnum):
    vi = "vi"
    en = "en"

    @property
    def language(self) -> Language:
        return "vi" if self is Lang.vi else "en"


Scenario = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario file or its folder, or the name of one of ours.")
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A plan folder, as `planner run` writes it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output, for machines.")]
Language_ = Annotated[Lang | None, typer.Option("--lang", help="Language; by default that of the content set.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
