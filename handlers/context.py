"""What every handler is given. It may read; what it wants written or said goes into its Outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.audience.codes import Codes
from bot.audience.department import Department
from bot.audience.lately import Lately
from bot.clock import Clock
from bot.drafts import Drafts
from bot.model import Address, GroupFacts, Inbound, Outcome, Tx
from bot.recent import Recent
from bot.storage.base import Reader
from bot.texts import chat, desk
from knowledge.answering import Thresholds
from knowledge.library import Library
from scheduler.media import Media
from surveys.ballots import Ballots


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one person in their private conversations.

    linked     the channels of their other accounts
    recent     whether it is known what they have just talked about
    drafts     whether questions of theirs are kept that they could still send to an officer
    inquiries  the numbers of those that they have sent and that wait for an answer
    polls      how many polls they have begun to answer and not sent
    subscribed  whether they get digests
    asked      in how many polls they have been asked to take part, and would hear of the result
    """

    person: bool
    messages: int
    choices: bool
    linked: tuple[str, ...] = ()
    recent: bool = False
    drafts: bool = False
    inquiries: tuple[int, ...] = ()
    polls: int = 0
    subscribed: bool = False
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """department       the newest settings at the moment of the call
    day_key          the key of a local day, thrown away when it ends
    token            a fresh random name, 12 hexadecimal digits
    kept, erase      what is kept of a person (the conversation's address, the sender), and its deletion
    end              what is forgotten of a private chat whose person has blocked us
    networks         the channels that are on: whether people there know slash commands
    admins           the administrators that the settings name
    recent           what a private conversation was about a moment ago
    ticket           of a purpose, sealed words that are worth something until a moment: see bot/sealing.py
    public_url       our own address, where there is one
    private_feeds    whether feeds of our own network may be fetched
    takes_files      the channels that can be sent a file
    tells            the channels on which a message reaches somebody who does not look
    keeps_nobody     the channels on which nobody is known any more when they have ended the session
    knowing_admins   the channels that tell who leads a group
    is_admin         whether the channel says that a person leads a group, now. Raises SendError
    describe_group   what the channel tells about a group, now; None where it never does. Raises SendError
    told             groups in which somebody has just been told that they may not
    setting_up       (group, person): who has just proven by a code that they may set it up
    delivery         what became of the sends of a cause: "sent", "waiting", "held", "lost"; "" where there are none
    media            the networks that are on, as digests know them
    drafts           what people have written and not sent on yet
    box              the ballots of polls
    received         when the message of an inbox row came
    """

    db: Reader
    clock: Clock
    timezone: ZoneInfo
    organisation: str
    library: Library
    department: Callable[[], Department]
    day_key: Callable[[date], bytes]
    token: Callable[[], str]
    kept: Callable[[Tx, Address, str], Kept]
    erase: Callable[[Tx, Address, str], object]
    end: Callable[[Tx, Address], object]
    networks: Mapping[str, bool]
    admins: tuple[Address, ...]
    codes: Codes
    recent: Recent
    ticket: Callable[[str, str, datetime], str]
    public_url: str | None
    private_feeds: bool
    takes_files: frozenset[str]
    tells: frozenset[str]
    keeps_nobody: frozenset[str]
    drafts: Drafts
    delivery: Callable[[Tx, str], str]
    media: Media
    box: Ballots
    received: Callable[[Tx, int], datetime]
    knowing_admins: frozenset[str]
    is_admin: Callable[[Address, str], Awaitable[bool]]
    describe_group: Callable[[Address], Awaitable[GroupFacts | None]]
    told: Lately
    setting_up: Lately

    @property
    def today(self) -> date:
        """The local day."""
        return self.clock.now().astimezone(self.timezone).date()

    def knows_slash(self, channel: str) -> bool:
        return self.networks.get(channel, True)

    def words(self, channel: str) -> dict[str, str]:
        """What sentences name: the organisation, and each command as this network writes it."""
        return {"organisation": self.organisation, **command_words(self.knows_slash(channel))}

    @property
    def thresholds(self) -> Thresholds:
        return thresholds_of(self.department())


def command_words(slash: bool) -> dict[str, str]:
    """ "/riengtu", or "“riêng tư”" where people know no slash commands; by the command's name."""
    spoken = chat.SPOKEN_COMMANDS | chat.GROUP_COMMANDS | dict(reversed(desk.STAFF_COMMANDS))
    if slash:
        return {name: f"/{name}" for name in spoken}
    return {name: chat.SPOKEN_COMMAND.format(words=words) for name, words in spoken.items()}


def thresholds_of(department: Department) -> Thresholds:
    """The shipped ones, where the department has not set its own."""
    shipped = Thresholds()
    return Thresholds(
        answer=department.answer_threshold or shipped.answer,
        suggest=department.suggest_threshold or shipped.suggest,
        group_answer=department.group_answer_threshold or shipped.group_answer,
    )


Handler = Callable[[Inbound, Context], Awaitable[Outcome]]
