"""Transient payloads are sealed (ChaCha20-Poly1305) under a key that lives outside the database and outside backups.

A copy of the database alone, or a backup, shows no unfinished message; destroying the key destroys them all.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bot.errors import SealBroken

_VERSION = b"\x01"
_NONCE = 12


class Seal:
    """Closes and opens payloads; `bound_to` names their place, so that one cannot be moved to another row."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def close(self, data: bytes, bound_to: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, data, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Raises SealBroken when the key is another one, or the payload is not what was closed."""
        if sealed[:1] != _VERSION:
            raise SealBroken("a sealed payload of an unknown form")
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, body, bound_to.encode())
        except InvalidTag:
            raise SealBroken("a sealed payload cannot be opened: its key is gone or it was changed") from None


class KeyFolder:
    """The key files beside the database: `keys/` in the data folder, readable by the owner only, never backed up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self) -> Seal:
        return Seal(self._made_once("transient.key"))

    def secret(self) -> bytes:
        """What SECRET_KEY is when nobody has set it."""
        return self._made_once("secret.key")

    def of_the_day(self, day: date) -> bytes:
        """A key that exists for one local day: with it gone, nobody can tell who asked what was counted."""
        path = self._folder / "day.key"
        try:
            written, _, key = path.read_text().partition(" ")
            if written == day.isoformat():
                return bytes.fromhex(key)
        except (FileNotFoundError, ValueError):
            pass
        key = secrets.token_hex(32)
        self._write(path, f"{day.isoformat()} {key}".encode())
        return bytes.fromhex(key)

    def _made_once(self, name: str) -> bytes:
        path = self._folder / name
        try:
            return bytes.fromhex(path.read_text())
        except FileNotFoundError:
            self._write(path, secrets.token_hex(32).encode(), once=True)
            return bytes.fromhex(path.read_text())

    def _write(self, path: Path, content: bytes, *, once: bool = False) -> None:
        """Complete or not at all; with `once`, whoever comes first wins."""
        for folder in (self._folder.parent, self._folder):  # each by itself: `parents` would ignore the mode
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            if once:
                os.link(draft, path)
            else:
                draft.replace(path)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)


def derive(secret: bytes, purpose: str) -> str:
    """A secret of its own for each purpose (a webhook, a cookie …), the same at each start: 64 hexadecimal digits."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).hexdigest()
