"""Transient payloads are sealed (ChaCha20-Poly1305) under a key that lives outside the database and outside backups.

A copy of the database alone, or a backup, shows no unfinished message; destroying the key destroys them all.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bot.errors import SealBroken, StorageError

_VERSION = b"\x01"
_NONCE = 12
_KEY = 32


class Seal:
    """Closes and opens payloads; `bound_to` names their place, so that one cannot be moved to another row."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def close(self, data: bytes, bound_to: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, data, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Raises SealBroken when the key is another one, or the payload is not what was closed."""
        if sealed[:1] != _VERSION or len(sealed) <= _NONCE:
            raise SealBroken("a sealed payload of an unknown form")
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, body, bound_to.encode())
        except InvalidTag:
            raise SealBroken("a sealed payload cannot be opened: its key is gone or it was changed") from None

    def close_json(self, value: object, bound_to: str) -> bytes:
        """Half a character, which people's programs do send, comes back as it was."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return self.close(data.encode("utf-8", "surrogatepass"), bound_to)

    def open_json(self, sealed: bytes, bound_to: str) -> Any:
        """None where its key has been replaced: it is gone then, like what is too old."""
        try:
            return json.loads(self.open(sealed, bound_to))
        except SealBroken:
            return None


class Tickets:
    """Sealed words for somebody to carry and to show again before they end: an address that cannot be guessed.

    What each is for is sealed along with it: at another address it is no ticket.
    """

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def issue(self, purpose: str, words: str, until: datetime) -> str:
        sealed = self._seal.close(f"{until.timestamp():.0f} {words}".encode(), f"ticket:{purpose}")
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def read(self, purpose: str, ticket: str, now: datetime) -> str | None:
        """The words; None for what is no ticket of ours, is one for something else, or has ended."""
        try:
            sealed = base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
            until, _, words = self._seal.open(sealed, f"ticket:{purpose}").decode().partition(" ")
        except (ValueError, SealBroken):
            return None
        return words if now.timestamp() <= int(until) else None


class KeyFolder:
    """The key files beside the database: `keys/` in the data folder, readable by the owner only, never backed up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._today: tuple[date, bytes] | None = None  # read once a day, not once a question

    def seal(self) -> Seal:
        return Seal(self._made_once("transient.key"))

    def secret(self) -> bytes:
        """What SECRET_KEY is when nobody has set it."""
        return self._made_once("secret.key")

    def of_the_day(self, day: date) -> bytes:
        """A key that exists for one local day: with it gone, nobody can tell who asked what was counted."""
        if self._today is None or self._today[0] != day:
            self._today = (day, self._read_or_replace(day))
        return self._today[1]

    def named(self, name: str) -> bytes:
        """The key of this name, made at the first call and the same from then on. Raises StorageError, SealBroken."""
        return self._made_once(f"{name}.key")

    def has(self, name: str) -> bool:
        return (self._folder / f"{name}.key").exists()

    def names(self, prefix: str) -> list[str]:
        """The keys that exist, of those whose name begins so."""
        return sorted(path.stem for path in self._folder.glob(f"{prefix}*.key"))

    def destroy(self, name: str) -> None:
        """The key is gone when this returns, also after a power failure, and with it whatever was sealed under it."""
        path = self._folder / f"{name}.key"
        try:
            with path.open("r+b") as file:  # the same bytes of the disk, as far as the file system goes along
                file.write(b"0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            _sync(self._folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StorageError(f"the key {path} cannot be destroyed: {error.strerror}") from error

    def _read_or_replace(self, day: date) -> bytes:
        path = self._folder / "day.key"
        try:
            written, _, text = path.read_text().partition(" ")
            if written == day.isoformat():
                return _key(text)
        except (FileNotFoundError, ValueError):
            pass
        except OSError as error:
            raise StorageError(f"the key {path} cannot be read: {error.strerror}") from error
        key = secrets.token_hex(32)
        self._write(path, f"{day.isoformat()} {key}".encode())
        return bytes.fromhex(key)

    def _made_once(self, name: str) -> bytes:
        path = self._folder / name
        try:
            if not path.exists():
                self._write(path, secrets.token_hex(32).encode(), once=True)
            return _key(path.read_text())
        except OSError as error:
            raise StorageError(f"the key {path} cannot be read: {error.strerror}") from error
        except ValueError:
            raise SealBroken(
                f"{path} is damaged: put a copy in its place, or delete it to begin anew"
            ) from None

    def _write(self, path: Path, content: bytes, *, once: bool = False) -> None:
        """Complete or not at all; with `once`, whoever comes first wins. Raises StorageError."""
        try:
            for folder in (
                self._folder.parent,
                self._folder,
            ):  # each by itself: `parents` would ignore the mode
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _put(path, content, once=once)
        except OSError as error:
            raise StorageError(f"the key {path} cannot be written: {error.strerror}") from error


def _put(path: Path, content: bytes, *, once: bool) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if once:
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    entries = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(entries)
    finally:
        os.close(entries)


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != _KEY:
        raise ValueError("a key of another length")
    return key


def derive(secret: bytes, purpose: str) -> str:
    """A secret of its own for each purpose (a webhook, a cookie …), the same at each start: 64 hexadecimal digits."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).hexdigest()
