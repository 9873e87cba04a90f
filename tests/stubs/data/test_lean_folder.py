from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from lean_stubs.common import DataNormalizationMode, Resolution
from lean_stubs.data.factor_file import FactorFile
from lean_stubs.data.lean_folder import LeanFolder
from lean_stubs.data.map_file import MapFile
from lean_stubs.data.source import DataProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "equity" / "usa" / "daily").mkdir(parents=True)
    return tmp_path


def write(folder: Path, ticker: str, text: str) -> None:
    with zipfile.ZipFile(folder / "equity" / "usa" / "daily" / f"{ticker}.zip", "w") as archive:
        archive.writestr(f"{ticker}.csv", text)


def test_daily_file(folder: Path) -> None:
    write(folder, "spy", "20190102 00:00,2459800,2510000,2459500,2501800,126925200\n20190103 00:00,2483100,1,1,2443700,9\n")
    bars = LeanFolder(folder).raw_bars("SPY", "usa", Resolution.DAILY, date(2019, 1, 2), date(2019, 1, 2))
    assert bars is not None
    assert (bars.starts, bars.opens, bars.closes, bars.volumes) == ([datetime(2019, 1, 2)], [2459800], [2501800], [126925200])


def test_absent_file_is_no_bars(folder: Path) -> None:
    source = LeanFolder(folder)
    assert source.raw_bars("QQQ", "usa", Resolution.DAILY, date(2019, 1, 2), date(2019, 1, 2)) is None
    assert not source.knows("QQQ", "usa")


def test_a_line_in_another_format_names_the_file(folder: Path) -> None:
    write(folder, "spy", "2019-01-02,1,2,3\n")
    with pytest.raises(DataProblem, match=r"spy\.zip is not in LEAN's format"):
        LeanFolder(folder).raw_bars("SPY", "usa", Resolution.DAILY, date(2019, 1, 2), date(2019, 1, 2))


def test_a_damaged_archive_names_the_file(folder: Path) -> None:
    (folder / "equity" / "usa" / "daily" / "spy.zip").write_bytes(b"no zip")
    with pytest.raises(DataProblem, match=r"cannot read .*spy\.zip"):
        LeanFolder(folder).raw_bars("SPY", "usa", Resolution.DAILY, date(2019, 1, 2), date(2019, 1, 2))


def test_folders_without_data_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match="data folder not found"):
        LeanFolder(tmp_path / "none")
    with pytest.raises(DataProblem, match="no folder equity/"):
        LeanFolder(tmp_path)


def test_map_file_names_tickers_through_time() -> None:
    names = MapFile.parse("19990310,qqq,Q\n20041130,qqq,Q\n20110322,qqqq,Q\n20501231,qqq,Q\n")
    assert names.ticker_on(date(2004, 11, 30)) == "QQQ"
    assert names.ticker_on(date(2004, 12, 1)) == "QQQQ"
    assert [ticker for ticker, _, _ in names.segments()] == ["QQQ", "QQQQ", "QQQ"]
    assert not names.has_data(date(1999, 3, 9))


def test_factor_file_tells_events_of_the_next_trading_day() -> None:
    factors = FactorFile.parse("20140507,0.9294,0.1428572,592.33\n20140606,0.9347,0.1428572,645.57\n20501231,1,1,0\n")
    split, close = factors.split_after(date(2014, 6, 6)) or (0, 0)
    assert (float(split), float(close)) == (0.1428572, 645.57)
    ratio, _ = factors.dividend_after(date(2014, 5, 7)) or (0, 0)
    assert float(ratio) == pytest.approx(0.9294 / 0.9347)
    assert factors.split_after(date(2014, 5, 7)) is None
    assert float(factors.factor(date(2014, 5, 1), DataNormalizationMode.SPLIT_ADJUSTED)) == 0.1428572
    assert float(factors.factor(date(2014, 6, 9), DataNormalizationMode.ADJUSTED)) == 1
