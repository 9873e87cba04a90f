from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from regime_framework.reporting import format_table, read_result, report_html, summarize
from regime_framework.reporting.detection import Detection, detection_html, detection_png, detection_text
from regime_framework.reporting.panels import Line, Panel, log_ticks
from tests.reporting.folders import DAYS, stub_folder, write_csv


class Page(HTMLParser):
    """Elements by tag, and whether they close as they opened."""

    void = frozenset({"meta", "line", "path", "rect", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_table_by_eye(tmp_path: Path) -> None:
    text = format_table(summarize(read_result(stub_folder(tmp_path))))
    lines = {line.partition("  ")[0]: line.split() for line in text.splitlines() if line}
    assert lines["Total return"][-2:] == ["-23.0%", "-40.0%"]
    assert lines["Maximum drawdown"][-2:] == ["-31.4%", "-51.0%"]
    assert lines["Trades"][-2:] == ["2", "-"]
    assert lines["Fees"][-2:] == ["2.50", "-"]
    assert lines["Bull"][1:4] == ["5", "50%", "2"]
    assert "S&P 500" in text
    assert "Trainings: 2" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("SPY")) <= 100


def test_the_page_is_whole_and_loads_nothing(tmp_path: Path) -> None:
    text = report_html(summarize(read_result(stub_folder(tmp_path))))
    page = Page(text)
    assert page.open == []
    assert not [value for _, name, value in page.attributes if name in {"src", "href", "srcset", "data-src"}]
    assert not re.search(r"url\(|@import|https?://", text)
    assert "<h1>Rotation &lt;3</h1>" in text
    titles = [value for tag, name, value in page.attributes if (tag, name) == ("svg", "aria-label")]
    assert titles == [
        "Market price under its regimes",
        "Filtered probability of each regime",
        "Account against buy and hold",
        "Drawdown",
        "Exposure",
    ]
    assert "nan" not in " ".join(value for _, name, value in page.attributes if name in {"d", "x", "y", "width"})


def test_the_cross_hair_reads_what_is_drawn(tmp_path: Path) -> None:
    text = report_html(summarize(read_result(stub_folder(tmp_path))))
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert found is not None
    data = json.loads(found[1])
    assert len(data["days"]) == len(DAYS)
    assert all(len(one["values"]) == len(DAYS) for panel in data["panels"] for one in panel)
    names = [[one["name"] for one in panel] for panel in data["panels"]]
    assert names[1] == ["Bull", "Bear"]
    assert data["panels"][1][1]["values"] == [0.1] * 4 + [0.9] * 5 + [0.1]


def test_names_from_a_result_cannot_write_the_page(tmp_path: Path) -> None:
    folder = stub_folder(tmp_path)
    evil = "</script><script>alert(1)</script>"
    about = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
    about.update(name=evil, error=evil, statistics={evil: evil}, runtime_statistics={f"Regime {evil}": evil})
    (folder / "statistics.json").write_text(json.dumps(about), encoding="utf-8")
    rows = [(chart, series, day, 0.0) for day in DAYS for chart, series in (("Regime", "State"), ("Regime probability", evil))]
    write_csv(folder / "charts.csv", ("chart", "series", "time", "value"), rows)
    assert "alert(1)</script>" not in report_html(summarize(read_result(folder)))


def test_a_run_that_failed_says_so(tmp_path: Path) -> None:
    folder = stub_folder(tmp_path)
    about = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
    (folder / "statistics.json").write_text(json.dumps(about | {"error": "KeyError: 'SPY'"}), encoding="utf-8")
    assert "ended early with an error: KeyError: 'SPY'" in format_table(summarize(read_result(folder)))


@pytest.mark.parametrize(("low", "high"), [(0.8, 1.3), (90.0, 3000.0), (1e-3, 1e6), (100.0, 100.1)])
def test_log_axes_have_a_few_round_labels(low: float, high: float) -> None:
    ticks = log_ticks(low, high)
    assert 3 <= len(ticks) <= 14
    assert all(low * (1 - 1e-9) <= tick <= high * (1 + 1e-9) for tick in ticks)


def test_a_gap_in_a_line_lifts_the_pen() -> None:
    times = np.datetime64("2020-01-01", "s") + np.arange(5) * np.timedelta64(86_400, "s")
    html = Panel("Gap", times, [Line("a", np.array([1.0, 2.0, np.nan, 2.0, 1.0]), "#000")]).html()
    path = re.search(r' d="([^"]*)"', html)
    assert path is not None
    assert path[1].count("M") == 2
    assert path[1].count("L") == 2


@pytest.fixture
def detection() -> Detection:
    times = np.datetime64("2020-01-01T21:00:00", "s") + np.arange(6) * np.timedelta64(86_400, "s")
    bear = np.array([np.nan, 0.1, 0.2, 0.9, 0.95, 0.3])
    closes = np.array([100.0, 101.0, 102.0, 90.0, 80.0, 85.0])
    return Detection("SPX", times, closes, np.array([-1, 0, 0, 1, 1, 1]), ("Bull", "Bear"), np.column_stack([1 - bear, bear]))


def test_detected_regimes_as_text_and_page(detection: Detection) -> None:
    text = detection_text(detection)
    assert "Now: Bear since 2020-01-04, p = 0.30" in text
    assert "Regime switches: 1" in text
    page = Page(detection_html(detection))
    assert page.open == []
    assert "Regimes of SPX" in page.texts


def test_detected_regimes_as_a_picture(detection: Detection, tmp_path: Path) -> None:
    image = pytest.importorskip("matplotlib.image")
    detection_png(detection, tmp_path / "spx.png")
    pixels = image.imread(tmp_path / "spx.png")
    # The two bands are there, mixed with white.
    colors = {tuple(color) for color in np.round(pixels[::3, ::3, :3].reshape(-1, 3) * 255).astype(int).tolist()}
    assert any(abs(r - 202) < 4 and abs(g - 226) < 4 and abs(b - 231) < 4 for r, g, b in colors)
    assert any(abs(r - 245) < 4 and abs(g - 215) < 4 and abs(b - 203) < 4 for r, g, b in colors)
