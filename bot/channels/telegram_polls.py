"""Telegram's own polls on the wire: what sendPoll takes, what a poll says. Pure, plain JSON.

Raw, because the wire types demand fields that an older API server does not send.
"""

from __future__ import annotations

from typing import Any

from bot.channels.layout import shorten
from bot.channels.telegram_errors import Refusal
from bot.model import JSON, Address, Inbound, Poll, PollAnswer, PollState, StopPoll

_DESCRIPTION = 1024  # UTF-16 units
PREFIX = "poll:"  # an update about a poll names no chat: it comes in a conversation of the poll's own


def poll_fields(poll: Poll) -> JSON:
    """The fields of sendPoll, without the chat."""
    fields: JSON = {
        "question": poll.question,
        "options": [{"text": option} for option in poll.options],
        "type": "regular",
        "is_anonymous": True,
        "allows_multiple_answers": poll.several,
        # Without it totals only grow: of two updates the one with fewer voters is the older.
        "allows_revoting": False,
        "hide_results_until_closes": True,
    }
    if poll.description:
        fields["description"] = shorten(poll.description, _DESCRIPTION, "utf-16")
    if poll.ends:
        fields["close_date"] = int(poll.ends.timestamp())
    return fields


def conversation_of(poll: Any) -> str:
    """Where updates about this poll keep their order; "" for what is no poll."""
    name = poll.get("id") if isinstance(poll, dict) else None
    return f"{PREFIX}{name}" if isinstance(name, str) and name else ""


def told(channel: str, raw: JSON) -> Inbound | None:
    """What an update says about a poll; None for one about something else. Raises KeyError, ValueError on nonsense."""
    if not isinstance(raw.get("poll"), dict):
        return None
    return Inbound(Address(channel, conversation_of(raw["poll"])), "poll", poll=state_of(raw["poll"]))


def state_of(poll: JSON) -> PollState:
    """Raises KeyError, TypeError, ValueError for what is no poll."""
    counts = tuple(int(option["voter_count"]) for option in poll["options"])
    return PollState(str(poll["id"]), bool(poll["is_closed"]), int(poll["total_voter_count"]), counts)


def after_sending(message: Any) -> PollAnswer:
    """An answer that cannot be read is no reason to ask again: the poll stands there."""
    if not isinstance(message, dict):
        return PollAnswer("open")
    return PollAnswer("open", str(message.get("message_id", "")), _readable(message.get("poll")))


def after_stopping(stop: StopPoll, poll: Any) -> PollAnswer:
    return PollAnswer("closed", stop.message, _readable(poll))


def after_refusal(stop: StopPoll, refusal: Refusal) -> PollAnswer | None:
    """What a refusal to stop it tells about the poll; None where it tells nothing."""
    if refusal.poll_closed:
        return PollAnswer("closed before", stop.message)
    return PollAnswer("deleted", stop.message) if refusal.poll_gone else None


def _readable(poll: Any) -> PollState | None:
    try:
        return state_of(poll)
    except (KeyError, TypeError, ValueError):
        return None
