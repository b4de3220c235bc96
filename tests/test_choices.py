"""What "2" means on a network without buttons."""

from __future__ import annotations

import pytest

from bot import choices
from bot.model import Address, Tx
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase

HERE, THERE = Address("net", "here"), Address("net", "there")
NOW, LATER = "2026-11-23T01:00:00.000000Z", "2026-11-24T01:00:00.000000Z"


async def shown(db: SqliteDatabase, seal: Seal, *payloads: str, at: Address = HERE, now: str = NOW) -> None:
    await db.run(choices.remember, seal, at, list(payloads), now)


async def meant(db: SqliteDatabase, seal: Seal, text: str, at: Address = HERE) -> str | None:
    return await db.read(choices.resolve, seal, at, text)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        *(
            ("1", "A"),
            ("2", "B"),
            (" 2 ", "B"),
            ("2.", "B"),
            ("2)", "B"),
            ("02", "B"),
            ("3", None),
            ("0", None),
        ),
        *(("(2)", "B"), ("số 2", "B"), ("So 2 a!", "B"), ("Chọn câu 2 nhé", "B"), ("mục 3", None)),
        *(("２", "B"), ("2️⃣", "B"), ("2 đi em", "B"), ("lựa chọn 2", "B")),
    ],
)
async def test_a_number_is_the_choice_that_was_shown_with_it(
    db: SqliteDatabase, seal: Seal, text: str, payload: str | None
) -> None:
    await shown(db, seal, "A", "B")
    assert await meant(db, seal, text) == payload


@pytest.mark.parametrize(
    "text",
    [
        *("", "-1", "1 2", "57/2025", "²", "١", "1000000", "nghị quyết 1", "1?", "1.5"),
        *("số", "câu hỏi 1", "mục 1 nghị quyết 57", "số 1 là gì", "điều 1", "1 người"),
    ],
)
async def test_other_text_is_no_choice(db: SqliteDatabase, seal: Seal, text: str) -> None:
    await shown(db, seal, *"ABCDEFGHIJ")
    assert await meant(db, seal, text) is None


async def test_the_last_choices_shown_here_count(db: SqliteDatabase, seal: Seal) -> None:
    assert await meant(db, seal, "1") is None
    await shown(db, seal, "A")
    await shown(db, seal, "B")
    await shown(db, seal, "C", at=THERE)
    assert await meant(db, seal, "1") == "B"
    assert await meant(db, seal, "1", at=Address("other", "here")) is None


async def test_choices_whose_key_is_gone_are_none(db: SqliteDatabase, seal: Seal) -> None:
    """Else whoever types "2" would be told of trouble for a day."""
    await shown(db, seal, "A")
    assert await meant(db, Seal(b"q" * 32), "1") is None


async def test_choices_cannot_be_moved_to_another_conversation(db: SqliteDatabase, seal: Seal) -> None:
    await shown(db, seal, "A")
    await db.run(lambda tx: tx.run("UPDATE shown_choices SET conversation = 'there'"))
    assert await meant(db, seal, "1", at=THERE) is None


async def test_they_are_kept_sealed_and_can_be_erased(db: SqliteDatabase, seal: Seal) -> None:
    def payloads(tx: Tx) -> list[bytes]:
        return [row["payload"] for row in tx.rows("SELECT payload FROM shown_choices")]

    await shown(db, seal, "answer:4711")
    await shown(db, seal, "answer:4711", at=THERE, now=LATER)
    assert all(b"answer" not in payload for payload in await db.read(payloads))
    assert await db.run(choices.forget_older_than, LATER) == 1
    assert await meant(db, seal, "1") is None
    assert await db.run(choices.erase, THERE) == 1
    assert await db.read(payloads) == []
