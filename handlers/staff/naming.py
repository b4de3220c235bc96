"""How a member is called in the list and in the audit log: "họ tên: Nguyễn Văn An"."""

from __future__ import annotations

import re

from bot.audience import staff
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import roles as texts
from handlers.context import Context
from handlers.wording import plain
from knowledge.normalise import fold

_NAME = re.compile(r"\s*ho\s+(?:va\s+)?ten(?:\s+toi(?:\s+la)?)?\s*:", re.IGNORECASE)


def is_name(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and bool(_NAME.match(fold(inbound.text)))


async def rename(inbound: Inbound, context: Context, member: Member) -> Outcome:
    try:
        name = staff.name_from(inbound.text.partition(":")[2])
    except InputError as error:
        return say(inbound.address, plain(str(error)))
    now = context.clock.now()

    def write(tx: Tx) -> None:
        staff.rename(tx, member.key, name, now)

    return say(inbound.address, plain(texts.RENAMED.format(name=name)), writes=(write,))
