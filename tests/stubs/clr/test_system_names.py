import pytest
from AlgorithmImports import Math


def test_math_rounds_to_even() -> None:
    assert [Math.round(0.5), Math.round(1.5), Math.Round(2.5)] == [0, 2, 2]
    assert (Math.ceiling(1.2), Math.Floor(-1.2), Math.truncate(-1.7), Math.sign(-3)) == (2, -2, -1, -1)
    assert Math.log(8, 2) == pytest.approx(3)
    assert pytest.approx(3.14159265358979) == Math.PI


def test_generic_collections() -> None:
    from System.Collections.Generic import Dictionary, List

    table = Dictionary[str, int]()
    table.add("a", 1)
    assert (table["a"], table.contains_key("b"), table.count) == (1, False, 1)
    assert [(pair.key, pair.value) for pair in table] == [("a", 1)]
    items = List[int]()
    items.add(2)
    assert items.contains(2)
