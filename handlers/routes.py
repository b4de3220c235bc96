"""Who handles what: the first line that matches."""

from __future__ import annotations

from collections.abc import Callable

from bot.dispatch import Route
from bot.model import Inbound
from handlers import basics, buttons, privacy, questions
from handlers.context import Context
from handlers.introduction import introduced


def kind(name: str) -> Callable[[Inbound], bool]:
    return lambda inbound: inbound.kind == name


def command(name: str) -> Callable[[Inbound], bool]:
    return lambda inbound: basics.command(inbound) == name


ROUTES: tuple[Route[Context], ...] = (
    Route(kind("joined"), basics.joined),
    Route(kind("stopped"), basics.stopped),
    Route(kind("moved"), basics.nothing),
    # In groups: silent unless mentioned, replied to or commanded.
    Route(lambda inbound: not inbound.addressed, basics.nothing),
    Route(kind("choice"), introduced(buttons.press)),
    Route(kind("other"), introduced(basics.unreadable)),
    Route(command("/start"), basics.start),
    Route(command("/help"), introduced(basics.help_)),
    Route(command("/riengtu"), privacy.privacy),
    Route(command("/xoadulieu"), privacy.erase),
    Route(lambda inbound: bool(basics.command(inbound)), introduced(basics.unknown_command)),
    Route(kind("text"), introduced(questions.ask)),
)
