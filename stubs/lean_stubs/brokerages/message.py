"""Why a brokerage model refuses (LEAN: BrokerageMessageEvent)."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr import ClrEnum, ClrObject, value

__all__ = ["BrokerageMessageEvent", "BrokerageMessageType"]


class BrokerageMessageType(ClrEnum, clr="QuantConnect.Brokerages"):
    INFORMATION: BrokerageMessageType = value(0)
    WARNING: BrokerageMessageType = value(1)
    ERROR: BrokerageMessageType = value(2)
    RECONNECT: BrokerageMessageType = value(3)
    DISCONNECT: BrokerageMessageType = value(4)
    ACTION_REQUIRED: BrokerageMessageType = value(5)


class BrokerageMessageEvent(ClrObject, clr="QuantConnect.Brokerages"):
    def __init__(self, type: BrokerageMessageType, code: Any, message: str) -> None:
        self._type, self._code, self._message = type, str(code), message

    @staticmethod
    def disconnected(message: str) -> BrokerageMessageEvent:
        return BrokerageMessageEvent(BrokerageMessageType.DISCONNECT, "Disconnect", message)

    @staticmethod
    def reconnected(message: str) -> BrokerageMessageEvent:
        return BrokerageMessageEvent(BrokerageMessageType.RECONNECT, "Reconnect", message)

    @property
    def type(self) -> BrokerageMessageType:
        return self._type

    @property
    def code(self) -> str:
        return self._code

    @property
    def message(self) -> str:
        return self._message

    def __str__(self) -> str:
        return f"{str(self._type).capitalize()} - Code: {self._code} - {self._message}"
