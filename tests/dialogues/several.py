"""A bot on several networks in memory, with and without slash commands, and people who write on more than one."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import Bot, codes_of
from bot.audience import invites
from bot.audience.codes import Codes
from bot.audience.staff import Role
from bot.channels.base import Limits
from bot.model import JSON, Address, GroupFacts, Inbound, Reply, Text, Tx
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.network import FakeNetwork
from tests.fakes.time import MovedClock

ORGANISATION = "Ban Tuyên giáo và Dân vận xã Bình Minh"
TELEGRAM = Limits(text=4096, units="utf-16", buttons=100, label=40)
ZALO = Limits(text=1900, slash_commands=False)
WEB = Limits(text=4000, buttons=12, label=400, reader="comes back")
TERMINAL = Limits(text=100_000, reader="leaves")
USUAL = {"telegram": TELEGRAM, "zalo_bot": ZALO, "web": WEB}
PATIENCE = 10.0  # seconds of a slow machine


class AwaitedNetwork(FakeNetwork):
    """Tells when a message has arrived. A raw update with "group" is said in a group, to the bot."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits=limits)
        self.group_limits = limits
        self._news = asyncio.Event()
        self._read: dict[str, int] = defaultdict(int)

    def decode(self, raw: JSON) -> Inbound | None:
        inbound = super().decode(raw)
        return replace(inbound, private=False) if inbound and "group" in raw else inbound

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        name = await super().send(to, reply, key)
        self._news.set()
        return name

    async def next(self, conversation: str) -> str:
        """The next message there that nobody has looked at."""
        position = self._read[conversation]
        async with asyncio.timeout(PATIENCE):
            while len(self.texts(conversation)) <= position:
                self._news.clear()
                await self._news.wait()
        self._read[conversation] += 1
        return self.texts(conversation)[position]

    def last(self, conversation: str) -> Text:
        """The one that was looked at last; where none was, the last."""
        replies = [sent.reply for sent in self.sent if sent.conversation == conversation]
        reply = replies[self._read[conversation] - 1]
        assert isinstance(reply, Text)
        return reply

    def unread(self, conversation: str) -> list[str]:
        return self.texts(conversation)[self._read[conversation] :]


class LedNetwork(AwaitedNetwork):
    """One that tells who leads a group: everybody in `leaders`, or anybody while that is None."""

    leaders: set[str] | None = None

    async def is_admin(self, group: str, person: str) -> bool:
        return self.leaders is None or person in self.leaders

    async def describe_group(self, group: str) -> GroupFacts:
        return GroupFacts("Tổ dân phố 3", 45)


class Several:
    def __init__(
        self,
        bot: Bot,
        db: SqliteDatabase,
        clock: MovedClock,
        networks: Sequence[AwaitedNetwork],
        codes: Codes,
    ) -> None:
        self.bot = bot
        self.db = db
        self.clock = clock
        self.networks = {network.name: network for network in networks}
        self.codes = codes
        self._count = 0

    async def says(self, network: str, person: str, words: str, *, group: str = "", **more: Any) -> str:
        """Somebody writes; the next message that comes back."""
        await self.hear(network, person, words, group=group, **more)
        return await self.next(network, group or person)

    async def hear(self, network: str, person: str, words: str, *, group: str = "", **more: Any) -> None:
        self._count += 1
        raw = {
            "id": f"update-{self._count:05}",
            "conversation": group or person,
            "sender": person,
            "text": words,
            **more,
        }
        if group:
            raw["group"] = True
        await self.bot.dispatch.inbox.add(self.networks[network], [raw])

    async def presses(self, network: str, person: str, label: str) -> str:
        """Somebody presses the button that starts like this below the last message; the next that comes back."""
        choices = self.networks[network].last(person).choices
        named = zip(self.labels(network, person), choices, strict=True)
        payload = next(choice.payload for name, choice in named if name.startswith(label))
        await self.hear(network, person, "", payload=payload)
        return await self.next(network, person)

    def labels(self, network: str, person: str) -> list[str]:
        """The buttons below the last message, without the numbers of long ones."""
        choices = self.networks[network].last(person).choices
        return [re.sub(r"^\d+\. ", "", choice.label) for choice in choices]

    async def next(self, network: str, conversation: str) -> str:
        return await self.networks[network].next(conversation)

    async def link(self, one: tuple[str, str], other: tuple[str, str]) -> str:
        """One asks for a code, the other sends it, and one has been told; what the other hears."""
        heard = await self.says(*other, await self.code_line(*one))
        assert "vừa liên kết thêm" in await self.next(*one)
        return heard

    async def code_line(self, network: str, person: str) -> str:
        """The message with the code that somebody asked for."""
        words = "/lienket" if self.networks[network].limits.slash_commands else "lien ket"
        await self.says(network, person, words)
        return await self.next(network, person)

    async def invitation(self, role: Role, name: str) -> str:
        """A code made by `hoidap staff invite`."""
        code = self.codes.fresh()
        await self.db.run(invites.make, self.codes, code, role, name, None, None, self.clock.now())
        return code

    async def rows(self, table: str) -> list[Row]:
        def all_of(tx: Tx) -> list[Row]:
            return tx.rows(f"SELECT * FROM {table}")

        return await self.db.read(all_of)


@asynccontextmanager
async def several(
    folder: Path, admins: tuple[Address, ...] = (), public_url: str | None = None, **limits: Limits
) -> AsyncIterator[Several]:
    """Running; by default on Telegram, Zalo Bot and the web page. Names are written with _ for -."""
    chosen = limits or USUAL
    settings = Settings(
        database_url=f"sqlite:///{folder}/hoidap.db",
        organisation=ORGANISATION,
        admins=admins,
        public_url=public_url,
    )
    async with running(settings, chosen) as talk:
        yield talk


@asynccontextmanager
async def running(
    settings: Settings,
    limits: Mapping[str, Limits] = USUAL,
    chance: Callable[[int], bytes] = secrets.token_bytes,
) -> AsyncIterator[Several]:
    db = SqliteDatabase.open(settings.database_path)
    keys, clock = key_folder(settings), MovedClock()
    networks = [_network(name.replace("_", "-"), limit) for name, limit in limits.items()]
    bot = Bot(settings, db, keys, keys.seal(), clock, networks, chance)
    async with bot.running():
        yield Several(bot, db, clock, networks, codes_of(settings, keys, clock))
    await db.close()


def _network(name: str, limits: Limits) -> AwaitedNetwork:
    return LedNetwork(name, limits) if name == "telegram" else AwaitedNetwork(name, limits)
