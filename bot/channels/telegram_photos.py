"""The names under which Telegram knows pictures that it has been given: ten thousand chats, one upload."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Any

from bot.model import Picture

REMEMBERED = 100  # pictures; a restart forgets them, and one more upload does no harm


class Photos:
    def __init__(self) -> None:
        self._names: OrderedDict[bytes, str] = OrderedDict()

    def name_of(self, picture: Picture) -> str:
        """ "" for one that has to be uploaded."""
        return self._names.get(_key(picture), "")

    def remember(self, picture: Picture, message: Any) -> None:
        """message  what Telegram answers to an upload: the picture in several sizes, any of which names it"""
        sizes = message.get("photo") if isinstance(message, dict) else None
        largest = sizes[-1] if isinstance(sizes, list) and sizes else None
        name = largest.get("file_id") if isinstance(largest, dict) else None
        if isinstance(name, str) and name:
            self._names[_key(picture)] = name
            if len(self._names) > REMEMBERED:
                self._names.popitem(last=False)

    def forget(self, picture: Picture) -> None:
        self._names.pop(_key(picture), None)


def _key(picture: Picture) -> bytes:
    return hashlib.sha256(picture.content).digest()
