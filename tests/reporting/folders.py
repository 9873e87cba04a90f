"""Result folders to read: what lean-stubs and LEAN write, small."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

# Ten days; the market falls by half, the account halves its holdings in time.
DAYS = tuple(f"2020-01-{day:02d}T21:00:00Z" for day in range(1, 11))
MARKET = (100.0, 101.0, 102.0, 101.0, 90.0, 80.0, 60.0, 50.0, 55.0, 60.0)
EQUITY = (1000.0, 1010.0, 1020.0, 1010.0, 900.0, 850.0, 750.0, 700.0, 735.0, 770.0)
STATES = (0, 0, 0, 0, 1, 1, 1, 1, 1, 0)
EPOCH = 1_577_912_400  # the first day


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def stub_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(day, equity, price, equity / 2) for day, equity, price in zip(DAYS, EQUITY, MARKET, strict=True)]
    write_csv(folder / "equity.csv", ("time", "equity", "benchmark", "holdings"), rows)
    orders = [(DAYS[0], 1, "SPY", "Filled", 5, 100.0, 500.0, 1.0), (DAYS[4], 2, "SPY", "Invalid", 9, 0.0, 0.0, 0.0)]
    orders += [(DAYS[4], 3, "SPY", "Filled", -2, 90.0, -180.0, 1.5)]
    write_csv(folder / "orders.csv", ("time", "id", "ticker", "status", "quantity", "price", "value", "fee"), orders)
    charts: list[tuple[object, ...]] = []
    for day, price, state in zip(DAYS, MARKET, STATES, strict=True):
        charts += [("Regime", "Close", day, price), ("Regime", "State", day, state)]
        charts += [("Regime probability", "Bear", day, 0.1 + 0.8 * state), ("Regime probability", "Bull", day, 0.9 - 0.8 * state)]
    charts += [("Strategy Equity", "Equity", DAYS[0], "")]
    write_csv(folder / "charts.csv", ("chart", "series", "time", "value"), charts)
    about = {
        "name": "Rotation <3",
        "data": "index",
        "statistics": {"Total Orders": "3"},
        "runtime_statistics": {
            "Market regime": "Bull",
            "Regime probability": "97%",
            "Regime trainings": "2",
            "Regime seconds": "regime_update 0.2, training 0.1",
        },
    }
    (folder / "statistics.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def lean_result(*, pascal: bool = False, points_as_objects: bool = False) -> dict[str, object]:
    def line(values: Sequence[float]) -> dict[str, object]:
        points = [[EPOCH + 86_400 * i, value] for i, value in enumerate(values)]
        shown = [{"x": at, "y": value} for at, value in points] if points_as_objects else points
        return {key("name"): "any", key("values"): shown}

    def key(name: str) -> str:
        return name[0].upper() + name[1:] if pascal else name

    def chart(**series: Sequence[float]) -> dict[str, object]:
        return {key("series"): {name.replace("_", " "): line(values) for name, values in series.items()}}

    candles = [[EPOCH + 86_400 * i, value, value + 1, value - 1, value] for i, value in enumerate(EQUITY)]
    equity = chart(Equity=EQUITY)
    if not points_as_objects:
        equity = {key("series"): {"Equity": {key("values"): candles}}}
    return {
        key("charts"): {
            "Strategy Equity": equity,
            "Benchmark": chart(Benchmark=MARKET),
            "Exposure": chart(Long=[0.5] * 10, Short=[-0.1] * 10),
            "Regime": chart(Close=MARKET, State=STATES),
            "Regime probability": chart(Bear=[0.1 + 0.8 * s for s in STATES], Bull=[0.9 - 0.8 * s for s in STATES]),
        },
        key("orders"): {
            "1": {key("quantity"): 5, key("price"): 100.0, key("status"): 3},
            "2": {key("quantity"): 9, key("price"): 0.0, key("status"): 7},
            "3": {key("quantity"): -2, key("price"): 90.0, key("status"): "filled"},
        },
        key("statistics"): {"Total Fees": "$2.50", "Total Orders": "3"},
        key("runtimeStatistics"): {"Regime trainings": "2", "Equity": "$770"},
    }
