"""What a channel is: it verifies, decodes and sends; it never stores and never decides what to say.

A further channel is one new file here, its settings, and one line in bot/networks.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from bot.errors import SendError
from bot.model import JSON, Address, GroupFacts, Inbound, Poll, PollAnswer, Reply, StopPoll


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold.

    text     units in one message, counted as `units` says
    buttons  per message; 0: the network has none, choices become numbered lines
    label    characters of a button's label
    file     bytes of a file that can be sent; 0: files become a sentence with the address
    knows_keys  whether sending the same key twice is one message: then a send that a kill interrupts is never doubled
    slash_commands  whether people there know commands such as /help; else whole words mean the same: "trợ giúp"
    caption  units of the words below a picture; 0: pictures cannot be sent, their words go out alone
    picture_buttons  whether buttons can stand below a picture; else its choices become numbered lines
    edits    whether the words of a message that was sent can be changed
    native_polls  whether the network has anonymous polls of its own: then the channel is a NativePolls
    reader   what becomes of a message at which nobody looks: their telephone tells them of it ("told"), it waits until they
             look ("comes back"), or nobody is known there any more when the session has ended ("leaves")
    numbers  whether what stands in a numbered line can be chosen by typing its number although there are buttons:
             more choices than buttons then all become lines. Without buttons it is always so
    """

    text: int
    units: Literal["utf-16", "code points"] = "code points"
    buttons: int = 0
    label: int = 100
    file: int = 0
    knows_keys: bool = False
    slash_commands: bool = True
    numbers: bool = False
    caption: int = 0
    picture_buttons: bool = False
    edits: bool = False
    native_polls: bool = False
    reader: Literal["told", "comes back", "leaves"] = "told"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the platform lets us send; None: no limit.

    per_second               over all conversations
    conversation_per_second  to one conversation
    group_per_minute         to one group, as `is_group` of the channel tells it
    """

    per_second: float | None = None
    conversation_per_second: float | None = None
    group_per_minute: float | None = None


class Channel(Protocol):
    """A network. Everything synchronous is pure; `send` is one call to the platform."""

    @property
    def name(self) -> str:
        """ "telegram", "web" …: also the segment of /webhook/<name> and Address.channel."""

    @property
    def limits(self) -> Limits: ...

    @property
    def pace(self) -> Pace: ...

    def is_group(self, conversation: str) -> bool:
        """Whether this conversation is held at a group's pace."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether this webhook body comes from the platform (constant time). Header names are case-insensitive."""

    def identify(self, raw: JSON) -> tuple[str, str]:
        """(external id, conversation) of a raw update, without decoding it. Raises ValueError when it is no update."""

    def decode(self, raw: JSON) -> Inbound | None:
        """What happened; None for what does not concern us. May raise on nonsense: dispatch parks the row."""

    async def start(self) -> None:
        """Check the token, register the webhook and the commands. Raises ChannelOff (settings are wrong)
        or SendError (the platform is down: try again)."""

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """One call to the platform; returns its name of the message. Raises SendError.

        key  the outbox row's name: the same reply sent twice has the same key, for networks that can tell.
        """

    async def close(self) -> None: ...


Store = Callable[[Sequence[JSON]], Awaitable[object]]


@runtime_checkable
class Polling(Protocol):
    async def poll(self, store: Store) -> None:
        """One round of long polling: fetch, `await store(raw updates)`, only then confirm to the platform."""


@runtime_checkable
class Signalling(Protocol):
    async def signal(self, to: Address, kind: Literal["typing", "pressed"], press: str = "") -> None:
        """Best effort, at once, never stored: a typing sign, or the acknowledgement of a pressed button."""


@runtime_checkable
class Probed(Protocol):
    def is_probe(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether a webhook call, proven or not, only looks if we are there: it is answered 200, nothing of it is used."""


@runtime_checkable
class GroupLimited(Protocol):
    @property
    def group_limits(self) -> Limits:
        """What one message to a group may hold, where that is less than in private."""


def limits_in(channel: Channel, conversation: str) -> Limits:
    """What one message to this conversation may hold."""
    # In this order: asking for a protocol takes longer than all the rest, and most conversations are private.
    if channel.is_group(conversation) and isinstance(channel, GroupLimited):
        return channel.group_limits
    return channel.limits


def never_edits(name: str) -> SendError:
    """For a channel whose limits say that no message is changed: the outbox gives it no Edit."""
    return SendError(f"{name} changes no message that was sent", retryable=False)


def has_no_polls(name: str) -> SendError:
    """For a conversation whose limits say that polls cannot be sent there."""
    return SendError(f"{name} takes no polls of its own there", retryable=False)


@runtime_checkable
class NativePolls(Protocol):
    async def send_poll(self, to: Address, reply: Poll | StopPoll) -> PollAnswer:
        """Puts a poll into a group, or stops it. Raises SendError."""


@runtime_checkable
class Threaded(Protocol):
    def whole(self, conversation: str) -> str:
        """The group that a conversation in one topic of a forum belongs to; any other conversation itself."""


def whole(channel: Channel, conversation: str) -> str:
    """What the platform counts as one conversation: a forum with all its topics."""
    # In this order, as above.
    if channel.is_group(conversation) and isinstance(channel, Threaded):
        return channel.whole(conversation)
    return conversation


@runtime_checkable
class Described(Protocol):
    async def describe_group(self, group: str) -> GroupFacts:
        """What the platform tells about a group that we are in, now. Raises SendError."""


@runtime_checkable
class Members(Protocol):
    async def is_admin(self, group: str, person: str) -> bool:
        """Whether this person is one of the group's administrators, now. Raises SendError."""


@runtime_checkable
class DeepLinked(Protocol):
    @property
    def start_address(self) -> str:
        """An address that opens a private chat with us and says what stands behind it, up to 64 of A-Z a-z 0-9 _ -;
        "" as long as it is not known."""


@runtime_checkable
class Metered(Protocol):
    def allows_bulk(self) -> bool:
        """False while what is left of a quota is kept for replies: bulk waits."""


@runtime_checkable
class Troubled(Protocol):
    @property
    def trouble(self) -> str:
        """Why nothing can be sent just now although the channel has started; "" while all is well."""


class Memory(Protocol):
    """What a channel must remember across restarts (a token pair, a used quota); bot/app.py fills it from the database."""

    async def load(self, name: str) -> JSON | None: ...

    async def keep(self, name: str, value: JSON) -> None:
        """On disk when this returns. Raises StorageError."""


class Notices(Protocol):
    """How a channel tells the administrators of what only they can mend (a lost token, a quota that runs out)."""

    async def tell_administrators(self, text: str, once: str) -> None:
        """Queued when this returns, on whatever networks they use; the same `once` is told to each of them once.

        once  ASCII, names the channel and the occasion: "zalo-bot quota 2026-11 80". Raises StorageError.
        """
