"""Another portfolio model asked for weights, whether LEAN's own or a user's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from regime_framework.errors import InvalidSetting

if TYPE_CHECKING:
    from AlgorithmImports import Insight, PortfolioConstructionModel, QCAlgorithm, SecurityChanges

__all__ = ["InnerModel"]


class InnerModel:
    """Delegates by ``determine_target_percent``.

    Its ``create_targets`` would keep the inner model's own calendar, so that a change of regime might never reach the
    portfolio, and fails for models written in Python.

    Parameters
    ----------
    parameter : str
        What the user wrote, for the error's text.
    model : PortfolioConstructionModel

    Raises
    ------
    InvalidSetting
        If it cannot turn insights into weights.
    """

    def __init__(self, parameter: str, model: PortfolioConstructionModel) -> None:
        for hook in ("determine_target_percent", "should_create_target_for_insight", "on_securities_changed"):
            if not callable(getattr(model, hook, None)) or isinstance(model, type):
                raise InvalidSetting(parameter, "must be a portfolio construction model", model)
        self.model = model
        self._percents = _hook(model, "determine_target_percent", "DetermineTargetPercent")
        self._accepts = _hook(model, "should_create_target_for_insight", "ShouldCreateTargetForInsight")
        self._changed = _hook(model, "on_securities_changed", "OnSecuritiesChanged")
        try:
            self._percents([])
        except Exception as error:
            # The base raises this where a model overrides create_targets alone. Any other complaint is about the
            # empty list, which the model may dislike: it is never handed one later.
            if type(error).__name__.startswith("NotImplemented"):
                raise InvalidSetting(parameter, "must implement determine_target_percent", type(model).__name__) from error

    def on_securities_changed(self, algorithm: QCAlgorithm, changes: SecurityChanges) -> None:
        """Pass on what the outer model was told; some models warm up in it."""
        self._changed(algorithm, changes)

    def weights(self, insights: Mapping[str, Insight], complain: Callable[[str], None]) -> dict[str, float]:
        """Weights by row name, one for every insight: zero where the model does not answer.

        Parameters
        ----------
        insights : mapping of str to Insight
            By row name.
        complain : callable
            Takes a sentence about numbers that are not finite, the insights' or the model's own.
        """
        weights = dict.fromkeys(insights, 0.0)
        accepted = [insight for insight in insights.values() if self._accepts(insight)]
        answer = self._ask(accepted)
        if not all(map(math.isfinite, answer.values())):
            # One such number spoils sums over all; without those insights the rest can be trusted.
            sound = [insight for insight in accepted if _is_sound(insight)]
            for insight in accepted:
                if not _is_sound(insight):
                    complain(f"weights or confidences of {str(insight.source_model)!r} that are not finite count as absent")
            asked_again = self._ask(sound)
            answer = {row: weight for row, weight in asked_again.items() if math.isfinite(weight)}
            if len(answer) < len(asked_again):
                complain(f"weights that {type(self.model).__name__} makes and that are not finite count as 0")
        weights.update(answer)
        return weights

    def _ask(self, insights: list[Insight]) -> dict[str, float]:
        if not insights:
            return {}
        return {str(insight.symbol.id): float(percent) for insight, percent in _items(self._percents(insights))}


def _hook(model: Any, snake: str, pascal: str) -> Callable[..., Any]:
    """The method a user overrode, by either of its names; called from Python, the engine would miss the second."""
    for cls in type(model).__mro__:
        if snake in vars(cls):
            break
        if callable(vars(cls).get(pascal)):
            return getattr(model, pascal)  # type: ignore[no-any-return]
    return getattr(model, snake)  # type: ignore[no-any-return]


def _items(percents: Any) -> Iterable[tuple[Insight, float]]:
    """Pairs of a Python dict or of the engine's own dictionary."""
    return percents.items() if isinstance(percents, dict) else ((pair.key, pair.value) for pair in percents)


def _is_sound(insight: Insight) -> bool:
    return all(value is None or math.isfinite(value) for value in (insight.weight, insight.confidence))
