"""Logs to standard error, without any secret and anybody's words: hidden where lines are written, whoever wrote them."""

from __future__ import annotations

import logging
import re
import sqlite3
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO

from bot.errors import HoidapError

HIDDEN = "[hidden]"
_TOKEN_IN_PATH = re.compile(r"/bot[^/\s]+/")  # a bot's token stands in the addresses that it calls
# What these say is about us, the disk or the network. Others quote what they could not read: "invalid literal for int(): …".
_QUOTING_NOBODY = (HoidapError, OSError, sqlite3.Error)
_USER_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+(?=@)")  # the user and password of a proxy


class Redacting(logging.Formatter):
    """Formats, then hides: also what an exception's text or traceback would show. Of an error that may quote what somebody
    has written only its name and its place are told."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._secrets)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return "".join(traceback.format_exception(_unquoting(ei[1]))).rstrip() if ei[1] else ""


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text without these secrets, tokens in addresses, and passwords of proxies."""
    text = _TOKEN_IN_PATH.sub(f"/bot{HIDDEN}/", text)
    text = _USER_IN_ADDRESS.sub(HIDDEN, text)
    for secret in sorted({secret for secret in secrets if len(secret) >= 6}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def _unquoting(error: BaseException) -> BaseException:
    """The error with what led to it, which says where it happened, and not what somebody has written."""
    copy: BaseException
    if isinstance(error, BaseExceptionGroup):
        copy = BaseExceptionGroup(error.message, [_unquoting(each) for each in error.exceptions])
    else:
        kind = type(error)
        name = type(kind.__name__, (Exception,), {"__module__": kind.__module__})
        copy = name(str(error)) if isinstance(error, _QUOTING_NOBODY) else name()
    copy.__cause__ = _unquoting(error.__cause__) if error.__cause__ else None
    copy.__context__ = _unquoting(error.__context__) if error.__context__ else None
    copy.__suppress_context__ = error.__suppress_context__
    return copy.with_traceback(error.__traceback__)


def start_logging(secrets: Iterable[str], stream: TextIO = sys.stderr) -> None:
    """Set up the root logger of the process."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # Addresses with tokens; visitors; a line each tick.
    for name in ("httpx", "aiohttp.access", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
