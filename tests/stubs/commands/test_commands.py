"""Commands of an algorithm: added classes, untyped ones, and the links that would run them."""

from __future__ import annotations

from typing import Any

import pytest
from AlgorithmImports import CallbackCommand, Command, QCAlgorithm, Resolution, Slice
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import NotImplementedException


class Plain:
    """No class of LEAN's."""

    target: Any = ()
    quantity = 0

    def run(self, algorithm: QCAlgorithm) -> bool:
        algorithm.order(self.target[0], self.quantity)
        return True


class Own(Command):
    result = False
    note: Any = None

    def run(self, algorithm: QCAlgorithm) -> bool | None:
        if self.result == "fail":
            raise ValueError("no luck")
        return self.result and self.missing is None


class Idle:
    pass


def call(kind: str, payload: str) -> CallbackCommand:
    command = CallbackCommand()
    command.type, command.payload = kind, payload
    return command


class Commanded(QCAlgorithm):
    def initialize(self) -> None:
        self.set_start_date(2020, 1, 6)
        self.set_end_date(2020, 1, 9)
        self.add_equity("AAA", Resolution.DAILY)
        for kind in (Plain, Own):
            self.add_command(kind)
        self.project_id = 7
        self.answers: list[Any] = []

    def on_command(self, data: Any) -> bool | None:
        self.answers.append((data.Symbol, data.parameters["quantity"], data.nothing))
        return True

    def on_data(self, data: Slice) -> None:
        if self.answers:
            return
        calls = [
            call("Plain", '{"target": ["AAA"], "quantity": 10}'),
            call("own", '{"result": true}'),
            call("Own", "{}"),
            call("Own", '{"result": "fail"}'),
            call("Own", '{"result": "fail"}'),
            call("Nobody", ""),
            call("", '{"symbol": "AAA", "parameters": {"quantity": 3}}'),
        ]
        for command in calls:
            packet = command.run(self)
            self.answers.append((packet.command_name, packet.success))


def data() -> FakeData:
    return FakeData("2020-01-02", "2020-01-09").flat("AAA")


def test_commands_run_by_their_type_and_without_one_the_algorithm_hears_of_them() -> None:
    result = run_algorithm(Commanded, data()).check()
    assert result.algorithm.answers == [
        ("Plain", True),
        ("own", True),
        ("Own", False),
        ("Own", None),
        ("Own", None),
        ("Nobody", None),
        ("AAA", 3, None),
        ("CallbackCommand", True),
    ]
    assert result.algorithm.portfolio["AAA"].quantity == 10
    assert [text for text in result.logs if "command" in text] == [
        "Unexpected error running command 'Own' error: 'no luck'",
        "Detected unregistered command type 'Nobody', will be ignored",
    ]


def link_of(make: Any) -> str:
    links = []

    def initialize(self: Any) -> None:
        self.add_command(Own)
        self.project_id = 7
        links.append(self.link(make()))
        assert self.broadcast_command(make()) is None
        assert self.notify.email("a@b", "subject", links[0]) is False

    run_algorithm(type("Linked", (QCAlgorithm,), {"initialize": initialize}), data())
    return links[0]


def own() -> Own:
    command = Own()
    command.result, command.note = True, ["a b", 2.5]
    command.more = {"Deep": {"x": "~é"}}
    return command


def plain() -> Plain:
    command = Plain()
    command.target = ["AAA"]
    return command


def test_a_link_holds_a_command_s_fields_and_the_name_of_a_registered_one() -> None:
    before = "https://www.quantconnect.com/api/v2/live/commands/create?authorization="
    assert link_of(own).startswith(before)
    assert link_of(own).endswith(
        "&projectId=7&command%5bmore%5d%5bDeep%5d%5bx%5d=%7e%c3%a9&command%5bnote%5d%5b0%5d=a+b&command%5bnote%5d%5b1%5d=2.5"
        "&command%5bresult%5d=True&command%5b%24type%5d=Own"
    )
    assert link_of(plain).endswith("&projectId=7&command%5btarget%5d%5b0%5d=AAA")
    assert link_of(lambda: {"symbol": "SPY", "n": 1}).endswith("&command%5bsymbol%5d=SPY&command%5bn%5d=1")


def test_a_class_that_cannot_run_is_no_command() -> None:
    def initialize(self: Any) -> None:
        self.add_command(Idle)

    with pytest.raises(NotImplementedException, match="implement the missing Run on Idle"):
        run_algorithm(type("Wrong", (QCAlgorithm,), {"initialize": initialize}), data()).check()
    with pytest.raises(NotImplementedException, match="Please implement the 'def run"):
        Command().run(None)


def test_a_command_takes_any_field_and_shows_them() -> None:
    command = Command()
    command.a, command.b = 1, "x"
    assert (str(command), command.get_property("A"), command.c) == ('{"a": 1, "b": "x"}', 1, None)
    command.payload_data = "given"
    assert str(command) == "given"
