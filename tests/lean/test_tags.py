from datetime import date

import pytest

from regime_framework import InvalidSetting, Regime
from regime_framework.lean import RegimeTag


def test_text_and_back():
    tag = RegimeTag(Regime.BEAR, 0.93, date(2019, 3, 1))
    assert str(tag) == "regime=Bear p=0.93 model=2019-03-01"
    assert RegimeTag.parse(str(tag)) == tag


@pytest.mark.parametrize("text", ["", "regime=Bear", "regime=Moon p=0.93 model=2019-03-01", "regime=Bear p=0.93 model=2019-13-01x"])
def test_foreign_text_is_refused(text):
    with pytest.raises(InvalidSetting):
        RegimeTag.parse(text)
