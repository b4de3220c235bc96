"""What a text may hold in a file made of XML: a single forbidden character makes all of it unreadable. Pure."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """The text without them; people's phones do send some."""
    return _FORBIDDEN.sub("", text)
