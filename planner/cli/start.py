"""The console script: loading the program takes a second or two, and a Ctrl-C in it is no error to be traced."""

import sys

INTERRUPTED = 130


def main() -> None:
    try:
        from planner.cli.app import app
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    app()
