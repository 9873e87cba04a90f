"""The commands and their options.

What a command needs is imported when it runs: a report does not wait for numba.
"""

# Without `from __future__ import annotations`: old releases of typer read the annotations as they stand.

from pathlib import Path
from typing import Annotated, Optional

import typer

from regime_framework.cli.benching import run_benchmarks
from regime_framework.cli.settings import config_of
from regime_framework.reporting import format_table, read_result, report_html, summarize

__all__ = ["app"]

app = typer.Typer(
    help="Market regimes: find them in prices, train models, read backtests.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

States = Annotated[int, typer.Option(help="Regimes to tell apart, 2 to 5.")]
Lookback = Annotated[Optional[int], typer.Option(help="Bars in the training window.")]  # noqa: UP045
Expanding = Annotated[bool, typer.Option("--expanding", help="Let the training window grow with the data.")]
Retrain = Annotated[Optional[str], typer.Option(help="never, monthly, weekly, daily, or a number of bars.")]  # noqa: UP045
Estimator = Annotated[Optional[str], typer.Option(help="grid, em or hmmlearn.")]  # noqa: UP045
Switch = Annotated[Optional[float], typer.Option(help="Probability that a new regime must pass; 0 is the likeliest.")]  # noqa: UP045
Column = Annotated[Optional[str], typer.Option(help="Column with the closes; by default close, and whole bars if there.")]  # noqa: UP045
DateFormat = Annotated[Optional[str], typer.Option(help="As for strptime, such as %m/%d/%Y; by default ISO 8601.")]  # noqa: UP045


@app.command()
def detect(
    file: Annotated[Path, typer.Argument(help="CSV with dates and closes, or open, high, low, close.")],
    table: Annotated[Optional[Path], typer.Option(help="Regimes by date: .csv or .parquet.")] = None,  # noqa: UP045
    picture: Annotated[Optional[Path], typer.Option(help="Price under its regimes: .html or .png.")] = None,  # noqa: UP045
    states: States = 2,
    lookback: Lookback = None,
    expanding: Expanding = False,
    retrain: Retrain = None,
    estimator: Estimator = None,
    switch_probability: Switch = None,
    column: Column = None,
    date_format: DateFormat = None,
) -> None:
    """Find the regime of every day, from data up to that day only."""
    from regime_framework.cli.detecting import detect_file

    config = config_of(states, lookback, expanding, retrain, estimator, switch_probability)
    print(detect_file(file, config, table=table, picture=picture, column=column, date_format=date_format))


@app.command()
def train(
    files: Annotated[list[Path], typer.Argument(help="CSV files, one symbol each; the file's name is the symbol.")],
    store: Annotated[Path, typer.Option(help="Directory for the trained models.")],
    executor: Annotated[str, typer.Option(help="threads, processes or dask.")] = "threads",
    workers: Annotated[Optional[int], typer.Option(help="How many; by default one a core.")] = None,  # noqa: UP045
    address: Annotated[Optional[str], typer.Option(help="Of a running dask scheduler; by default one is started.")] = None,  # noqa: UP045
    states: States = 2,
    lookback: Lookback = None,
    expanding: Expanding = False,
    retrain: Retrain = None,
    estimator: Estimator = None,
    switch_probability: Switch = None,
    column: Column = None,
    date_format: DateFormat = None,
) -> None:
    """Train one model a file on its last window and keep them in a directory."""
    from regime_framework.cli.training import train_files

    config = config_of(states, lookback, expanding, retrain, estimator, switch_probability)
    print(
        train_files(
            files,
            config,
            store=store,
            executor=executor,
            workers=workers,
            address=address,
            column=column,
            date_format=date_format,
        )
    )


@app.command()
def report(
    result: Annotated[Path, typer.Argument(help="Folder of a lean-stubs or LEAN run, or LEAN's result JSON.")],
    output: Annotated[Optional[Path], typer.Option(help="HTML file; by default report.html beside the result.")] = None,  # noqa: UP045
) -> None:
    """Print a backtest's figures and write its report."""
    summary = summarize(read_result(result))
    target = output or (result if result.is_dir() else result.parent) / "report.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report_html(summary), encoding="utf-8")
    print(f"\n{format_table(summary)}\n\nReport: {target}")


@app.command()
def bench(
    names: Annotated[Optional[list[str]], typer.Argument(help="Only benchmarks whose name holds one of these words.")] = None,  # noqa: UP045
    folder: Annotated[Path, typer.Option(help="Where the bench_*.py files are.")] = Path("benchmarks"),
) -> None:
    """Run the benchmarks of a checkout and print their tables."""
    run_benchmarks(folder, names or [])
