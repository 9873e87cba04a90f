"""How several alphas share the capital."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from regime_framework.errors import InvalidSetting
from regime_framework.lean.mappings import by_regime, finite
from regime_framework.lean.weights import normalised
from regime_framework.regimes import Regime

__all__ = ["SourceShares"]

_OTHERS: Final = "*"


class SourceShares:
    """Share of capital by source model, for every regime or by regime.

    Parameters
    ----------
    sources : mapping of str to float or to mapping of Regime to float
        By name of the source model; "*" stands for all that are not named. In regimes that a mapping leaves out the
        source has no share. Shares that sum to more than one are scaled down.
    """

    def __init__(self, sources: Mapping[str, float | Mapping[Regime, float]]) -> None:
        if not isinstance(sources, Mapping) or not sources:
            raise InvalidSetting("sources", "must map names of source models to weights", sources)
        self._shares: dict[str, float | dict[Regime, float]] = {}
        for name, share in sources.items():
            if not isinstance(name, str):
                raise InvalidSetting("sources", "must be keyed by names of source models", name)
            parameter = f"sources[{name}]"
            by_name = by_regime(parameter, share, finite(0.0)) if isinstance(share, Mapping) else finite(0.0)(parameter, share)
            self._shares[name] = by_name

    @property
    def by_regime(self) -> bool:
        """Whether any share depends on the regime."""
        return any(isinstance(share, dict) for share in self._shares.values())

    def named(self, source: str) -> str | None:
        """The entry that a source model falls under, if any."""
        return source if source in self._shares else _OTHERS if _OTHERS in self._shares else None

    def of(self, regime: Regime | None) -> dict[str, float]:
        """Shares by entry in a regime; None is a regime not known yet."""
        shares = {name: self._share(share, regime) for name, share in self._shares.items()}
        return normalised(shares)

    @staticmethod
    def _share(share: float | dict[Regime, float], regime: Regime | None) -> float:
        if not isinstance(share, dict):
            return share
        return share.get(regime, 0.0) if regime is not None else 0.0
