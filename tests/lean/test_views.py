from datetime import UTC, datetime

import numpy as np

from regime_framework import Regime, RegimeEstimate
from regime_framework.lean.views import ViewBook

DAY = datetime(2019, 3, 1, 21, tzinfo=UTC)


def estimate(regime, confidence=0.9):
    state = Regime.of_states(2).index(regime)
    probabilities = np.array([confidence, 1 - confidence]) if state == 0 else np.array([1 - confidence, confidence])
    return RegimeEstimate("S", DAY, regime, state, probabilities, confidence, 0.0, 0.01, False, 300, DAY, "f")


def judged(book, row, now, renew=frozenset()):
    return list(book.judge([row], {row: now}, renew))


def speak(book, row, now, insight, renew=frozenset()):
    out = judged(book, row, now, renew)
    book.said(row, insight)
    return out


def test_first_regime_is_spoken_about_once():
    book = ViewBook(0.0)
    assert speak(book, "S", estimate(Regime.BULL), "i1") == [("S", None)]
    assert judged(book, "S", estimate(Regime.BULL)) == []


def test_a_change_withdraws_what_was_said_before():
    book = ViewBook(0.0)
    speak(book, "S", estimate(Regime.BULL), "i1")
    assert judged(book, "S", estimate(Regime.BEAR)) == [("S", "i1")]


def test_a_renewal_takes_the_place_of_what_it_renews():
    book = ViewBook(0.0)
    speak(book, "S", estimate(Regime.BULL), "i1")
    assert speak(book, "S", estimate(Regime.BULL), "i2", renew=frozenset("S")) == [("S", "i1")]
    assert judged(book, "S", estimate(Regime.BEAR)) == [("S", "i2")]


def test_an_unsure_regime_waits_until_it_is_sure():
    book = ViewBook(0.8)
    assert judged(book, "S", estimate(Regime.BULL, 0.7)) == []
    assert book.unsure == {"S"}
    assert judged(book, "S", estimate(Regime.BULL, 0.8)) == [("S", None)]
    assert not book.unsure


def test_an_unsure_change_withdraws_what_no_longer_stands():
    book = ViewBook(0.8)
    speak(book, "S", estimate(Regime.BULL), "i1")
    assert judged(book, "S", estimate(Regime.BEAR, 0.6)) == [("S", "i1")]
    assert book.unsure == {"S"}
    assert judged(book, "S", estimate(Regime.BEAR, 0.6)) == []
    assert judged(book, "S", estimate(Regime.BEAR, 0.9)) == [("S", None)]


def test_a_standing_view_is_not_renewed_while_unsure():
    book = ViewBook(0.8)
    speak(book, "S", estimate(Regime.BULL), "i1")
    assert judged(book, "S", estimate(Regime.BULL, 0.6), renew=frozenset("S")) == []
    assert book.unsure == {"S"}


def test_rows_come_sorted_and_forgotten_rows_start_anew():
    book = ViewBook(0.0)
    both = {row: estimate(Regime.BULL) for row in "BA"}
    assert [row for row, _ in book.judge("BA", both, frozenset())] == ["A", "B"]
    book.forget("A")
    assert [row for row, _ in book.judge("BA", both, frozenset())] == ["A"]
