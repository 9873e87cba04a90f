"""The command line ``regime-framework``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from regime_framework.errors import RegimeError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after the program's name; by default that of this process.

    Returns
    -------
    int
        Exit status: 0, 2 for bad input (said in one line on standard error), 130 when interrupted.
    """
    try:
        from regime_framework.cli.app import app

        status = app(args=None if arguments is None else list(arguments), prog_name="regime-framework", standalone_mode=False)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "regime_framework":
            raise
        return _refuse(f"needs {error.name}, which is not installed: pip install 'regime-framework[cli]'")
    except RegimeError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # What typer raises for a wrong command line has click's protocol under a class that changes with its releases.
        say = getattr(error, "format_message", None)
        if say is not None:
            return _refuse(str(say()))
        if type(error).__name__ == "Abort":
            return 130
        raise
    return status if isinstance(status, int) else 0


def _refuse(text: str) -> int:
    print(f"regime-framework: {' '.join(text.split())}", file=sys.stderr)
    return 2
