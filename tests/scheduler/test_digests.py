"""A digest in its time: prepared, approved, sent once to each chat, or skipped and said so."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import campaigns
from bot.audience import groups, units
from bot.audience.department import Department
from bot.audience.subscriptions import Subscription
from bot.audience.units import Unit
from bot.campaigns import Progress
from bot.clock import stamp
from bot.errors import InputError
from bot.model import Address, GroupFacts
from bot.sealing import Seal
from bot.storage.backup import write_backup
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents
from scheduler import composing, digests, housekeeping, schedules
from scheduler.schedule_words import parse
from scheduler.schedules import Schedule
from scheduler.selection import numbers
from tests.fakes.disk import full_disk
from tests.fakes.time import MovedClock
from tests.scheduler.digesting import (
    DOCUMENT,
    DUE,
    GROUP,
    HOA,
    LAN,
    SUNDAY,
    VIET_NAM,
    WEEKLY,
    Office,
    automatic,
)

DAILY = Schedule("Hằng ngày", parse("hằng ngày 07:30"))


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(SUNDAY)


@pytest.fixture
def office(db: SqliteDatabase, clock: MovedClock, seal: Seal) -> Office:
    return Office(db, clock, seal)


async def until(office: Office, moment: datetime) -> None:
    office.clock.move(seconds=(moment - office.clock.now()).total_seconds())
    await office.go_on()


async def test_a_draft_comes_ahead_of_its_time_and_goes_out_when_it_was_approved(office: Office) -> None:
    await office.has(WEEKLY)
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await office.go_on()
    assert await office.db.read(digests.unfinished) == []  # more than 12 hours ahead
    await until(office, DUE - timedelta(hours=12))
    digest = await office.digest()
    assert (digest.state, digest.send_at) == ("draft", DUE)
    assert [item.sentences for item in digest.items] == [
        "Khoa học là đột phá quan trọng. Người dân là trung tâm."
    ]
    assert await office.db.read(digests.untold, office.clock.now()) == [(digest, "draft")]
    await office.approve()
    await until(office, DUE - timedelta(minutes=1))
    assert await office.rows() == []
    await until(office, DUE)
    assert (await office.digest()).state == "sending"
    assert "57-NQ/TW" in (await office.queued())["lan"][0]
    await office.everything_arrives()
    await office.go_on()
    assert (await office.digest()).state == "sent"
    assert [each.key for each in await office.db.read(digests.latest_sent, 5)] == [digest.key]


async def test_nothing_new_nothing_sent(office: Office) -> None:
    await office.has(automatic())
    await office.publish(replace(DOCUMENT, sample=True))
    await office.publish(replace(DOCUMENT, number="58-NQ/TW", status="draft"))
    await office.publish(replace(DOCUMENT, number="59-NQ/TW", status="expired"))
    await office.subscribe(LAN)
    await until(office, DUE)
    assert await office.db.read(digests.unfinished) == []
    schedule = (await office.db.read(schedules.all_schedules))[0]
    assert schedule.next_run_at == DUE + timedelta(days=7)


async def test_what_has_gone_out_does_not_come_again_and_what_is_corrected_is_not_new(office: Office) -> None:
    await office.has(automatic())
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE)
    await office.everything_arrives()
    await office.publish(replace(DOCUMENT, summary="Tóm tắt đã sửa."))
    await until(office, DUE + timedelta(days=7))
    assert len(await office.rows()) == 1
    await office.publish(replace(DOCUMENT, number="60-NQ/TW"))
    await until(office, DUE + timedelta(days=14))
    assert "60-NQ/TW" in (await office.queued_last())
    assert "57-NQ/TW" not in (await office.queued_last())


async def test_a_draft_that_nobody_approves_is_reminded_of_then_skipped_and_its_items_come_again(
    office: Office,
) -> None:
    await office.has(WEEKLY)
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    occasions = []
    for moment in (DUE - timedelta(hours=1), DUE, DUE + timedelta(hours=1), DUE + timedelta(hours=13)):
        await until(office, moment)
        for digest, occasion in await office.db.read(digests.untold, office.clock.now()):
            occasions.append(occasion)
            await office.db.run(digests.mark_told, digest.key, occasion)
    assert occasions == ["draft", "late", "skipped"]
    assert (await office.digest()).reason == "not approved"
    assert await office.rows() == []
    with pytest.raises(InputError, match="bỏ qua"):
        await office.approve()
    await until(office, DUE + timedelta(days=7))
    assert [each.items[0].number for each in await office.db.read(digests.unfinished)] == ["57-NQ/TW"]


async def test_approved_after_its_time_but_within_its_validity_it_goes_out_at_once(office: Office) -> None:
    await office.has(WEEKLY)
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE + timedelta(hours=3))
    await office.approve()
    await office.go_on()
    assert len(await office.rows()) == 1


async def test_what_was_missed_while_down_goes_out_once_within_its_validity(office: Office) -> None:
    await office.has(automatic(replace(DAILY, valid_hours=12)))
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE + timedelta(days=3, hours=11))  # four times have passed
    await office.go_on()
    assert (await office.digest()).due_at == DUE + timedelta(days=3)
    assert len(await office.rows()) == 1


@pytest.mark.parametrize("already_approved", [True, False])
async def test_what_was_missed_for_too_long_is_skipped_and_said_so(
    office: Office, already_approved: bool
) -> None:
    await office.has(automatic(replace(WEEKLY, valid_hours=6)))
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    if already_approved:
        await until(office, DUE - timedelta(hours=1))
    await until(office, DUE + timedelta(hours=7))
    digest = await office.digest()
    assert (digest.state, digest.reason) == ("skipped", "missed")
    assert "skipped" in [occasion for _, occasion in await office.db.read(digests.untold, office.clock.now())]
    assert await office.rows() == []


async def test_one_due_time_never_runs_twice_with_two_runners_on_one_file(
    tmp_path: Path, clock: MovedClock, seal: Seal
) -> None:
    first, second = (SqliteDatabase.open(tmp_path / "hoidap.db") for _ in range(2))
    try:
        office = Office(first, clock, seal)
        await office.has(automatic())
        await office.publish(DOCUMENT)
        await office.subscribe(*(Address("net", f"person-{number}") for number in range(450)))
        clock.move(seconds=(DUE - SUNDAY).total_seconds())
        runners = [office.process(db) for db in (first, second) for _ in range(2)]
        await asyncio.gather(*(runner.go_on() for runner in runners))
        for runner in runners:  # who lost a race leaves the rest to the others: nothing is left out
            await runner.go_on()
        rows = await office.rows()
        assert len(rows) == len({row["conversation"] for row in rows}) == 450
        assert (await office.digest()).chats == 450
        clock.move(minutes=1)
        await asyncio.gather(*(runner.go_on() for runner in runners))
        assert len(await office.rows()) == 450
    finally:
        await first.close()
        await second.close()


async def test_one_item_reaches_one_chat_once_whatever_schedules_overlap(office: Office) -> None:
    await office.has(automatic())
    await office.has(automatic(DAILY))
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE)
    assert len(await office.rows()) == 1
    await office.publish(replace(DOCUMENT, number="60-NQ/TW"))
    await until(office, DUE + timedelta(days=1))
    await office.everything_arrives()
    for day in range(2, 9):
        await until(office, DUE + timedelta(days=day))
    texts = [row["cause"] for row in await office.rows()]
    assert len(texts) == 2  # one for each document


async def test_a_group_that_may_be_written_to_again_gets_what_went_out_meanwhile_once(office: Office) -> None:
    other = Address("net", "group-2")
    await office.has(automatic(DAILY))
    await office.group(GROUP)
    await office.subscribe(LAN)
    gone = await office.publish(replace(DOCUMENT, number="58-NQ/TW"))
    await office.publish(DOCUMENT)
    await office.db.run(groups.forbid, GROUP, stamp(office.clock.now()))
    await until(office, DUE)
    await office.publish(replace(DOCUMENT, number="60-NQ/TW"))
    await until(office, DUE + timedelta(days=1))
    urgent = await office.publish(replace(DOCUMENT, number="70-NQ/TW"))
    now = office.clock.now()
    news = await office.db.run(
        lambda tx: composing.urgent(tx, urgent, None, now, override_quiet=True, code="abcdefgh")
    )
    await office.db.run(digests.approve, news.key, None, now)
    await office.go_on()
    await office.everything_arrives()
    assert {row["conversation"] for row in await office.rows()} == {"lan"}
    await office.db.run(lambda tx: tx.run("UPDATE documents SET status = 'draft' WHERE key = :key", key=gone))
    await until(office, DUE + timedelta(days=1, hours=13))  # 20:30; the next digest has been drafted
    await office.group(other)  # has missed nothing, being new
    for _ in range(2):  # the platform tells it twice
        await office.db.run(groups.learn, GROUP, GroupFacts(can_write=True), office.clock.now())
    for _ in range(2):
        await office.go_on()
    late = (await office.rows())[3:]
    assert {row["conversation"] for row in late} == {GROUP.conversation}
    said = [office.text(row) for row in late]
    assert ["57-NQ/TW" in each for each in said] == [True, False]
    assert ["60-NQ/TW" in each for each in said] == [False, True]
    assert not any("58-NQ/TW" in each or "70-NQ/TW" in each for each in said)


async def test_what_went_out_long_ago_or_has_come_is_not_brought_again(office: Office) -> None:
    await office.has(automatic())
    await office.group(GROUP)
    await office.publish(DOCUMENT)
    await until(office, DUE)
    await office.everything_arrives()
    await office.db.run(groups.forbid, GROUP, stamp(office.clock.now()))
    await office.publish(replace(DOCUMENT, number="60-NQ/TW"))
    await office.subscribe(LAN)
    await until(office, DUE + timedelta(days=7))
    await until(office, DUE + timedelta(days=14, minutes=1))
    await office.db.run(groups.learn, GROUP, GroupFacts(), office.clock.now())
    await office.go_on()
    assert [row["conversation"] for row in await office.rows()] == [GROUP.conversation, "lan"]


async def test_a_backup_made_while_a_digest_goes_out_goes_on_with_whom_it_had_not_reached(
    office: Office, tmp_path: Path
) -> None:
    await office.has(automatic())
    await office.publish(DOCUMENT)
    await office.subscribe(LAN, HOA)
    await office.group(Address("net", "-100123"), thread="45")
    await until(office, DUE)
    await office.db.run(
        lambda tx: tx.run("UPDATE outbox SET state = 'sent', payload = NULL WHERE conversation = 'lan'")
    )
    write_backup(tmp_path / "hoidap.db", tmp_path / "backup.db")
    db = SqliteDatabase.open(tmp_path / "backup.db")
    restored = Office(db, office.clock, office.seal)
    await restored.go_on()
    await restored.go_on()
    waiting = [row["conversation"] for row in await restored.rows() if row["state"] == "waiting"]
    await db.close()
    assert sorted(waiting) == ["-100123/45", "hoa"]


async def test_each_chat_gets_its_topics_levels_and_unit(office: Office) -> None:
    now = office.clock.now()
    ward = await office.db.run(units.add, Unit(0, "Phường Bình Minh", "phường"), now)
    inside = await office.db.run(units.add, Unit(0, "Tổ dân phố 3", "tổ dân phố", ward), now)
    outside = await office.db.run(units.add, Unit(0, "Xã Hòa Bình", "xã"), now)
    await office.has(automatic(replace(WEEKLY, unit=ward, audience="groups")))
    await office.has(automatic(replace(DAILY, audience="private")))
    await office.publish(DOCUMENT)
    await office.publish(replace(DOCUMENT, number="12-KH/ĐU", level="xã", topics=("Đất đai",)))
    await office.group(GROUP, unit=inside)
    await office.group(Address("net", "group-2"), unit=outside)
    await office.group(Address("net", "group-3"), unit=inside, topics=("đất  đai",))
    await office.subscribe(
        Subscription(LAN, levels=("xã",)), Subscription(HOA, topics=("Giáo dục",)), Address("off", "network")
    )
    await until(office, DUE)
    queued = await office.queued()
    assert set(queued) == {"group-1", "group-3", "lan"}
    assert "57-NQ/TW" in queued["group-1"][0]
    assert "12-KH/ĐU" in queued["group-1"][0]
    assert "57-NQ/TW" not in queued["group-3"][0]
    assert "57-NQ/TW" not in queued["lan"][0]


async def test_a_unit_that_was_merged_or_renamed_still_gets_its_digest_and_an_empty_one_says_so(
    office: Office,
) -> None:
    now = office.clock.now()
    old = await office.db.run(units.add, Unit(0, "Xã Cũ", "xã"), now)
    new = await office.db.run(units.add, Unit(0, "Xã Mới", "xã"), now)
    empty = await office.db.run(units.add, Unit(0, "Xã Vắng", "xã"), now)
    await office.has(automatic(replace(WEEKLY, unit=old)))
    await office.has(automatic(replace(DAILY, unit=empty)))
    await office.publish(DOCUMENT)
    await office.group(GROUP, unit=new)
    await office.db.run(units.merge, old, new, now)
    await until(office, DUE)
    assert set(await office.queued()) == {"group-1"}
    skipped = [
        digest for digest, occasion in await office.db.read(digests.untold, now) if occasion == "skipped"
    ]
    assert [digest.reason for digest in skipped] == ["nobody"]


async def test_quiet_hours_of_a_chat_and_of_the_service_delay_in_order_and_spread(office: Office) -> None:
    early = replace(WEEKLY, rule=parse("thứ Hai hàng tuần 05:00"))
    await office.has(automatic(early))
    await office.publish(DOCUMENT)
    await office.subscribe(
        *(Address("net", f"person-{number}") for number in range(40)),
        Subscription(LAN, quiet="22:00-09:00"),
        Subscription(HOA, quiet="không"),
    )
    await until(office, datetime(2026, 11, 22, 22, 0, tzinfo=UTC))
    due = {
        row["conversation"]: datetime.fromisoformat(row["due_at"]).astimezone(VIET_NAM)
        for row in await office.rows()
    }
    assert {row["heeds_quiet"] for row in await office.rows()} == {1}  # also later, when it is sent
    assert f"{due['lan']:%H}" == "09"
    assert (
        "06:30" <= f"{min(due.values()):%H:%M}" <= f"{due['hoa']:%H:%M}" <= "07:00"
    )  # the service is quiet too
    assert len(set(due.values())) > 30  # of 42: each has its place for good, and few share one
    await office.publish(replace(DOCUMENT, number="60-NQ/TW"))
    await office.has(automatic(replace(DAILY, rule=parse("hằng ngày 05:30"))))
    await until(office, datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    later = {row["conversation"]: row["due_at"] for row in (await office.rows())[42:]}
    assert later == {row["conversation"]: row["due_at"] for row in (await office.rows())[:42]}


async def test_a_chat_whose_turn_would_come_in_its_quiet_time_waits(office: Office) -> None:
    await office.has(automatic(replace(WEEKLY, rule=parse("Chủ nhật hàng tuần 20:59"))))
    await office.publish(DOCUMENT)
    await office.subscribe(
        *(Address("net", f"person-{number:04}") for number in range(700))
    )  # 70 s at 10 a second
    await until(office, datetime(2026, 11, 22, 13, 59, tzinfo=UTC))
    waiting = [row for row in await office.rows() if row["due_at"] > "2026-11-22T14:00"]
    assert len(waiting) == 100


async def test_urgent_news_goes_to_everybody_at_once_marked_and_through_quiet_hours(office: Office) -> None:
    key = await office.publish(DOCUMENT)
    await office.subscribe(Subscription(LAN, topics=("Khác",), levels=("xã",)), HOA)
    await office.group(Address("net", "group-3"), topics=("Đất đai",))
    office.clock.move(hours=13)  # 23:00
    digest = await office.db.run(
        composing.urgent, key, None, office.clock.now(), override_quiet=True, code="abcdefgh"
    )
    await office.go_on()
    assert await office.rows() == []  # it wants approval
    await office.approve()
    await office.go_on()
    queued = await office.queued()
    assert queued.keys() == {"hoa", "lan", "group-3"}  # whatever they have chosen
    assert all(said[0].startswith("🔴 TIN KHẨN") for said in queued.values())
    rows = await office.rows()
    assert {(row["due_at"], row["heeds_quiet"]) for row in rows} == {(rows[0]["created_at"], 0)}
    assert (digest.urgent, digest.code) == (True, "abcdefgh")
    assert await office.db.read(digests.by_code, "ABCDEFGH") == await office.by_key(digest.key)


async def test_staff_drop_edit_postpone_and_cancel(office: Office) -> None:
    await office.has(WEEKLY)
    first = await office.publish(DOCUMENT)
    second = await office.publish(replace(DOCUMENT, number="60-NQ/TW"))
    await office.subscribe(LAN)
    await until(office, DUE - timedelta(hours=1))
    digest, now = await office.digest(), office.clock.now()
    await office.db.run(digests.drop_item, digest.key, second, None, now)
    await office.db.run(digests.edit_text, digest.key, first, "Câu đã sửa.", None, now)
    await office.db.run(digests.edit_text, digest.key, None, "Kính gửi các đồng chí!", None, now)
    await office.db.run(digests.postpone, digest.key, DUE + timedelta(hours=24), None, now)
    with pytest.raises(InputError, match="chỉ còn một văn bản"):
        await office.db.run(digests.drop_item, digest.key, first, None, now)
    with pytest.raises(InputError, match="đã qua"):
        await office.db.run(digests.postpone, digest.key, now, None, now)
    with pytest.raises(InputError, match="tối đa 30 ngày"):
        await office.db.run(digests.postpone, digest.key, now + timedelta(days=31), None, now)
    with pytest.raises(InputError, match="1001 ký tự"):
        await office.db.run(digests.edit_text, digest.key, first, "a" * 1001, None, now)
    await office.approve()
    await until(office, DUE + timedelta(hours=23))
    assert await office.rows() == []
    await until(office, DUE + timedelta(hours=24))
    said = (await office.queued())["lan"][0]
    assert "\nKính gửi các đồng chí!" in said
    assert "Câu đã sửa." in said
    assert "60-NQ/TW" not in said
    await office.everything_arrives()
    await until(office, DUE + timedelta(days=7))
    assert await office.db.read(digests.unfinished) == []  # what was dropped does not come again


async def test_paused_nothing_more_goes_out_and_cancelled_items_come_again_where_they_had_not_arrived(
    office: Office,
) -> None:
    await office.has(automatic())
    await office.has(automatic(DAILY))
    await office.publish(DOCUMENT)
    await office.subscribe(LAN, HOA)
    await until(office, DUE - timedelta(hours=1))
    for digest in (await office.db.read(digests.unfinished))[1:]:
        await office.db.run(digests.cancel, digest.key, None, office.clock.now())
    await until(office, DUE)
    digest = next(each for each in await office.db.read(digests.unfinished))
    await office.db.run(digests.pause, digest.key, None, office.clock.now())
    with pytest.raises(InputError, match="tạm dừng"):
        await office.db.run(digests.pause, digest.key, None, office.clock.now())
    assert await office.db.read(campaigns.progress, digest.cause) == Progress(waiting=2, paused=2)
    await office.db.run(digests.resume, digest.key, None, office.clock.now())
    assert await office.db.read(campaigns.progress, digest.cause) == Progress(waiting=2)
    await office.db.run(lambda tx: tx.run("UPDATE outbox SET state = 'sent' WHERE conversation = 'lan'"))
    await office.db.run(digests.cancel, digest.key, None, office.clock.now())
    assert await office.db.read(campaigns.progress, digest.cause) == Progress(sent=1, undeliverable=1)
    await until(office, DUE + timedelta(days=1))
    assert [row["conversation"] for row in (await office.rows())[2:]] == ["hoa"]


async def test_a_document_that_was_withdrawn_after_approval_does_not_go_out(office: Office) -> None:
    await office.has(automatic())
    key = await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE - timedelta(hours=1))
    found = await office.db.read(documents.by_key, key)
    assert found
    await office.publish(replace(documents.as_draft(found), status="expired"))
    await until(office, DUE)
    digest = await office.digest()
    assert (digest.state, digest.reason) == ("skipped", "withdrawn")


async def test_a_clock_that_jumps_forwards_and_back_sends_nothing_twice_and_loses_nothing(
    office: Office,
) -> None:
    await office.has(automatic())
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    office.clock.move(days=4_000)
    await office.go_on()
    office.clock.move(days=-4_000)
    await office.go_on()
    assert (await office.db.read(schedules.all_schedules))[0].next_run_at == DUE
    await until(office, DUE)
    assert len(await office.rows()) == 1
    office.clock.move(hours=-2)
    await office.go_on()
    await until(office, DUE)
    await until(office, DUE + timedelta(days=7))
    assert len(await office.rows()) == 1


async def test_a_full_disk_leaves_out_nobody(office: Office) -> None:
    await office.has(automatic())
    await office.publish(DOCUMENT)
    await office.subscribe(*(Address("net", f"person-{number:04}") for number in range(450)))
    await until(office, DUE - timedelta(minutes=5))
    office.clock.move(minutes=5)
    with full_disk(), pytest.raises(Exception):  # noqa: B017, PT011 - whatever the disk says
        await office.go_on()
    await office.go_on()
    rows = await office.rows()
    assert len(rows) == len({row["conversation"] for row in rows}) == 450


@pytest.mark.parametrize("steps", [1, 3, 4, 7, 20])
async def test_stopped_anywhere_it_goes_on_where_it_was(office: Office, steps: int) -> None:
    await office.has(automatic())
    await office.publish(DOCUMENT)
    await office.subscribe(*(Address("net", f"person-{number:04}") for number in range(450)))
    office.clock.move(seconds=(DUE - SUNDAY).total_seconds())
    stopped = asyncio.ensure_future(office.go_on())
    while steps and not stopped.done():
        before = len(await office.rows())
        steps -= 1
        await office.db.run(lambda tx: None)  # one turn of the database's own queue
        assert len(await office.rows()) >= before
    stopped.cancel()
    await asyncio.gather(stopped, return_exceptions=True)
    await office.go_on()
    await office.go_on()
    rows = await office.rows()
    assert len(rows) == len({row["conversation"] for row in rows}) == 450


async def test_one_that_fails_holds_up_no_other(office: Office) -> None:
    await office.subscribe(LAN)
    for code, number in (("aaaa2222", "57-NQ/TW"), ("bbbb2222", "60-NQ/TW")):
        key = await office.publish(replace(DOCUMENT, number=number))
        made = await office.db.run(
            composing.urgent, key, None, office.clock.now(), override_quiet=True, code=code
        )
        await office.db.run(digests.approve, made.key, None, office.clock.now())
    office.faulty = "aaaa2222"
    await office.go_on()
    assert ["60-NQ/TW" in text for text in (await office.queued())["lan"]] == [True]
    office.faulty = ""
    await office.go_on()
    assert len((await office.queued())["lan"]) == 2


async def test_what_has_reached_whom_is_kept_for_ninety_days(office: Office) -> None:
    await office.has(automatic())
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE)
    for days, kept in ((89, 1), (2, 0)):
        office.clock.move(days=days)
        await office.db.run(housekeeping.tidy, Department(), office.clock.now(), VIET_NAM)
        rows = await office.db.read(lambda tx: tx.rows("SELECT * FROM digest_chats"))
        assert len(rows) == kept


async def test_a_schedule_in_the_past_is_refused_and_a_single_one_ends(office: Office) -> None:
    with pytest.raises(InputError, match="đã qua"):
        await office.has(replace(WEEKLY, rule=parse("20/11/2026 07:30")))
    once = await office.has(automatic(replace(WEEKLY, rule=parse("23/11/2026 07:30"))))
    await office.publish(DOCUMENT)
    await office.subscribe(LAN)
    await until(office, DUE)
    ended = await office.db.read(schedules.by_key, once.key)
    assert ended
    assert ended.next_run_at is None
    assert len(await office.rows()) == 1


async def test_numbers_before_sending_are_what_is_sent(office: Office) -> None:
    await office.has(WEEKLY)
    await office.publish(DOCUMENT)
    await office.group(GROUP)
    await office.subscribe(*(Address("net", f"person-{number}") for number in range(1_300)))
    await until(office, DUE - timedelta(hours=1))
    digest = await office.digest()
    found = await office.db.read(numbers, digest, office.media, office.clock.now())
    assert (found.chats, found.groups, found.messages, found.minutes) == (1_301, 1, 1_301, 3)
    await office.approve()
    await until(office, DUE)
    assert len(await office.rows()) == 1_301
    again = await office.db.read(numbers, digest, office.media, office.clock.now())
    assert again.chats == 0
