from AlgorithmImports import CircularQueue, Random


def test_the_numbers_of_a_seed_are_those_of_dotnet() -> None:
    # Documented outputs of System.Random(0) and System.Random(42).
    zero = Random(0)
    assert [zero.next() for _ in range(3)] == [1559595546, 1755192844, 1649316166]
    answer = Random(42)
    assert [answer.next(100) for _ in range(3)] == [66, 14, 12]


def test_doubles_and_bounds() -> None:
    numbers = Random(7)
    assert all(0 <= numbers.next_double() < 1 for _ in range(500))
    assert {numbers.next(3, 6) for _ in range(200)} == {3, 4, 5}


def test_a_circular_queue_tells_when_the_first_item_is_taken() -> None:
    queue = CircularQueue[str](["a", "b"])
    told = []
    queue.circle_completed += lambda sender, arguments: told.append(len(told))
    assert [queue.dequeue() for _ in range(5)] == ["a", "b", "a", "b", "a"]
    assert len(told) == 3
