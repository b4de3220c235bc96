"""A reminder comes once, to who has begun and not sent, and to nobody else; approvers hear once of what is unusual."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.audience import department, subscriptions
from bot.audience.subscriptions import Subscription
from bot.errors import SendError
from bot.model import Address, Tx
from surveys import flow
from surveys.ballot import Ballot, Source
from tests.dialogues.staff.digesting import CHIEF, HOA, PEOPLE
from tests.dialogues.staff.polling import CODE, Polling, polling

REMINDED = "trả lời dở: Bà con"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Polling]:
    async with polling(tmp_path) as office:
        await office.opened()
        yield office


async def begins(office: Polling, who: Address) -> None:
    await office.says(who, f"khao sat {CODE}")
    await office.told(who, "Tham gia hay không là tùy Bạn, không ảnh hưởng")
    await office.says(who, "1")


async def reminded(office: Polling) -> int:
    rows = await office.talk.rows("outbox")
    return sum(row["cause"].startswith("reminder:") for row in rows)


async def test_once_after_three_hours_to_who_has_begun(office: Polling) -> None:
    await begins(office, PEOPLE[1])
    office.talk.clock.move(hours=2, minutes=59)
    await office.minute()
    assert await reminded(office) == 0
    office.talk.clock.move(minutes=2)
    await office.minute()
    said = await office.told(PEOPLE[1], REMINDED)
    assert "Bài được giữ đến" in said
    assert "chỉ nhắc một lần" in said
    office.talk.clock.move(hours=3)
    await office.minute()
    assert await reminded(office) == 1
    (row,) = [row for row in await office.talk.rows("outbox") if row["cause"].startswith("reminder:")]
    assert row["conversation"] is None  # nothing that stays tells who had begun
    assert "tiếp tục từ đây" in await office.says(PEOPLE[1], "1")


async def test_never_to_who_has_sent_or_declined_or_never_begun(office: Polling) -> None:
    await begins(office, PEOPLE[1])
    for words in ("1", "Lớp học", "1"):
        said = await office.says(PEOPLE[1], words)
    assert "không kèm tên Bạn" in said
    await office.says(PEOPLE[2], f"/khaosat {CODE}")
    await office.told(PEOPLE[2], "Tham gia hay không là tùy Bạn, không ảnh hưởng")
    await office.talk.presses(PEOPLE[2].channel, PEOPLE[2].conversation, "Tôi không tham gia")
    await office.says(PEOPLE[0], f"/khaosat {CODE}")  # has only read the consent
    assert len(await office.talk.rows("ballot_tokens")) == 1
    office.talk.clock.move(hours=4)
    await office.minute()
    assert await reminded(office) == 0


async def test_not_at_night_not_on_the_page_not_twice_to_one_person_not_after_the_end(
    office: Polling,
) -> None:
    box, now = office.talk.bot.box, office.talk.clock.now()
    own = Address("telegram", "21")

    def begin(tx: Tx) -> None:
        for at in (own, Address("web", "page-1"), Address("web-page", "cookie-1"), PEOPLE[0]):
            box.drafts.keep(tx, at, 1, {}, now)
        subscriptions.keep(tx, Subscription(PEOPLE[0], quiet="10:00-23:00"), now)

    await office.talk.db.run(begin)
    office.talk.clock.move(hours=13, minutes=30)  # 21:30
    await office.minute()
    assert await reminded(office) == 0
    office.talk.clock.move(hours=-8)  # 13:30, and somebody wants peace now
    await office.minute()
    assert await reminded(office) == 1
    assert REMINDED in await office.next(own)
    office.talk.clock.move(hours=-6)  # a clock that goes back reminds nobody again
    await office.minute()
    assert await reminded(office) == 1


async def test_one_that_waits_for_the_morning_goes_with_what_was_begun(office: Polling) -> None:
    for who in PEOPLE[:2]:
        await begins(office, who)
        office.talk.networks[who.channel].refuse(
            who.conversation, SendError("busy", retryable=True, retry_after=0.01)
        )
    office.talk.clock.move(hours=9)
    await office.minute()
    await office.looked()
    for minutes in (270, 1):  # 21:30: the platforms were away all the while
        office.talk.clock.move(minutes=minutes)
        await office.looked()
    waiting = [row for row in await office.talk.rows("outbox") if row["cause"].startswith("reminder:")]
    assert len(waiting) == 2
    assert all("2026-11-23T23:30" <= row["due_at"] < "2026-11-24T00:00" for row in waiting)
    for words in (f"khao sat {CODE}", "1", "Lớp học", "1"):
        said = await office.says(PEOPLE[1], words)
    assert "không kèm tên Bạn" in said
    assert await reminded(office) == 1  # else it would tell who has sent
    await office.talk.db.run(office.talk.bot.box.close, 1, "time", office.talk.clock.now())
    await office.minute()
    assert await reminded(office) == 0


async def test_linked_accounts_are_one_person(office: Polling) -> None:
    await begins(office, PEOPLE[1])
    now = office.talk.clock.now()
    await office.talk.db.run(office.talk.bot.box.drafts.keep, PEOPLE[0], 1, {}, now)
    for each in PEOPLE[:2]:
        await office.unread(each)
    await office.talk.link(("zalo-bot", "12"), ("telegram", "11"))
    office.talk.clock.move(hours=4)
    await office.minute()
    assert await reminded(office) == 1


async def fills(office: Polling, count: int, source: Source = "chat") -> None:
    """So many people send their ballots, and the round counts them."""
    now = office.talk.clock.now()

    def write(tx: Tx) -> None:
        for _ in range(count):
            voter = Address("telegram", office.talk.bot._context.token())
            office.talk.bot.box.submit(tx, 1, [voter], Ballot(source, {1: (1,)}), now)

    await office.talk.db.run(write)
    await office.minute()


async def test_many_browsers_at_once_are_told_once_and_can_be_paused(office: Polling) -> None:
    await fills(office, 60, "web")
    assert "rất nhiều phiếu từ trang web" in await office.told(CHIEF, "⚠")
    assert await office.talk.rows("poll_flow") != []
    office.talk.clock.move(minutes=10)
    await fills(office, 60, "web")
    assert "⚠" not in "".join(await office.unread(CHIEF))
    assert "Số phiếu đã cộng: khoảng 120" in await office.presses(CHIEF, "polldesk/1/show")
    assert "Đã tạm dừng" in await office.picks(CHIEF, "Tạm dừng")
    assert "⚠" in "".join(await office.unread(HOA))


async def test_it_pauses_by_itself_where_the_department_wants_that(office: Polling) -> None:
    await office.talk.db.run(department.change, "pause_unusual_polls", "có", office.talk.clock.now())
    await office.talk.bot.refresh()
    await fills(office, 60, "web")
    assert "tạm dừng cuộc thăm dò theo thiết lập" in await office.told(CHIEF, "⚠")
    assert (await office.poll()).state == "paused"
    assert "hệ thống: tạm dừng thăm dò #1" in await office.says(CHIEF, "nhật ký")


async def test_nothing_finer_than_the_hour_is_kept(office: Polling) -> None:
    await fills(office, 20)
    office.talk.clock.move(minutes=20)
    await fills(office, 20)
    assert await office.talk.db.read(flow.hours, 1) == {("chat", "2026-11-23T01:00Z"): 40}


async def test_what_had_to_close_says_why_once(office: Polling) -> None:
    now = office.talk.clock.now()
    await office.talk.db.run(office.talk.bot.box.close, 1, "restored", now)
    await office.minute()
    said = await office.told(CHIEF, "đã dừng")
    assert "khôi phục từ bản sao lưu" in said
    await office.minute()
    office.talk.clock.move(seconds=int(timedelta(days=1).total_seconds()))
    await office.minute()
    assert await office.unread(CHIEF) == []
