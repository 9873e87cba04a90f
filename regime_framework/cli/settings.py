"""A configuration from what stands on the command line."""

from __future__ import annotations

from typing import Any

from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting

__all__ = ["config_of"]


def config_of(
    states: int,
    lookback: int | None,
    expanding: bool,
    retrain: str | None,
    estimator: str | None,
    switch_probability: float | None,
) -> RegimeConfig:
    """A configuration; what was not given keeps its default.

    Raises
    ------
    InvalidSetting
        If a value breaks its rule.
    """
    if expanding and lookback is not None:
        raise InvalidSetting("lookback", "must not be given together with --expanding", lookback)
    given: dict[str, Any] = {"estimator": estimator, "switch_probability": switch_probability, "lookback": lookback}
    if retrain is not None:
        given["retrain"] = int(retrain) if retrain.isdigit() else retrain
    chosen = {name: value for name, value in given.items() if value is not None}
    if expanding:
        chosen["lookback"] = None
    return RegimeConfig(states, **chosen)
