"""From insights and a market regime to weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from regime_framework.errors import InvalidSetting
from regime_framework.lean.allocations import FixedAllocations
from regime_framework.lean.inner import InnerModel
from regime_framework.lean.mappings import by_regime, finite
from regime_framework.lean.sources import SourceShares
from regime_framework.lean.weights import add_scaled, equal_weights, limited
from regime_framework.regimes import Regime

if TYPE_CHECKING:
    from AlgorithmImports import PortfolioConstructionModel, Symbol

    from regime_framework.lean.ledger import OpenInsight

__all__ = ["RegimeWeigher"]


class RegimeWeigher:
    """Everything that :class:`RegimePortfolioConstructionModel` knows about weights.

    Parameters
    ----------
    possible : iterable of Regime
        Regimes that the market can be in.
    exposure, allocations, models, sources
        As the portfolio model takes them.
    bias : int
        1 long only, -1 short only, 0 both.
    max_weight, max_gross : float
    """

    def __init__(
        self,
        possible: Iterable[Regime],
        *,
        exposure: Mapping[Regime, float] | None,
        allocations: Mapping[Regime, Mapping[str, float]] | None,
        models: Mapping[Regime | None, PortfolioConstructionModel] | None,
        sources: Mapping[str, float | Mapping[Regime, float]] | None,
        bias: int,
        max_weight: float,
        max_gross: float,
    ) -> None:
        self._bias = bias
        self._max_weight, self._max_gross = finite(0.0)("max_weight", max_weight), finite(0.0)("max_gross", max_gross)
        self._exposure = by_regime("exposure", exposure, finite(0.0, self._max_gross))
        self.allocations = FixedAllocations(allocations, max_weight=self._max_weight, max_gross=self._max_gross)
        self._models, self._default = _inner_models(models, possible)
        self._sources = None if sources is None else SourceShares(sources)

    @property
    def keyed(self) -> bool:
        """Whether any weight depends on the market's regime."""
        by_source = self._sources is not None and self._sources.by_regime
        return bool(self._exposure or self.allocations or self._models or by_source)

    @property
    def by_source(self) -> bool:
        """Whether insights are told apart by their source model."""
        return self._sources is not None

    @property
    def inner(self) -> list[InnerModel]:
        """The models delegated to, each once."""
        models = [*self._models.values(), *([] if self._default is None else [self._default])]
        return list({id(inner.model): inner for inner in models}.values())

    def weights(
        self, insights: Sequence[OpenInsight], regime: Regime | None, complain: Callable[[str], None]
    ) -> tuple[dict[str, float], dict[str, Symbol]]:
        """Weights within all limits and the symbols they are for, by row name.

        Parameters
        ----------
        insights : sequence of OpenInsight
            In the order of their making; the last one of a symbol (and source) counts.
        regime : Regime or None
            The market's; None before it is known, which exposes fully and has no allocation.
        complain : callable
            Takes a sentence to say once.
        """
        symbols = {entry.row: entry.symbol for entry in insights}
        wanted: dict[str, float] = {}
        fixed = self.allocations.of(regime, complain)
        if fixed is not None:
            wanted.update((row, weight) for row, (_, weight) in fixed.items())
            symbols.update((row, symbol) for row, (symbol, _) in fixed.items())
        else:
            exposure = 1.0 if regime is None else self._exposure.get(regime, 1.0)
            for share, sleeve in self._sleeves(insights, regime, complain):
                add_scaled(wanted, self._weigh(sleeve, regime, complain), share * exposure)
        if len(wanted) < len(symbols):  # what nobody weighs is closed
            wanted = dict.fromkeys(symbols, 0.0) | wanted
        return limited(wanted, bias=self._bias, max_weight=self._max_weight, max_gross=self._max_gross), symbols

    def _sleeves(
        self, insights: Sequence[OpenInsight], regime: Regime | None, complain: Callable[[str], None]
    ) -> list[tuple[float, dict[str, OpenInsight]]]:
        if self._sources is None:
            return [(1.0, {entry.row: entry for entry in insights})]
        sleeves: dict[str, dict[str, OpenInsight]] = {}
        for insight in insights:
            entry = self._sources.named(insight.source)
            if entry is None:
                complain(f"insights of {insight.source!r} get no capital: `sources` does not name it")
            else:
                sleeves.setdefault(entry, {})[insight.row] = insight
        shares = self._sources.of(regime)
        return [(shares[entry], sleeve) for entry, sleeve in sorted(sleeves.items())]

    def _weigh(
        self, insights: Mapping[str, OpenInsight], regime: Regime | None, complain: Callable[[str], None]
    ) -> dict[str, float]:
        inner = self._default if regime is None else self._models.get(regime, self._default)
        if inner is None:
            return equal_weights({row: entry.direction for row, entry in insights.items()}, self._bias)
        return inner.weights({row: entry.insight for row, entry in insights.items()}, complain)


def _inner_models(
    models: Mapping[Regime | None, PortfolioConstructionModel] | None, possible: Iterable[Regime]
) -> tuple[dict[Regime, InnerModel], InnerModel | None]:
    if models is None:
        return {}, None
    if not isinstance(models, Mapping) or not models:
        raise InvalidSetting("models", "must map regimes to portfolio construction models", models)
    named = by_regime("models", {regime: model for regime, model in models.items() if regime is not None}, InnerModel)
    default = InnerModel("models[None]", models[None]) if None in models else None
    missing = [regime.name for regime in possible if regime not in named]
    if missing and default is None:
        raise InvalidSetting(
            "models", f"must name a model for {', '.join(missing)}, or one for None", sorted(r.name for r in named)
        )
    return named, default
