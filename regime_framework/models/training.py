"""Many windows in one call: on all cores, each row on its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regime_framework._typing import FloatArray, Observations
from regime_framework.config import RegimeConfig
from regime_framework.errors import FitError, InvalidSetting
from regime_framework.models.em import GaussianRegimeHMM, fit_em
from regime_framework.models.em_start import EmParameters
from regime_framework.models.grid import GridRegimeModel, fit_grids
from regime_framework.models.model import RegimeModel, split_observations
from regime_framework.models.reference import HmmlearnRegimeModel
from regime_framework.models.windows import LEAST_BARS, LEAST_SPREAD, FitFailure, checked_window

__all__ = ["fit_many", "train_many"]


def train_many(
    returns: FloatArray,
    config: RegimeConfig,
    *,
    variances: FloatArray | None = None,
    max_workers: int | None = None,
    starts: Sequence[EmParameters | None] | None = None,
    earlier: Sequence[RegimeModel | None] | None = None,
) -> list[RegimeModel | FitFailure]:
    """Train one model a row; a row's result depends on that row only, to the last bit.

    Parameters
    ----------
    returns : ndarray, shape (S, T)
    config : RegimeConfig
    variances : ndarray, shape (S, T), optional
        Range-based variances; a row with a NaN is taken as closes only when `config.observation` is "auto".
    max_workers : int, optional
        Threads; all cores by default.
    starts : sequence of EmParameters or None, optional
        Where EM starts, by row.
    earlier : sequence of RegimeModel or None, optional
        For ``lookback=None`` and the grid: each row's model of fewer bars, None for a first one. Training goes on where
        that one ended, which it can do once, and the new models keep where theirs did (20 KB to 600 KB each, by states and
        input). The result is the same without.

    Raises
    ------
    InvalidSetting
        If shapes do not agree; what is wrong with a single row comes back as that row's result.

    Returns
    -------
    list of RegimeModel or FitFailure
        Where EM leaves a state without days, the model has fewer states than asked for and says "degenerate".
    """
    returns = np.ascontiguousarray(returns, dtype=np.float64)
    if returns.ndim != 2:
        raise InvalidSetting("returns", "must have shape (S, T)", returns.shape)
    if variances is not None and np.shape(variances) != returns.shape:
        raise InvalidSetting("variances", f"must have the shape of returns {returns.shape}", np.shape(variances))
    if max_workers is not None and max_workers < 1:
        raise InvalidSetting("max_workers", "must be at least 1", max_workers)
    n_rows = returns.shape[0]
    results: list[RegimeModel | FitFailure] = [FitFailure("not trained", "")] * n_rows
    is_grid = config.estimator == "grid"
    ranged = np.zeros(n_rows, dtype=bool)
    if variances is not None and config.observation != "close" and is_grid:
        ranged = ~np.isnan(variances).any(axis=1)
    # What a quick look at all of them finds nothing wrong with.
    plain = _plain(returns)
    by_closes: list[int] = []
    by_ranges: list[int] = []
    for row in range(n_rows):
        own = variances[row] if variances is not None and ranged[row] else None
        if own is None and config.observation == "range" and is_grid:
            failure: FitFailure | None = FitFailure("no range", "observation='range' needs whole bars over the whole window")
        else:
            failure = None if plain[row] and own is None else checked_window(returns[row], own)
        if failure is None:
            (by_closes if own is None else by_ranges).append(row)
        else:
            results[row] = failure
    for rows, ranges in ((by_closes, None), (by_ranges, variances)):
        if rows:
            some = None if starts is None else [starts[row] for row in rows]
            before = None if earlier is None else [earlier[row] for row in rows]
            trained = _train(returns[rows], None if ranges is None else ranges[rows], config, max_workers, some, before)
            for row, model in zip(rows, trained, strict=True):
                results[row] = model
    return results


def _plain(returns: FloatArray) -> list[bool]:
    """Which windows (S, T) pass :func:`checked_window` as closes: long enough, finite, not constant."""
    if returns.shape[1] < LEAST_BARS:
        return [False] * returns.shape[0]
    spread = returns.max(axis=1) - returns.min(axis=1)  # not finite where a return is not
    return list(((spread > LEAST_SPREAD) & (spread < np.inf)).tolist())


def _train(
    returns: FloatArray,
    variances: FloatArray | None,
    config: RegimeConfig,
    max_workers: int | None,
    starts: list[EmParameters | None] | None,
    earlier: list[RegimeModel | None] | None,
) -> list[RegimeModel | FitFailure]:
    n_rows = returns.shape[0]
    if config.estimator == "grid":
        expanding = config.lookback is None
        grids = [
            GridRegimeModel(config.n_states, emission=config.emission, prior="measured", expanding=expanding) for _ in range(n_rows)
        ]
        passes = None
        if expanding and earlier is not None:
            passes = [before.hand_on() if isinstance(before, GridRegimeModel) else None for before in earlier]
        fit_grids(grids, returns, variances, max_workers=max_workers, earlier=passes)
        return list(grids)
    return _train_em(returns, config, config.n_states, max_workers, starts or [None] * n_rows)


def _train_em(
    returns: FloatArray, config: RegimeConfig, n_states: int, max_workers: int | None, starts: list[EmParameters | None]
) -> list[RegimeModel | FitFailure]:
    kind = GaussianRegimeHMM if config.estimator == "em" else HmmlearnRegimeModel
    n_rows = returns.shape[0]
    models = [kind(n_states, persistence=config.persistence, n_iter=config.n_iter, tol=config.tol) for _ in range(n_rows)]
    messages: list[str | None] = [None] * n_rows
    if config.estimator == "em":
        messages = fit_em(models, returns[:, :, None], starts, max_workers=max_workers)
    else:
        # One by one: hmmlearn holds the GIL, so threads only make it slower.
        for row in range(n_rows):
            try:
                models[row].fit(returns[row], start=starts[row])
            except FitError as error:
                messages[row] = str(error)
    results: list[RegimeModel | FitFailure] = [
        model if message is None else FitFailure("degenerate", message) for model, message in zip(models, messages, strict=True)
    ]
    refused = [row for row, message in enumerate(messages) if message is not None]
    if refused and n_states > 2:
        # A window that shows fewer regimes than were asked for gets a model of those it shows.
        for row, model in zip(
            refused, _train_em(returns[refused], config, n_states - 1, max_workers, [None] * len(refused)), strict=True
        ):
            if not isinstance(model, FitFailure):
                model.status_ = "degenerate"
            results[row] = model
    return results


def fit_many(
    X: Sequence[Observations] | FloatArray,  # noqa: N803
    config: RegimeConfig,
    *,
    starts: Sequence[EmParameters | None] | None = None,
    max_workers: int | None = None,
) -> list[RegimeModel]:
    """Fitted models of many windows, trained together.

    Parameters
    ----------
    X : sequence of ndarray, or ndarray of shape (S, T, D)
        Each a window of log returns (T,) or (T, 1), or of log bars (T, 4).
    config : RegimeConfig
    starts : sequence of EmParameters or None, optional
    max_workers : int, optional

    Raises
    ------
    FitError
        If a window allows no model; names the window.
    """
    windows = [split_observations(x) for x in X]
    if starts is not None and len(starts) != len(windows):
        raise InvalidSetting("starts", f"must hold one entry a window ({len(windows)})", len(starts))
    results: list[RegimeModel | None] = [None] * len(windows)
    groups: dict[tuple[int, bool], list[int]] = {}
    for i, (returns, variances, _) in enumerate(windows):
        groups.setdefault((returns.shape[0], variances is not None), []).append(i)
    for (_, whole), members in groups.items():
        returns = np.array([windows[i][0] for i in members])
        variances = np.array([windows[i][1] for i in members]) if whole else None
        some = None if starts is None else [starts[i] for i in members]
        trained = train_many(returns, config, variances=variances, max_workers=max_workers, starts=some)
        for i, model in zip(members, trained, strict=True):
            if isinstance(model, FitFailure):
                raise FitError(f"window {i}: {model.message}")
            results[i] = model
    return [model for model in results if model is not None]
