"""The kit over the loopback Telegram: a text by itself, a menu, a photo, a file."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.audience import staff
from bot.model import Address, Tx
from tests.dialogues.conftest import Talk, labels
from tests.scheduler.issues import digest, put

LAN = 7


def prepare(tx: Tx) -> None:
    put(tx, digest())
    now = datetime.now(UTC)
    tx.run("UPDATE digests SET started_at = :now", now=now.isoformat(timespec="seconds"))
    staff.give_role(tx, (), Address("telegram", str(LAN)), "collaborator", "Lan", None, now)


async def test_the_kit(talk: Talk) -> None:
    await talk.db.run(prepare)
    await talk.says(LAN, "xin chào")
    text = await talk.says(LAN, "/chuyentiep")
    assert text.text.startswith("Văn bản mới đến ngày 23/11/2026\n")
    assert not text.buttons
    menu = await talk.reply(LAN)
    assert labels(menu)[:4] == ["Ảnh để đăng", "Bản in A4", "Bài đọc loa", "1 nhóm"]
    assert "PUBLIC_URL" in (await talk.reply(LAN)).text
    assert "tất cả 10 nhóm" in (await talk.presses(LAN, menu, "10 nhóm")).text
    assert (await talk.presses(LAN, menu, "Ảnh")).photo
    assert (await talk.presses(LAN, menu, "Bản in")).document
    assert "đọc hai lần" in (await talk.presses(LAN, menu, "Bài đọc")).text
    assert (await talk.reply(LAN)).text.startswith("Kính thưa toàn thể nhân dân!")
