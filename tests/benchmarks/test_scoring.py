import numpy as np
import pytest

from benchmarks.scoring import (
    Estimate,
    balanced_accuracy,
    block_bootstrap,
    bootstrap_over_series,
    false_switches_a_year,
    maximum_drawdown,
    reported_states,
    sharpe_ratio,
    switches_a_year,
)


def test_balanced_accuracy_averages_recalls_over_states_not_days():
    states = np.array([[0, 0, 0, 0, 0, 0, 0, 0, 1, 1]])
    labels = np.array([[0, 0, 0, 0, 0, 0, 0, 0, 0, 1]])
    assert balanced_accuracy(labels, states, 2).value == pytest.approx((1.0 + 0.5) / 2)


def test_balanced_accuracy_leaves_out_series_that_lack_a_state():
    states = np.array([[0, 0, 1, 1], [0, 0, 0, 0]])
    labels = np.array([[0, 1, 1, 1], [0, 0, 0, 1]])
    assert balanced_accuracy(labels, states, 2).value == pytest.approx(((0.5 + 0.75) / 2 + 1.0) / 2)


def test_labels_are_taken_as_they_are():
    states = np.array([[0, 0, 1, 1]])
    assert balanced_accuracy(1 - states, states, 2).value == 0.0


def test_one_series_has_no_standard_error():
    assert np.isnan(balanced_accuracy(np.zeros((1, 3), int), np.zeros((1, 3), int), 1).error)


def test_bootstrap_error_of_a_mean_is_its_textbook_error():
    values = np.random.default_rng(3).standard_normal(200)
    error = bootstrap_over_series(lambda chosen: float(values[chosen].mean()), 200).error
    assert error == pytest.approx(values.std() / np.sqrt(200), rel=0.15)


def test_block_bootstrap_of_independent_days_is_the_textbook_error():
    days = np.random.default_rng(4).standard_normal(4000)
    error = block_bootstrap(lambda x: float(x.mean()), days, mean_block=10).error
    assert error == pytest.approx(1 / np.sqrt(4000), rel=0.2)


def test_block_bootstrap_sees_that_days_hang_together():
    shocks = np.random.default_rng(5).standard_normal(4000)
    days = np.convolve(shocks, np.ones(20) / 20, mode="valid")
    blocks = block_bootstrap(lambda x: float(x.mean()), days, mean_block=100).error
    apart = block_bootstrap(lambda x: float(x.mean()), days, mean_block=1).error
    assert blocks > 3 * apart


def test_a_state_is_reported_once_its_probability_passes_the_threshold():
    calm = np.array([0.6, 0.3, 0.15, 0.4, 0.7, 0.85])
    probabilities = np.column_stack([calm, 1 - calm])
    assert reported_states(probabilities, 0.8).tolist() == [0, 0, 1, 1, 1, 0]
    assert reported_states(probabilities).tolist() == [0, 1, 1, 1, 0, 0]


def test_reported_states_of_many_series_are_those_of_each():
    probabilities = np.random.default_rng(6).dirichlet([0.4, 0.4, 0.4], (5, 50))
    together = reported_states(probabilities, 0.8)
    assert all((together[i] == reported_states(probabilities[i], 0.8)).all() for i in range(5))


def test_switches_are_counted_a_year():
    labels = np.zeros((2, 252), int)
    labels[0, 100:110] = 1
    assert switches_a_year(labels).value == 1.0


def test_a_switch_is_false_unless_the_truth_entered_that_state_lately():
    states = np.zeros((1, 252), int)
    states[0, 100:] = 1
    late, early, much_later = (np.zeros((1, 252), int) for _ in range(3))
    late[0, 110:], early[0, 95:], much_later[0, 140:] = 1, 1, 1
    assert [false_switches_a_year(labels, states).value for labels in (late, early, much_later)] == [0.0, 1.0, 1.0]


def test_sharpe_and_drawdown_of_known_paths():
    assert sharpe_ratio([0.01, -0.01]) == 0.0
    assert sharpe_ratio(np.zeros(5)) == 0.0
    assert sharpe_ratio([0.02, 0.0]) == pytest.approx(np.sqrt(252))
    assert maximum_drawdown([0.1, -0.5, 0.2]) == pytest.approx(0.5)
    assert maximum_drawdown([-0.2, 0.3]) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("estimate", "text"),
    [(Estimate(0.915, 0.0091), ".915 (.009)"), (Estimate(1.5, 0.25), "1.500 (.250)"), (Estimate(-0.25, float("nan")), "-.250")],
)
def test_text_of_an_estimate(estimate, text):
    assert estimate.text() == text
