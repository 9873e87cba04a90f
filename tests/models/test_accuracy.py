"""Accuracy on simulated regimes with fixed seeds: bars from the replication of published results, with a margin."""

import numpy as np
import pytest

from benchmarks.worlds import Paths, hardy2, hardy3
from regime_framework.config import RegimeConfig
from regime_framework.models import train_many

WARM_UP, REFIT = 500, 63


def balanced_accuracy(labels, states, n_states):
    """Mean over states of the recall averaged over the series in which the state occurs."""
    recalls = []
    for k in range(n_states):
        occurs = (states == k).any(axis=1)
        hits = ((labels == k) & (states == k)).sum(axis=1)[occurs] / (states == k).sum(axis=1)[occurs]
        recalls.append(hits.mean())
    return float(np.mean(recalls))


def online(paths, config):
    """Filtered probabilities (S, T - 500, K) with an expanding window and a new model every 63 days."""
    n_series, n_days = paths.returns.shape
    beliefs = np.empty((n_series, n_days - WARM_UP, config.n_states))
    for refit in range(WARM_UP, n_days, REFIT):
        until = min(refit + REFIT, n_days)
        for s, model in enumerate(train_many(paths.returns[:, :refit], config)):
            path = model.filter(paths.returns[s, :until])[refit:]
            beliefs[s, refit - WARM_UP : until - WARM_UP, : model.n_states] = path
    return beliefs


def reported(beliefs, threshold=0.8):
    """A new regime is taken over once its probability passes the threshold."""
    labels = np.empty(beliefs.shape[:2], dtype=np.int64)
    labels[:, 0] = beliefs[:, 0].argmax(axis=1)
    for t in range(1, beliefs.shape[1]):
        best = beliefs[:, t].argmax(axis=1)
        sure = beliefs[:, t].max(axis=1) > threshold
        labels[:, t] = np.where(sure, best, labels[:, t - 1])
    return labels


def switches_a_year(labels):
    return (np.diff(labels, axis=1) != 0).sum() / labels.size * 252


@pytest.mark.slow
def test_two_regimes_online():
    paths = hardy2().simulate(24, WARM_UP + 1260, 77)
    beliefs = online(paths, RegimeConfig(2))
    states = paths.states[:, WARM_UP:]
    # Research: .946 (standard error .004) with refits every 21 days; the filter with the true parameters has .943.
    assert balanced_accuracy(beliefs.argmax(axis=2), states, 2) > 0.91
    assert balanced_accuracy(reported(beliefs), states, 2) > 0.90
    assert switches_a_year(reported(beliefs)) < 1.4


@pytest.mark.slow
def test_three_regimes_online_beat_expectation_maximisation():
    paths = hardy3().simulate(16, WARM_UP + 1260, 78)
    states = paths.states[:, WARM_UP:]
    grid = balanced_accuracy(online(paths, RegimeConfig(3)).argmax(axis=2), states, 3)
    # Research: .792 (standard error .015), EM .619 (.026).
    assert grid > 0.72


@pytest.mark.slow
def test_noise_without_regimes_is_left_alone():
    returns = np.random.default_rng(79).standard_normal((96, WARM_UP + 1260)) * 0.01
    paths = Paths(returns, np.zeros(returns.shape, np.int64))
    # Measured over three seeds of 32 series: .22 a year, standard error .03.
    assert switches_a_year(reported(online(paths, RegimeConfig(2)))) <= 0.3


def test_three_regimes_seen_whole():
    paths = hardy3().simulate(60, 1000, 80)
    labels = np.array(
        [
            model.smooth_for_charts(x).argmax(axis=1)
            for model, x in zip(train_many(paths.returns, RegimeConfig(3)), paths.returns, strict=True)
        ]
    )
    # The replication's acceptance bar: published jump models .74 to .75.
    assert balanced_accuracy(labels, paths.states, 3) >= 0.75
