"""What a trained model depends on, as a cache key."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Final

from regime_framework.config import RegimeConfig
from regime_framework.service.cross_section import CrossSection
from regime_framework.service.windows import Window

__all__ = ["ModelKey", "market_key", "model_key"]

# Part of every key: raised when the same window and config would give another model, so that a kept store is not misread.
_GENERATION: Final = 3


@dataclass(frozen=True)
class ModelKey:
    """Symbol, every config field, training period and a fingerprint of all bytes of the window.

    Parameters
    ----------
    symbol : str
    config : RegimeConfig
    first, last : int
        End of the window's first and last bar, in microseconds since 1970.
    window : str
        blake2b of all bytes of the window.
    """

    symbol: str
    config: RegimeConfig
    first: int
    last: int
    window: str
    generation: int = field(default=_GENERATION, repr=False)

    def __hash__(self) -> int:
        return hash((self.window, self.symbol, self.last))

    @cached_property
    def text(self) -> str:
        """The whole key as 40 hex digits: a safe file name, and `RegimeEstimate.fingerprint`."""
        settings = (self.symbol, astuple(self.config), self.first, self.last, self.window, self.generation)
        return blake2b(repr(settings).encode(), digest_size=20).hexdigest()


def model_key(symbol: str, config: RegimeConfig, window: Window) -> ModelKey:
    """The key of a model trained on this window."""
    digest = blake2b(window.returns.tobytes(), digest_size=20)
    if window.variances is not None:
        digest.update(b"range")
        digest.update(window.variances.tobytes())
    return ModelKey(symbol, config, window.first, window.last, digest.hexdigest())


def market_key(symbol: str, config: RegimeConfig, section: CrossSection) -> ModelKey:
    """The key of a market model: names and all window bytes of its members."""
    digest = blake2b(repr(("market", section.members, section.returns.shape)).encode(), digest_size=20)
    digest.update(section.returns.tobytes())
    if section.variances is not None:
        digest.update(b"range")
        digest.update(section.variances.tobytes())
    return ModelKey(symbol, config, section.first, section.last, digest.hexdigest())
