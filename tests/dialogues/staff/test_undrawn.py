"""Approvers hear, once, that a digest goes out without its picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from handlers.staff import undrawn
from tests.dialogues.staff.inquiring import HOA, LAN, office
from tests.scheduler.issues import digest


async def test_approvers_are_told_once(tmp_path: Path) -> None:
    async with office(tmp_path) as talk:
        for _ in range(2):
            await talk.bot.tell(partial(undrawn.announce, digest=digest(title="Văn bản mới 🎉")))
        told = await talk.next(*HOA)
        assert told.startswith("Không vẽ được ảnh cho bản tin “Văn bản mới 🎉”")
        assert talk.unread(HOA) == talk.unread(LAN) == []
