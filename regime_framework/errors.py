"""What can go wrong, by name."""

from __future__ import annotations

__all__ = ["FitError", "InvalidSetting", "NotEnoughData", "RegimeError", "UnknownSymbol"]


class RegimeError(Exception):
    """Base of every error that this package raises on purpose."""


class InvalidSetting(RegimeError, ValueError):
    """A setting breaks its rule; the text names the parameter, the rule and the value got.

    Parameters
    ----------
    parameter : str
        Name of the parameter as the user wrote it.
    rule : str
        What must hold, as the rest of a sentence: "must be at least 2".
    value : object
        What came in.
    """

    def __init__(self, parameter: str, rule: str, value: object) -> None:
        super().__init__(f"{parameter} {rule}, got {value!r}")
        self.parameter, self.rule, self.value = parameter, rule, value


class NotEnoughData(RegimeError, ValueError):
    """Fewer bars than the model needs."""


class FitError(RegimeError):
    """One symbol's training failed; the text says why."""


class UnknownSymbol(RegimeError, KeyError):
    """A symbol that was never added to the service."""

    def __str__(self) -> str:
        # KeyError would show the text in quotes.
        return str(self.args[0]) if self.args else ""
