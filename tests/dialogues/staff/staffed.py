"""A department on four networks: an administrator on Telegram, members wherever a test wants them, and how they press."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.audience import staff
from bot.audience.staff import Role
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Text
from tests.dialogues.conftest import _small_knowledge
from tests.dialogues.several import TELEGRAM, WEB, Several, several

CHIEF = Address("telegram", "1")
NETWORKS = {"telegram": TELEGRAM, "zalo_bot": ZaloBot.limits, "zalo_oa": ZaloOA.limits, "web": WEB}


@asynccontextmanager
async def staffed(folder: Path, members: dict[Address, tuple[Role, str]]) -> AsyncIterator[Several]:
    """With a small knowledge base; everybody has been greeted."""
    async with several(folder, (CHIEF,), None, **NETWORKS) as talk:
        await talk.db.run(_small_knowledge)
        for at, (role, name) in members.items():
            await talk.db.run(staff.give_role, (CHIEF,), at, role, name, None, talk.clock.now())
        await talk.bot.refresh()
        for each in (CHIEF, *members):
            await talk.says(each.channel, each.conversation, "xin chào")
        yield talk


async def picks(talk: Several, of: Address, label: str) -> str:
    """By its button, else by its number."""
    last = last_of(talk, of)
    for choice in last.choices:
        if re.sub(r"^\d+\. ", "", choice.label).startswith(label[:20]):
            return await presses(talk, of, choice.payload)
    found = re.search(rf"^(\d+)\. {re.escape(label)}", last.plain, re.MULTILINE)
    assert found, last
    return await talk.says(of.channel, of.conversation, found[1])


async def presses(talk: Several, of: Address, payload: str) -> str:
    await talk.hear(of.channel, of.conversation, "", payload=payload, message_id="m")
    return await talk.next(of.channel, of.conversation)


def last_of(talk: Several, of: Address) -> Text:
    sent = [each.reply for each in talk.networks[of.channel].sent if each.conversation == of.conversation][-1]
    assert isinstance(sent, Text)
    return sent
