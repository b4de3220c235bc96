"""Channel-neutral words that every package speaks: who, what came in, what goes out. Frozen, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """A conversation on a network: a private chat, a group, a browser."""

    channel: str
    conversation: str


@dataclass(frozen=True, slots=True)
class PollState:
    """How a poll of a platform's own stands, as it tells. Of who has voted it tells nothing.

    name    the platform's name of the poll, the same wherever the message is forwarded to
    voters  how many have voted; `counts` how many chose each option, in order
    """

    name: str
    closed: bool
    voters: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened on a network, decoded.

    kind     "text"; "choice" (a button was pressed, `payload` says which); "other" (picture, voice, sticker …:
             nothing that can be read); "joined" (we were added to a group); "stopped" (blocked or removed us);
             "moved" (the group is now called `moved_to`); "rights" (what we may do in the group has changed);
             "poll" (how a poll of ours stands: nobody has said it, and its address is the poll itself)
    text     as typed, NFC, without the mention of the bot; a command keeps its slash: "/riengtu"
    sender   the person, in the channel's own words; "" where nobody is named
    addressed  always true in private; in groups only when mentioned, replied to or commanded
    message_id  the platform's name of the message, to reply to or to tell one press of a button from another
    quoted   the words of our own message that this one replies to, where the network tells
    press    the platform's name of a button press, which wants a quick acknowledgement
    thread   the topic of a forum that it was said in: the last part of the conversation, after "/"
    title    what the group is called, where we were added to one
    as_group  said in the name of the group itself: only its administrators can do that
    poll     of a "poll": how it stands
    id       the inbox row; 0 until dispatch fills it in
    """

    address: Address
    kind: Literal["text", "choice", "other", "joined", "stopped", "moved", "rights", "poll"]
    sender: str = ""
    text: str = ""
    payload: str = ""
    private: bool = True
    addressed: bool = True
    message_id: str = ""
    quoted: str = ""
    press: str = ""
    moved_to: str = ""
    thread: str = ""
    title: str = ""
    as_group: bool = False
    poll: PollState | None = None
    id: int = 0

    @property
    def group(self) -> Address:
        """The whole group, whatever topic of a forum it was said in."""
        if not self.thread:
            return self.address
        return Address(self.address.channel, self.address.conversation.removesuffix(f"/{self.thread}"))


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a platform tells about a group when it is asked.

    members    how many people are in it; None where it does not tell
    can_read   whether we get what is not said to us, too
    can_write  whether we may write there
    """

    title: str = ""
    members: int | None = None
    can_read: bool = False
    can_write: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text in one style."""

    text: str
    style: Literal["plain", "bold", "italic"] = "plain"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or a numbered line where the network has none.

    payload  comes back as Inbound.payload when chosen: ASCII, at most 64 bytes
    url      instead of a payload: the button opens this address
    leads    is no item of a list but leads on from it (the next page, "none of these"): it needs no number beside a button,
             and has a button before others where a network has few
    """

    label: str
    payload: str = ""
    url: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words with buttons under them. `reply_to` is the message_id that they answer ("" for none)."""

    parts: tuple[Part, ...]
    choices: tuple[Choice, ...] = ()
    reply_to: str = ""

    @property
    def plain(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class File:
    """A file. `reference` is where it stands below our address ("documents/12"), on the web as well as for the outbox,
    which loads `content` just before sending."""

    name: str
    media_type: str
    reference: str
    caption: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo (PNG or JPEG) with words and buttons below it. `reference` and `content` as of a File.

    caption  cut to what the network takes; where pictures cannot be sent it goes out alone
    alt      what the picture shows, for those who cannot see it
    """

    name: str
    media_type: str
    reference: str
    caption: str = ""
    alt: str = ""
    choices: tuple[Choice, ...] = ()
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Edit:
    """New words in place of those of an earlier message of ours to the same conversation, where the network can do that
    (Limits.edits); elsewhere nothing is sent, and nothing when that message never arrived.

    cause    of the earlier message; of several pieces the first is meant
    message  the network's name of it: that of a message whose button was pressed; where there is only a cause, the outbox
             looks it up just before sending
    """

    cause: str
    text: Text
    message: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question that a group answers by the platform's own poll (Limits.native_polls): anonymous, nobody's vote can be
    changed, and the results are hidden until it closes.

    several      whether several options may be chosen
    description  words beside the question: what it is for
    least        members that the group must have now, or nothing is sent: in a small one everybody would know
    ends         when it closes by itself, should nobody stop it; None: never
    """

    question: str
    options: tuple[str, ...]
    several: bool = False
    description: str = ""
    least: int = 0
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class StopPoll:
    """Closes a poll that we have sent. `message` is the network's name of it."""

    message: str


@dataclass(frozen=True, slots=True)
class PollAnswer:
    """What a platform has said to a Poll or a StopPoll.

    fate     "open": it stands in the group; "closed": it has been stopped and `state` is final; "closed before": somebody
             else has stopped it; "deleted": it is there no longer; "few": the group is too small, nothing was sent;
             "forbidden": the group takes no polls, other messages it does
    message  the network's name of the message
    """

    fate: Literal["open", "closed", "closed before", "deleted", "few", "forbidden"]
    message: str = ""
    state: PollState | None = None


Reply = Text | File | Picture | Edit | Poll | StopPoll


class Tx(Protocol):
    """What a write may do inside the transaction: the storage seam of bot/storage/base.py."""

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]: ...
    def row(self, sql: str, **values: Any) -> dict[str, Any] | None: ...
    def run(self, sql: str, **values: Any) -> int: ...


@dataclass(frozen=True, slots=True)
class Sending:
    """A message to somebody. `cause` names it where it is asked about later; of one cause it is sent once, ever.

    not_before  it waits until then (an aware datetime). Like `bulk` only with a cause of its own
    bulk        nobody asked for it: replies go first
    """

    to: Address
    reply: Reply
    cause: str = ""
    not_before: datetime | None = None
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler decided: nothing of it has happened yet. Dispatch commits all of it, or none.

    settle  runs in the transaction after the writes, and says what only it can know: which number was given, who was
            first. Like a write it has no effect but through `tx`, and it waits for nothing
    """

    sends: tuple[tuple[Address, Reply], ...] = ()
    writes: tuple[Callable[[Tx], object], ...] = field(default=())
    settle: Callable[[Tx], Sequence[Sending]] | None = None


def say(to: Address, *replies: Reply, writes: tuple[Callable[[Tx], object], ...] = ()) -> Outcome:
    """The usual outcome: replies to one conversation, with what has to be written."""
    return Outcome(tuple((to, reply) for reply in replies), writes)
