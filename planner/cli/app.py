"""The program `planner`: its verbs, put together."""

from typing import Annotated

import typer

import planner
from planner.cli import assess, check, compare, export, generate, import_, new, run, show, verify

app = typer.Typer(
    name="planner",
    help="Succession planning: pools, training places, rotations and successors, with a proof.",
    no_args_is_help=True,
    add_completion=False,
    # Our own errors are told in words; a traceback is shown only where --debug asks for it.
    pretty_exceptions_enable=False,
)
app.command("check", epilog="Example:  planner check first-office")(check.check)
app.command("assess", epilog="Example:  planner assess department --unit VP --out danh-gia.xlsx")(assess.assess)
app.command("import", epilog="Example:  planner import list.xlsx my-department")(import_.import_office)
app.command("new", epilog="Example:  planner new my-case --content general --lang en")(new.new)
app.command("run", epilog="Example:  planner run first-office --out my-plan --seconds 30")(run.run)
app.command("show", epilog="Example:  planner show plans/first-office/scenario --year 2027")(show.show)
app.command("verify", epilog="Example:  planner verify plans/first-office/scenario")(verify.verify)
app.command("compare", epilog="Example:  planner compare plans/first-office/scenario plans/first-office/ben-leaves")(
    compare.compare_plans
)
app.command("export", epilog="Example:  planner export plans/first-office/scenario --form rotation")(export.export)

app.command("generate", epilog="Example:  planner generate province my-province --posts 300 --people 1200 --seed 1")(
    generate.generate
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"planner {planner.__version__}")
        raise typer.Exit


@app.callback(epilog="Example:  planner run department     (each verb has its own --help)")
def _program(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Succession planning: pools, training places, rotations and successors, with a proof."""


def main() -> None:
    """The console script."""
    app()
