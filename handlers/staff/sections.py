"""A part of /viec, as a subject gives it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Choice


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and the buttons that open it."""

    heading: str
    text: str = ""
    choices: tuple[Choice, ...] = ()
