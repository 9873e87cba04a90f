import numpy as np

from regime_framework.models.elementary import exp_in_place, log_in_place


def test_exponential_within_two_units_in_the_last_place():
    x = np.concatenate([-np.geomspace(1e-12, 699, 4001), [0.0, 1.0, 20.0]])
    got = x.copy()
    exp_in_place(got, x.size, np.empty(x.size))
    assert np.abs(got / np.exp(x) - 1).max() < 2 * np.finfo(float).eps


def test_exponential_of_the_lost_is_tiny_and_positive():
    x = np.array([-1e6, -701.0])
    exp_in_place(x, 2, np.empty(2))
    assert ((x > 0) & (x < 1e-300)).all()


def test_logarithm_within_two_units_in_the_last_place():
    x = np.concatenate([np.geomspace(1e-300, 1e300, 5000), 1 + np.linspace(-0.3, 0.3, 999), [1.0]])
    got = x.copy()
    log_in_place(got, x.size, np.empty(x.size))
    exact = np.log(x)
    assert np.abs(got - exact).max() <= 2 * np.spacing(np.abs(exact)).max()
    assert got[-1] == 0.0


def test_bits_do_not_depend_on_the_place_in_the_array():
    rng = np.random.default_rng(1)
    x = -rng.exponential(20, 333)
    whole, single = x.copy(), x.copy()
    exp_in_place(whole, x.size, np.empty(x.size))
    for i in range(x.size):
        exp_in_place(single[i : i + 1], 1, np.empty(1))
    assert (whole == single).all()
