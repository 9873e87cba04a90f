import numpy as np
import pytest

from benchmarks.worlds import hardy2, hardy3


@pytest.fixture(scope="session")
def two_regimes():
    """Daily log returns (S, T) of Hardy's two regimes with their true states (S, T)."""
    return hardy2().simulate(6, 600, 11)


@pytest.fixture(scope="session")
def golden():
    """The series of estimator-research.md's golden numbers, in percent."""
    return hardy3().simulate_from([np.random.default_rng(50003)], 1780).returns[0, 20:1020] * 100
