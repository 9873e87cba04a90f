"""How much of an algorithm's run is work of its regime models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import process_time
from typing import Any

__all__ = ["ModelWatch", "watched_models"]


class ModelWatch:
    """CPU seconds inside watched calls; a call inside another one is not counted twice."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._inside = False

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, watched."""

        @wraps(call)
        def watched(*arguments: Any, **named: Any) -> Any:
            if self._inside:
                return call(*arguments, **named)
            self._inside, start = True, process_time()
            try:
                return call(*arguments, **named)
            finally:
                self.seconds += process_time() - start
                self._inside = False

        return watched


@contextmanager
def watched_models() -> Iterator[ModelWatch]:
    """Watch what the engine calls of the regime models, while the context lasts."""
    from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel, RegimeRiskManagementModel

    watch = ModelWatch()
    doors = [
        (RegimeAlphaModel, ("update", "on_securities_changed")),
        (RegimePortfolioConstructionModel, ("create_targets", "on_securities_changed")),
        (RegimeRiskManagementModel, ("manage_risk", "on_securities_changed")),
    ]
    kept: list[tuple[Any, str, Any]] = []
    for model, names in doors:
        for name in names:
            own = vars(model).get(name)
            if own is not None:
                kept.append((model, name, own))
                setattr(model, name, watch.around(own))
    try:
        yield watch
    finally:
        for model, name, own in kept:
            setattr(model, name, own)
