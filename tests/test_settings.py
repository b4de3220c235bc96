"""Deployment settings: .env.example and Settings say the same, and a mistake is one sentence that shows no secret."""

from __future__ import annotations

from dataclasses import fields
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dotenv import dotenv_values

from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.errors import SettingsError
from bot.model import Address
from bot.settings import Settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
SECRET = "7000000001:AAE-this_is_a_made_up_token"


def refused(environment: dict[str, str], dotenv: Path | None = None) -> str:
    with pytest.raises(SettingsError) as error:
        Settings.from_env(environment, dotenv)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert error.value.__cause__ is None, "a cause would show the value in a traceback"
    return sentence


@pytest.fixture
def dotenv(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_the_example_has_every_setting_and_no_other() -> None:
    written = dotenv_values(EXAMPLE)
    assert list(written) == [field.name.upper() for field in fields(Settings)]


def test_the_example_as_it_stands_is_what_no_settings_are() -> None:
    assert Settings.from_env({}, EXAMPLE) == Settings() == Settings.from_env({})


def test_the_example_shows_every_default() -> None:
    for key, value in dotenv_values(EXAMPLE).items():
        default = getattr(Settings(), key.lower())
        shown = {None: "", (): "", False: "no", True: "yes"}.get(default, str(default))
        assert (value or "") == shown, key


def test_every_key_of_the_example_is_explained() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if "=" in line and not line.startswith("#"):
            assert before.startswith("#") or "=" in before, line


def test_everything_set() -> None:
    environment = {
        "DATABASE_URL": "sqlite:////var/lib/hoidap/hoidap.db",
        "HOST": "0.0.0.0",
        "PORT": "80",
        "PUBLIC_URL": "https://bot.example.vn/hoi/",
        "TIMEZONE": "Asia/Bangkok",
        "ADMINS": "telegram:123, zalo-bot: a:b",
        "ORGANISATION": "  Ban Tuyên giáo và Dân vận xã Bình Minh ",
        "SECRET_KEY": "s" * 32,
        "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.7/8, ::1",
        "TELEGRAM_BOT_TOKEN": SECRET,
        "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
        "TELEGRAM_WEBHOOK_SECRET": "A-b_9",
        "TELEGRAM_PROXY": "http://user:password@127.0.0.1:3128",
    }
    settings = Settings.from_env(environment)
    assert settings == Settings(
        database_url="sqlite:////var/lib/hoidap/hoidap.db",
        host="0.0.0.0",
        port=80,
        public_url="https://bot.example.vn/hoi",
        timezone=ZoneInfo("Asia/Bangkok"),
        admins=(Address("telegram", "123"), Address("zalo-bot", "a:b")),
        organisation="Ban Tuyên giáo và Dân vận xã Bình Minh",
        secret_key=b"s" * 32,
        trusted_proxies=(ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("::1")),
        telegram_bot_token=SECRET,
        telegram_api_url="http://127.0.0.1:8081",
        telegram_webhook_secret="A-b_9",
        telegram_proxy="http://user:password@127.0.0.1:3128",
    )
    assert settings.database_path == Path("/var/lib/hoidap/hoidap.db")
    shown = f"{settings} {settings!r}"
    assert SECRET not in shown
    assert "password" not in shown
    assert "ssss" not in shown


def test_the_environment_wins_over_the_file(dotenv: Path) -> None:
    dotenv.write_text("PORT=1\nHOST=127.0.0.2\n")
    settings = Settings.from_env({"PORT": "2", "HOME": "/root"}, dotenv)
    assert (settings.port, settings.host) == (2, "127.0.0.2")


def test_an_empty_value_counts_as_unset(dotenv: Path) -> None:
    dotenv.write_text("PORT=\nTELEGRAM_BOT_TOKEN=  \n")
    assert Settings.from_env({"ORGANISATION": "", "PUBLIC_URL": " "}, dotenv) == Settings()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_as_windows_writes_it(dotenv: Path, encoding: str) -> None:
    dotenv.write_bytes("ORGANISATION=Ban Tuyên giáo\r\nPORT=81\r\n".encode(encoding))
    settings = Settings.from_env({}, dotenv)
    assert (settings.organisation, settings.port) == ("Ban Tuyên giáo", 81)


def test_a_file_in_an_encoding_that_cannot_be_read(dotenv: Path) -> None:
    dotenv.write_bytes("ORGANISATION=Ban Tuyên giáo\n".encode("utf-16"))
    assert "UTF-8" in refused({}, dotenv)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert str(tmp_path) in refused({}, tmp_path)


@pytest.mark.parametrize("line", ["this is not env", f"TELEGRAM_BOT_TOKEN {SECRET}", f"SECRET_KEY='{SECRET}"])
@pytest.mark.parametrize("above", ["", "PORT=81\n", "# two\r\n\r\n", "\n \n\nPORT=81\n\n\n"])
def test_a_line_that_cannot_be_read_stops_the_start_with_its_number(
    dotenv: Path, above: str, line: str
) -> None:
    dotenv.write_bytes(f"{above}{line}\nHOST=127.0.0.1\n".encode())
    sentence = refused({}, dotenv)
    assert sentence.startswith(f"line {len(above.splitlines()) + 1} of {dotenv} cannot be read")
    assert SECRET not in sentence


def test_a_secret_is_taken_as_it_stands(dotenv: Path) -> None:
    dotenv.write_text("SECRET_KEY='${HOME}-$x-0123456789-0123456789-0123456789'\n")
    assert Settings.from_env({}, dotenv).secret_key == b"${HOME}-$x-0123456789-0123456789-0123456789"


def test_the_keys_of_zalo(dotenv: Path) -> None:
    dotenv.write_text(
        f"ZALO_BOT_TOKEN={SECRET}\nZALO_BOT_NAME='@Bot Hỏi Đáp'\nZALO_SITE_VERIFICATION=a_B-1\n"
    )
    settings = Settings.from_env({}, dotenv)
    assert (settings.zalo_bot_token, settings.zalo_bot_name) == (SECRET, "Bot Hỏi Đáp")
    assert settings.zalo_site_verification == "a_B-1"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ZALO_BOT_WEBHOOK_SECRET", "seven77"),
        ("ZALO_OA_APP_ID", "my app"),
        ("ZALO_OA_REFRESH_TOKEN", "two words"),
        ("ZALO_SITE_VERIFICATION", "zalo_verifierX.html"),
    ],
)
def test_bad_values_of_zalo_are_refused_and_not_shown(key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{key} ") as caught:
        Settings.from_env({key: value})
    assert value not in str(caught.value)


def test_an_unknown_key_in_the_file(dotenv: Path) -> None:
    dotenv.write_text(f"TELEGRAM_TOKEN={SECRET}\n")
    sentence = refused({}, dotenv)
    assert sentence.startswith(
        f"unknown setting TELEGRAM_TOKEN in {dotenv}; did you mean TELEGRAM_BOT_TOKEN?"
    )
    assert SECRET not in sentence


def test_an_unknown_key_in_the_environment() -> None:
    assert "unknown setting TELEGRAM_BOT_TOKN in the environment" in refused({"TELEGRAM_BOT_TOKN": SECRET})
    assert Settings.from_env({"SOMETHING_ELSE": "x"}) == Settings()


@pytest.mark.parametrize("line", [SECRET, f"{SECRET}=", f"export {SECRET}", "dGhpcyBpcyBhIHNlY3JldA=="])
def test_a_secret_alone_on_a_line_is_not_repeated(dotenv: Path, line: str) -> None:
    dotenv.write_text(f"TELEGRAM_BOT_TOKEN=\n{line}\n")
    sentence = refused({}, dotenv)
    assert "AAE" not in sentence
    assert "dGhp" not in sentence
    assert ".env" in sentence


BAD = [
    ("DATABASE_URL", "postgresql://u:hush-hush@host/db", "PostgreSQL"),
    ("DATABASE_URL", "hush-hush.db", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///", "must name a file"),
    ("PORT", "hush-hush", "0 to 65535"),
    ("PORT", "65536", "0 to 65535"),
    ("PORT", "-1", "0 to 65535"),
    ("PORT", "٨٠٨٠", "0 to 65535"),
    ("PORT", "9" * 5000, "0 to 65535"),
    ("PUBLIC_URL", "http://bot.example.vn", "https://"),
    ("PUBLIC_URL", "bot.example.vn", "https://"),
    ("PUBLIC_URL", "https://bot.example.vn/?key=hush-hush", "alone"),
    ("TIMEZONE", "Asia/Hush-Hush", "Asia/Ho_Chi_Minh"),
    ("TIMEZONE", "../../etc/passwd", "Asia/Ho_Chi_Minh"),
    ("TIMEZONE", "Asia", "Asia/Ho_Chi_Minh"),
    ("ADMINS", "123456789", "telegram:123456789"),
    ("ADMINS", "telegram:1,,", "telegram:123456789"),
    ("ADMINS", "telegram: ", "telegram:123456789"),
    ("ADMINS", "zalo:hush-hush", "telegram, zalo-bot or zalo-oa"),
    ("ADMINS", "Telegram:hush-hush", "telegram, zalo-bot or zalo-oa"),
    ("SECRET_KEY", "hush-hush", "32 characters"),
    ("TRUSTED_PROXIES", "hush-hush", "127.0.0.1"),
    ("TRUSTED_PROXIES", "127.0.0.1/99", "127.0.0.1"),
    ("TELEGRAM_BOT_TOKEN", "hush hush", "without spaces"),
    ("TELEGRAM_BOT_TOKEN", "hush/hush", "without spaces"),
    ("TELEGRAM_BOT_TOKEN", "húsh-hush", "without spaces"),
    ("TELEGRAM_API_URL", "ftp://hush-hush", "https://"),
    ("TELEGRAM_API_URL", "https://[hush-hush]", "https://"),
    ("TELEGRAM_API_URL", "https://hush-hush:port", "https://"),
    ("TELEGRAM_WEBHOOK_SECRET", "hush hush", "256 letters"),
    ("TELEGRAM_WEBHOOK_SECRET", "h" * 257, "256 letters"),
    ("TELEGRAM_PROXY", "hush-hush:3128", "http://"),
    ("TELEGRAM_PROXY", "http://user:hush\u2100hush@host", "http://"),
    ("TELEGRAM_PROXY", "http://user:hush-hush@[::1", "http://"),
]


def test_administrators_are_on_the_networks_that_there_are() -> None:
    names = [Telegram.name, ZaloBot.name, ZaloOA.name]
    given = Settings.from_env({"ADMINS": ",".join(f"{name}:1" for name in names)})
    assert [admin.channel for admin in given.admins] == names


@pytest.mark.parametrize(("key", "value", "hint"), BAD)
def test_a_bad_value_says_what_to_do_and_not_what_it_was(key: str, value: str, hint: str) -> None:
    sentence = refused({key: value})
    assert sentence.startswith(f"{key} ")
    assert hint in sentence
    assert "hush" not in sentence.lower()
    assert len(sentence) < 200
