"""Logs to standard error, with every secret redacted where lines are written, whoever wrote them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

HIDDEN = "[hidden]"
_TOKEN_IN_PATH = re.compile(r"/bot[^/\s]+/")  # a bot's token stands in the addresses that it calls
_USER_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+(?=@)")  # the user and password of a proxy


class Redacting(logging.Formatter):
    """Formats, then hides: also what an exception's text or traceback would show."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._secrets)


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text without these secrets, tokens in addresses, and passwords of proxies."""
    text = _TOKEN_IN_PATH.sub(f"/bot{HIDDEN}/", text)
    text = _USER_IN_ADDRESS.sub(HIDDEN, text)
    for secret in sorted({secret for secret in secrets if len(secret) >= 6}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


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
