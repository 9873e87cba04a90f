"""``detect``: the regime of every day of a price file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from regime_framework.cli.prices import Prices, read_prices
from regime_framework.cli.progress import progress
from regime_framework.config import RegimeConfig
from regime_framework.errors import InvalidSetting, NotEnoughData
from regime_framework.regimes import Regime, RegimeEstimate
from regime_framework.reporting.detection import Detection, detection_html, detection_png, detection_text
from regime_framework.service import RegimeService

__all__ = ["detect_file"]

_TABLES = (".csv", ".parquet")
_PICTURES = (".html", ".png")


def detect_file(
    file: Path,
    config: RegimeConfig,
    *,
    table: Path | None,
    picture: Path | None,
    column: str | None,
    date_format: str | None,
) -> str:
    """Walk through a file bar by bar, write table and picture, and return what to print.

    Raises
    ------
    BadPrices
        If the file cannot be used.
    InvalidSetting
        If the endings of `table` or `picture` are not known.
    NotEnoughData
        If the file has fewer bars than the first training needs.
    """
    table, picture = table or Path(f"{file.stem}-regimes.csv"), picture or Path(f"{file.stem}-regimes.html")
    for name, path, endings in (("table", table, _TABLES), ("picture", picture, _PICTURES)):
        if path.suffix.lower() not in endings:
            raise InvalidSetting(name, f"must end in {' or '.join(endings)}", str(path))
    prices = read_prices(file, column=column, date_format=date_format)
    service = RegimeService(config)
    estimates = _walk(service, prices)
    if all(estimate is None for estimate in estimates):
        raise NotEnoughData(_why(service, prices, config))
    frame = _frame(prices, estimates, config.n_states)
    _write(frame, table)
    names = tuple(str(regime) for regime in Regime.of_states(config.n_states))
    detection = Detection(
        prices.symbol,
        np.array([at.replace(tzinfo=None) for at in prices.times], dtype="datetime64[s]"),
        prices.closes,
        np.array([-1 if estimate is None else estimate.state for estimate in estimates], dtype=np.int64),
        names,
        np.array([np.full(config.n_states, np.nan) if estimate is None else estimate.probabilities for estimate in estimates]),
    )
    picture.parent.mkdir(parents=True, exist_ok=True)
    if picture.suffix.lower() == ".png":
        detection_png(detection, picture)
    else:
        picture.write_text(detection_html(detection), encoding="utf-8")
    rejected = sum(service.statistics.bars_rejected.values())
    remark = f"\n{rejected} bars were rejected: {dict(service.statistics.bars_rejected)}" if rejected else ""
    return f"{detection_text(detection)}{remark}\n\nTable: {table}\nPicture: {picture}"


def _walk(service: RegimeService, prices: Prices) -> list[RegimeEstimate | None]:
    service.add(prices.symbol)
    found = []
    for i in progress(range(len(prices.times)), total=len(prices.times), label=f"Detecting {prices.symbol}"):
        service.update(prices.times[i], {prices.symbol: prices.bar(i)})
        found.append(service.estimate(prices.symbol) if service.is_ready(prices.symbol) else None)
    return found


def _why(service: RegimeService, prices: Prices, config: RegimeConfig) -> str:
    reasons = service.statistics.failures.get(prices.symbol)
    if reasons:
        return f"no model could be trained: {', '.join(reasons)}"
    return f"{prices.symbol} has {len(prices.times)} bars, {config.min_bars + 1} are needed before the first training"


def _frame(prices: Prices, estimates: Sequence[RegimeEstimate | None], n_states: int) -> pd.DataFrame:
    names = [f"p_{str(regime).lower()}" for regime in Regime.of_states(n_states)]
    rows = [
        {
            "date": at.date(),
            "close": close,
            "regime": str(estimate.regime),
            "state": estimate.state,
            "confidence": estimate.confidence,
            **dict(zip(names, estimate.probabilities.tolist(), strict=True)),
            "expected_return": estimate.expected_return,
            "volatility": estimate.volatility,
            "changed": estimate.changed,
            "trained_at": estimate.trained_at,
        }
        for at, close, estimate in zip(prices.times, prices.closes.tolist(), estimates, strict=True)
        if estimate is not None
    ]
    return pd.DataFrame(rows)


def _write(frame: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".parquet":
        frame.to_parquet(path, index=False)
    else:
        frame.to_csv(path, index=False)
