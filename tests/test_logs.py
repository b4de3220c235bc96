"""No secret gets into a line of the log, whoever writes it and wherever it hides."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.errors import StorageError
from bot.logs import HIDDEN, start_logging

TOKEN = "7000000001:AAE-this_is_a_made_up_token"
SECRET = "a.secret+with(special)characters"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("httpx", "aiohttp.access", "apscheduler")}
    stream = io.StringIO()
    start_logging([TOKEN, SECRET, "short"], stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


log = logging.getLogger("somebody.elses.library")


def written(lines: io.StringIO) -> str:
    text = lines.getvalue()
    assert TOKEN not in text
    assert SECRET not in text
    return text


def test_in_the_message_and_in_its_arguments(lines: io.StringIO) -> None:
    log.warning(f"calling with {TOKEN} now")
    log.warning("calling %s with %r and %s", TOKEN, {"secret": SECRET}, [TOKEN.encode()])
    assert written(lines).count(HIDDEN) == 4


def test_in_an_address(lines: io.StringIO) -> None:
    log.error("POST https://api.telegram.org/bot%s/sendMessage failed", TOKEN)
    log.error("GET https://api.telegram.org/file/bot123:another-token-that-nobody-told-us/x")
    text = written(lines)
    assert f"https://api.telegram.org/bot{HIDDEN}/sendMessage failed" in text
    assert "another-token" not in text


def test_the_password_of_a_proxy(lines: io.StringIO) -> None:
    log.error(
        "cannot connect to http://user:pass-word@127.0.0.1:3128/ or socks5://only-user@proxy, mail a@b.vn"
    )
    text = written(lines)
    assert "pass-word" not in text
    assert "only-user" not in text
    assert "127.0.0.1:3128" in text
    assert "mail a@b.vn" in text


def test_in_an_exception_its_causes_and_its_traceback(lines: io.StringIO) -> None:
    def connect(address: str) -> None:
        raise OSError(f"cannot reach {address}")

    try:
        try:
            connect(f"https://host/{SECRET}")
        except OSError as error:
            raise StorageError(f"nothing was written with {TOKEN}") from error
    except StorageError:
        log.exception("it failed")
    text = written(lines)
    assert text.count(HIDDEN) == 2
    assert "Traceback" in text
    assert "cannot reach https://host/" in text


def test_what_somebody_has_written_is_in_no_traceback(lines: io.StringIO) -> None:
    words = "Bà Nguyễn Thị Lan, số nhà 12"

    def read(text: str) -> int:
        try:
            return int(text)
        except ValueError as error:
            raise ExceptionGroup("in a group of tasks", [KeyError(text), error]) from error

    try:
        read(words)
    except ExceptionGroup:
        log.exception("row 7 failed")
    text = lines.getvalue()
    assert "Lan" not in text
    for told in ("row 7 failed", "return int(text)", "ValueError", "KeyError", "in a group of tasks"):
        assert told in text


def test_in_the_stack(lines: io.StringIO) -> None:
    def with_a_secret_in_its_source() -> None:
        log.warning("7000000001:AAE-this_is_a_made_up_token", stack_info=True)

    with_a_secret_in_its_source()
    written(lines)


def test_words_that_are_no_secret_stay(lines: io.StringIO) -> None:
    log.info("the channel is on, short")
    assert "INFO somebody.elses.library: the channel is on, short" in lines.getvalue()


def test_a_secret_within_another_is_hidden_too(lines: io.StringIO) -> None:
    start_logging(["abcdef", "abcdef-ghijkl"], lines)
    log.info("abcdef-ghijkl abcdef")
    assert lines.getvalue().endswith(f": {HIDDEN} {HIDDEN}\n")


def test_talkative_libraries_are_quiet(lines: io.StringIO) -> None:
    for name in ("httpx", "aiohttp.access", "apscheduler.scheduler"):
        logging.getLogger(name).info("a line for every call")
    assert lines.getvalue() == ""


def test_without_secrets_everything_is_written(lines: io.StringIO) -> None:
    start_logging([], lines)
    log.info("plain")
    assert "plain" in lines.getvalue()
