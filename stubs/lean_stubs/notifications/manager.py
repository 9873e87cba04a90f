"""Messages to people: a backtest sends none (LEAN: NotificationManager.cs)."""

from __future__ import annotations

from typing import Any, overload

from lean_stubs.clr import ClrObject

__all__ = ["NotificationManager"]


class NotificationManager(ClrObject, clr="QuantConnect.Notifications"):
    """Every method says False: nothing was sent."""

    def __init__(self, live_mode: bool) -> None:
        self._live = live_mode

    def email(self, address: str, subject: str, message: str, data: str = "", headers: Any = None) -> bool:
        return False

    def sms(self, phone_number: str, message: str) -> bool:
        return False

    def telegram(self, id: str, message: str, token: str | None = None) -> bool:
        return False

    def web(self, address: str, data: Any = None, headers: Any = None) -> bool:
        return False

    def ftp(self, hostname: str, username: str, password: str, file_path: str, file_content: Any, port: int | None = None) -> bool:
        return False

    @overload
    def sftp(
        self, hostname: str, username: str, password: str, file_path: str, file_content: Any, port: int | None = None
    ) -> bool: ...
    @overload
    def sftp(
        self,
        hostname: str,
        username: str,
        private_key: str,
        private_key_passphrase: str,
        file_path: str,
        file_content: Any,
        port: int | None = None,
    ) -> bool: ...
    def sftp(self, *arguments: Any, **named: Any) -> bool:
        return False
