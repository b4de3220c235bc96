"""Deployment settings: the only reader of the environment and of `.env`. The environment wins over the file.

A key with our prefix that nobody knows, or a bad value, stops the start with a sentence that says what to do.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv.parser import parse_stream

from bot.errors import SettingsError
from bot.model import Address

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
_NAME = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
_NETWORKS_OF_ADMINS = ("telegram", "zalo-bot", "zalo-oa")  # a browser is another one after each deletion
OUR_PREFIXES = ("TELEGRAM_", "ZALO_", "HOIDAP_")


@dataclass(frozen=True, slots=True)
class Settings:
    """One field for each key of .env.example, in lower case."""

    database_url: str = "sqlite:///data/hoidap.db"
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    timezone: ZoneInfo = VIET_NAM
    admins: tuple[Address, ...] = ()
    organisation: str = "Ban Tuyên giáo và Dân vận"
    secret_key: bytes | None = None
    trusted_proxies: tuple[Network, ...] = ()
    feeds_allow_private: bool = False
    telegram_bot_token: str | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: str | None = None
    telegram_proxy: str | None = None
    zalo_bot_token: str | None = None
    zalo_bot_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_webhook_secret: str | None = None
    zalo_bot_name: str | None = None
    zalo_oa_app_id: str | None = None
    zalo_oa_app_secret: str | None = None
    zalo_oa_secret_key: str | None = None
    zalo_oa_refresh_token: str | None = None
    zalo_oa_api_url: str = "https://openapi.zalo.me"
    zalo_oa_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_site_verification: str | None = None

    @property
    def database_path(self) -> Path:
        return Path(self.database_url.removeprefix("sqlite:///"))

    def __repr__(self) -> str:
        """Without values: among them are secrets, and settings get printed."""
        return f"Settings({', '.join(field.name for field in fields(self))})"

    @classmethod
    def from_env(cls, environment: Mapping[str, str], dotenv: Path | None = None) -> Settings:
        """Read the environment over the file. An empty value counts as unset. Raises SettingsError."""
        written = _read_file(dotenv) if dotenv else {}
        _refuse_unknown(written, environment, source=dotenv)
        values = {**written, **{key: value for key, value in environment.items() if value.strip()}}
        given: dict[str, Any] = {
            key: _read(key, values[key].strip(), reader)
            for key, reader in _READERS.items()
            if values.get(key, "").strip()
        }
        return cls(**{key.lower(): value for key, value in given.items()})


def _read_file(dotenv: Path) -> dict[str, str]:
    try:
        text = dotenv.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{dotenv} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{dotenv} is not in UTF-8: save it again in this encoding") from None
    # The parser alone, without interpolation: a secret that holds "${" is taken as it stands.
    written: dict[str, str] = {}
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            whole = binding.original.string  # begins with the empty lines above it
            above = whole[: len(whole) - len(whole.lstrip())]
            number = binding.original.line + len(above.splitlines())
            raise SettingsError(
                f"line {number} of {dotenv} cannot be read: write NAME=value there, or # in front of it"
            )
        if binding.key is not None:
            written[binding.key] = binding.value or ""
    return written


def _refuse_unknown(written: Mapping[str, str], environment: Mapping[str, str], source: Path | None) -> None:
    known = set(_READERS)
    ours = {key for key in environment if key.startswith(OUR_PREFIXES)}
    for key in sorted((set(written) | ours) - known):
        where = f"in {source}" if key in written else "in the environment"
        if not _NAME.fullmatch(key):  # a secret that stands alone on a line, most likely: never show it
            raise SettingsError(
                f"a line {where} does not begin with the name of a setting, such as PORT=8080"
            )
        close = difflib.get_close_matches(key, known, n=1)
        meant = f"; did you mean {close[0]}?" if close else "; see .env.example for those that exist"
        raise SettingsError(f"unknown setting {key} {where}{meant}")


def _read(key: str, value: str, reader: Callable[[str], object]) -> object:
    try:
        return reader(value)
    except (ValueError, KeyError) as error:
        # Never the value itself: it may be a secret pasted into the wrong line.
        raise SettingsError(f"{key} {error.args[0] if error.args else 'has a bad value'}") from None


def _database_url(value: str) -> str:
    if value.startswith(("postgresql:", "postgres:")):
        raise ValueError(
            "asks for PostgreSQL, which this version cannot use yet: use sqlite:///data/hoidap.db"
        )
    if not value.startswith("sqlite:///") or value == "sqlite:///":
        raise ValueError(
            "must name a file, such as sqlite:///data/hoidap.db (four slashes for an absolute path)"
        )
    return value


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 5 or int(value) > 65535:
        raise ValueError("must be a port number from 0 to 65535, such as 8080")
    return int(value)


def _url(value: str) -> str:
    if not _is_address(value, {"http", "https"}):
        raise ValueError("must be an address such as https://bot.example.vn")
    return value.rstrip("/")


def _proxy(value: str) -> str:
    if not _is_address(value, {"http"}):
        raise ValueError("must be an address such as http://127.0.0.1:3128")
    return value.rstrip("/")


def _is_address(value: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # its text would quote the value
        return False


def _public_url(value: str) -> str:
    parts = urlsplit(_url(value))
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise ValueError(
            "must start with https:// (http only on this machine itself): platforms refuse others"
        )
    if parts.query or parts.fragment:
        raise ValueError("must be the address alone, without ? or #")
    return value.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise ValueError("is not a time zone; the one of Viet Nam is Asia/Ho_Chi_Minh") from None


def _admins(value: str) -> tuple[Address, ...]:
    admins = []
    for item in value.split(","):
        channel, _, person = (part.strip() for part in item.partition(":"))
        if not (channel and person):
            raise ValueError("must be a list such as telegram:123456789,zalo-bot:abc")
        if channel not in _NETWORKS_OF_ADMINS:
            raise ValueError("names each administrator with a network: telegram, zalo-bot or zalo-oa")
        admins.append(Address(channel, person))
    return tuple(admins)


def _secret_key(value: str) -> bytes:
    if len(value) < 32:
        raise ValueError("must have at least 32 characters; leave it empty to have one made and kept")
    return value.encode()


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(item.strip(), strict=False) for item in value.split(","))
    except ValueError:
        raise ValueError("must be a list of addresses or networks, such as 127.0.0.1,10.0.0.0/8") from None


def _yes_or_no(value: str) -> bool:
    if value.lower() not in ("yes", "no"):
        raise ValueError("must be yes or no")
    return value.lower() == "yes"


def _token(value: str) -> str:
    # Whether it is the right one, only the platform can say: then that channel is off, and the others run.
    if not value.isascii() or any(character in " /\\?#\t" for character in value):
        raise ValueError("holds characters that no token has: copy it again, without spaces")
    return value


def _webhook_secret(value: str) -> str:
    if not (1 <= len(value) <= 256) or not all(c.isascii() and (c.isalnum() or c in "_-") for c in value):
        raise ValueError("may hold 1 to 256 letters, digits, _ and - only")
    return value


def _zalo_webhook_secret(value: str) -> str:
    if not 8 <= len(value) <= 256 or not value.isascii() or not value.isprintable():
        raise ValueError("must have 8 to 256 plain characters")
    return value


def _app_id(value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be the number of the app at developers.zalo.me")
    return value


def _copied(value: str) -> str:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("holds spaces or characters that no key has: copy it again")
    return value


def _verification(value: str) -> str:
    if not re.fullmatch(r"[\w-]+", value, re.ASCII):
        raise ValueError(
            "must be the code alone: what stands between zalo_verifier and .html in the file name"
        )
    return value


_READERS: dict[str, Callable[[str], object]] = {
    "DATABASE_URL": _database_url,
    "HOST": str,
    "PORT": _port,
    "PUBLIC_URL": _public_url,
    "TIMEZONE": _timezone,
    "ADMINS": _admins,
    "ORGANISATION": str,
    "SECRET_KEY": _secret_key,
    "TRUSTED_PROXIES": _networks,
    "FEEDS_ALLOW_PRIVATE": _yes_or_no,
    "TELEGRAM_BOT_TOKEN": _token,
    "TELEGRAM_API_URL": _url,
    "TELEGRAM_WEBHOOK_SECRET": _webhook_secret,
    "TELEGRAM_PROXY": _proxy,
    "ZALO_BOT_TOKEN": _token,
    "ZALO_BOT_API_URL": _url,
    "ZALO_BOT_WEBHOOK_SECRET": _zalo_webhook_secret,
    "ZALO_BOT_NAME": lambda value: value.removeprefix("@"),
    "ZALO_OA_APP_ID": _app_id,
    "ZALO_OA_APP_SECRET": _copied,
    "ZALO_OA_SECRET_KEY": _copied,
    "ZALO_OA_REFRESH_TOKEN": _copied,
    "ZALO_OA_API_URL": _url,
    "ZALO_OA_OAUTH_URL": _url,
    "ZALO_SITE_VERIFICATION": _verification,
}
