"""Approvers and a digest: the draft comes to them, they change it, try it out, say yes or no, and watch it go out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.audience import interactions
from bot.errors import SendError
from bot.model import Edit, Tx
from tests.dialogues.staff.digesting import (
    CHIEF,
    GROUP,
    HOA,
    LAN,
    PEOPLE,
    TUESDAY,
    VIET_NAM,
    Desk,
    desk,
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as office:
        yield office


async def drafted(office: Desk) -> None:
    """The draft has come to both approvers, and they have read it."""
    await office.has(TUESDAY)
    await office.minute()
    for each in (CHIEF, HOA):
        await office.told(each, "chờ đồng chí duyệt")


async def test_a_draft_comes_ahead_with_the_exact_words_of_each_network_and_the_numbers(office: Desk) -> None:
    await office.has(TUESDAY)
    await office.minute()
    item = (
        "1. Nghị quyết số 71-NQ/TW ngày 22/08/2025 của Bộ Chính trị\nĐột phá phát triển giáo dục và đào tạo\n"
    )
    with_buttons = await office.next(CHIEF)
    assert with_buttons.startswith(
        "Trên Telegram (cá nhân), Telegram (nhóm), trang Zalo OA (cá nhân), người nhận"
    )
    assert item in with_buttons
    assert "Nút bấm: Hỏi thêm: 71-NQ/TW | Hỏi thêm: 72-NQ/TW | Chuyển tiếp" in with_buttons
    with_words = await office.next(CHIEF)
    assert with_words.startswith("Trên bot Zalo (cá nhân), người nhận thấy đúng như sau:\n(kèm ảnh thẻ)")
    assert item in with_words
    assert "Hỏi thêm: nhắn số hiệu văn bản, ví dụ: 71-NQ/TW" in with_words
    card = await office.told(CHIEF, "chờ đồng chí duyệt")
    assert "Gửi lúc 07:30 ngày 24/11/2026 (chờ duyệt)" in card
    assert "• 72-NQ/TW ngày 09/09/2025: Bảo vệ, chăm sóc" in card
    assert "Gửi tới 5 nơi (1 nhóm, 4 cá nhân)" in card
    assert "1 người trong 48 giờ" in card
    assert "1 người ngoài 7 ngày" in card
    assert "1. Duyệt\n" in await office.told(HOA, "chờ đồng chí duyệt")  # numbers, where there are no buttons
    assert office.talk.networks["zalo-oa"].unread("lan") == []
    await office.minute()
    assert office.talk.networks["telegram"].unread("1") == []


async def test_whom_an_official_account_reaches_is_counted_by_the_rule_it_sends_by(office: Desk) -> None:
    """Only the hour is known in which somebody wrote: until it was 48 hours ago, not until it ended."""
    wrote = office.talk.clock.now() - timedelta(hours=47, minutes=30)
    await office.talk.db.run(interactions.note, PEOPLE[3], wrote)
    await office.has(TUESDAY)
    await office.minute()
    card = await office.told(CHIEF, "chờ đồng chí duyệt")
    assert "1 người trong 48 giờ (gửi được ngay), 1 người trong 7 ngày" in card


async def test_approved_by_one_it_goes_out_at_its_time_and_the_second_is_told_who_did_it(
    office: Desk,
) -> None:
    await drafted(office)
    late = office.payload(CHIEF, "Duyệt")
    assert "Đã duyệt. Bản tin gửi lúc 07:30 ngày 24/11/2026" in await office.picks(HOA, "Duyệt")
    assert "đã được duyệt và đang chờ đến giờ. Đồng chí Hoa đã làm việc này" in await office.presses(
        CHIEF, late
    )
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    assert "71-NQ/TW" in await office.next(PEOPLE[0])
    assert "71-NQ/TW" in await office.next(PEOPLE[1])  # below its card
    assert "71-NQ/TW" in await office.next(GROUP)
    assert "bắt đầu gửi tới 5 nơi" in await office.told(HOA, "bắt đầu gửi")
    assert (await office.digest()).state in ("sending", "sent")
    assert "digest.approved" in await office.acts()
    await office.told(CHIEF, "bắt đầu gửi")
    assert "Hoa: duyệt bản tin #1" in await office.says(CHIEF, "nhật ký")


async def test_the_end_is_told_with_what_did_not_arrive_and_why(office: Desk) -> None:
    await office.alone()
    await drafted(office)
    office.talk.networks["telegram"].refuse(
        "11", SendError("Bad Request: message is too long", retryable=False)
    )
    await office.picks(CHIEF, "Duyệt")
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    await office.told(HOA, "bắt đầu gửi")
    await office.next(GROUP)
    await office.next(PEOPLE[1])
    await _until_sent(office)
    end = await office.told(HOA, "đã gửi xong")
    assert "Đã nhận: 4 tin" in end
    assert "Không gửi được: 1 tin" in end
    assert "• Telegram: Bad Request: message is too long (1 tin)" in end
    await office.told(CHIEF, "Không gửi được")
    assert "đã gửi xong" in await office.next(CHIEF)
    edited = office.talk.networks["telegram"].sent[-1].reply
    assert isinstance(edited, Edit)
    assert edited.cause.startswith("desk:1:sending:")
    assert office.talk.networks["zalo-bot"].sent[-1].text == end  # no edits there: a start and an end


async def test_why_something_did_not_arrive_is_said_in_words(office: Desk) -> None:
    await drafted(office)
    digest = await office.digest()

    def fail(tx: Tx) -> None:
        for position, error in enumerate(("left", "its channel was off", "Zalo Bot: no answer in time")):
            tx.run(
                """INSERT INTO outbox (cause, position, channel, priority, state, error, due_at, wanted_at, created_at)
                    VALUES (:cause, :position, 'telegram', 1, 'parked', :error, '', '', '')""",
                cause=f"{digest.cause}1",
                position=position,
                error=error,
            )

    await office.talk.db.run(fail)
    said = await office.presses(CHIEF, f"digest/{digest.key}/failed")
    assert "đã chặn hoặc nhóm đã gỡ bot (1 tin)" in said
    assert "mạng này bị tắt quá lâu (1 tin)" in said
    assert "mạng này không trả lời kịp (1 tin)" in said


async def _until_sent(office: Desk) -> None:
    for _ in range(100):
        await office.minute()
        if (await office.digest()).state == "sent":
            await office.talk.bot.tell_of_digests()
            return
    raise AssertionError(await office.digest())


async def test_what_was_changed_since_the_card_is_not_approved_by_it(office: Desk) -> None:
    await office.alone()
    await drafted(office)
    old = office.payload(CHIEF, "Duyệt")
    await office.picks(HOA, "Sửa lời")
    asked = await office.picks(HOA, "Lời chào")
    assert "(đang trống)" in asked
    assert "Lời chào: Kính gửi các đồng chí!" in await office.says(HOA, "Kính gửi các đồng chí!")
    shown = await office.presses(CHIEF, old)
    assert "đã thay đổi sau khi thẻ này được gửi" in shown
    assert "Kính gửi các đồng chí!" in shown
    assert (await office.digest()).state == "draft"
    assert "Đã duyệt" in await office.picks(CHIEF, "Duyệt")


async def test_four_eyes_whoever_wrote_the_words_does_not_approve_them(office: Desk) -> None:
    await drafted(office)
    await office.picks(HOA, "Sửa lời")
    await office.picks(HOA, "71-NQ/TW")
    assert "Đã sửa" in await office.says(HOA, "Mục tiêu đến năm 2030.")
    assert (await office.digest()).items[0].sentences == "Mục tiêu đến năm 2030."
    assert "cần một người duyệt khác" in await office.picks(HOA, "Duyệt")
    await office.says(CHIEF, "bản tin")
    shown = await office.picks(CHIEF, "Văn bản mới đến")
    assert "giáo dục và đào tạo\nMục tiêu đến năm 2030." in shown  # what was not in the draft that came
    assert "Đã duyệt" in await office.picks(CHIEF, "Duyệt")
    # What is written after the yes wants another one.
    await office.picks(CHIEF, "Sửa lời")
    await office.picks(CHIEF, "Lời chào")
    assert "cần được duyệt lại" in await office.says(CHIEF, "Chào buổi sáng.")
    assert (await office.digest()).state == "draft"
    await office.minute()
    assert "Chào buổi sáng." in await office.told(HOA, "chờ đồng chí duyệt")


async def test_dropped_postponed_cancelled(office: Desk) -> None:
    await drafted(office)
    await office.picks(CHIEF, "Bỏ mục")
    dropped = await office.picks(CHIEF, "71-NQ/TW")
    assert "Đã bỏ 71-NQ/TW ngày 22/08/2025" in dropped
    assert "Bỏ mục" not in office.talk.labels("telegram", "1")  # the last one stays, or the digest goes
    await office.picks(CHIEF, "Hoãn")
    assert "Tôi chưa hiểu “khi nào rảnh”" in await office.says(CHIEF, "khi nào rảnh")
    assert "Giờ này đã qua" in await office.says(CHIEF, "1/11/2026 07:00")
    assert "Tháng 2 không có ngày 31" in await office.says(CHIEF, "31/02 07:30")
    assert "gửi lúc 15:30 ngày 23/11/2026" in await office.says(CHIEF, "15h30")
    await office.picks(HOA, "Hoãn")
    assert "gửi lúc 07:30 ngày 24/11/2026" in await office.picks(HOA, "Sáng mai 07:30")
    await office.says(CHIEF, "bản tin")
    await office.picks(CHIEF, "Văn bản mới đến")
    assert "Hủy bản tin này?" in await office.picks(CHIEF, "Hủy bản tin")
    assert (await office.digest()).state == "draft"
    assert "Đã hủy bản tin" in await office.picks(CHIEF, "Hủy")
    assert "Bản tin này đã hủy. Đồng chí Quản trị viên đã làm việc này" in await office.presses(
        HOA, "digest/1/cancel/yes"
    )
    office.talk.clock.move(hours=30)
    await office.minute()
    assert office.talk.networks["telegram"].unread("11") == []


async def test_a_rehearsal_in_one_chat_says_what_is_different(office: Desk) -> None:
    await drafted(office)
    await office.picks(CHIEF, "Gửi thử")
    own = await office.picks(CHIEF, "Gửi cho tôi")
    assert own.startswith("[Gửi thử] Văn bản mới")
    assert "Đây là bản tin đầu tiên của lịch này" in await office.next(CHIEF)
    await office.picks(CHIEF, "Quay lại")
    await office.picks(CHIEF, "Bỏ mục")
    await office.picks(CHIEF, "72-NQ/TW")
    await office.picks(CHIEF, "Gửi thử")
    said = await office.picks(CHIEF, "Nhóm Tổ dân phố 3")
    assert "So với lần gửi thử trước:\n• bỏ 72-NQ/TW" in said
    assert "[Gửi thử]" in await office.next(GROUP)
    assert office.talk.networks["telegram"].unread("11") == []
    assert await office.talk.rows("digest_chats") == []


async def test_not_approved_in_time_it_is_late_and_then_skipped_and_both_are_told(office: Desk) -> None:
    await drafted(office)
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    late = await office.told(HOA, "Đã đến giờ gửi mà bản tin chưa được duyệt")
    assert "còn gửi được đến 19:30 ngày 24/11/2026" in late
    office.talk.clock.move(hours=13)
    await office.minute()
    assert "đã bị bỏ qua: quá hạn mà chưa được duyệt" in await office.told(HOA, "bỏ qua")
    await office.told(CHIEF, "bỏ qua:")
    assert "Bản tin này đã bỏ qua" in await office.presses(CHIEF, "digest/1/approve/00000000")


async def test_paused_resumed_and_stopped_while_it_goes_out(office: Desk) -> None:
    await office.alone()
    await drafted(office)
    for network in office.talk.networks.values():
        network.refuse("11", "hang")
        network.refuse("12", "hang")
    await office.picks(CHIEF, "Duyệt")
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    started = await office.told(HOA, "bắt đầu gửi")
    assert "Đang gửi:" in started
    assert "Đã tạm dừng" in await office.picks(HOA, "Tạm dừng")
    assert (await office.digest()).state == "paused"
    await office.told(CHIEF, "bắt đầu gửi")
    again = await office.presses(CHIEF, "digest/1/pause")
    assert "Bản tin này đang tạm dừng. Đồng chí Hoa đã làm việc này" in again
    assert "Đang gửi tiếp" in await office.picks(HOA, "Gửi tiếp")
    assert "Dừng hẳn?" in await office.picks(HOA, "Dừng hẳn")
    assert "Đã dừng" in await office.picks(HOA, "Dừng hẳn")
    assert (await office.digest()).state == "cancelled"
    for network in office.talk.networks.values():
        network.answer()


async def test_resumed_at_night_it_goes_on_in_the_morning(office: Desk) -> None:
    await office.alone()
    await drafted(office)
    for network in office.talk.networks.values():
        network.refuse("11", SendError("busy", retryable=True, retry_after=0.01))
    await office.picks(CHIEF, "Duyệt")
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    await office.told(HOA, "bắt đầu gửi")
    await office.picks(HOA, "Tạm dừng")
    office.talk.clock.move(hours=15)  # 22:30
    assert "giờ yên tĩnh nên bản tin gửi tiếp từ 06:30" in await office.picks(HOA, "Gửi tiếp")
    await office.looked()
    (waiting,) = await office.talk.db.read(
        lambda tx: tx.rows("SELECT * FROM outbox WHERE cause LIKE 'digest:%' AND state = 'waiting'")
    )
    assert datetime.fromisoformat(waiting["due_at"]).astimezone(VIET_NAM).hour == 6


async def test_without_approval_where_the_schedule_says_so(office: Desk) -> None:
    await office.has(replace(TUESDAY, automatic=True))
    await office.minute()
    card = await office.told(HOA, "gửi tự động")
    assert "Duyệt" not in card
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    assert "71-NQ/TW" in await office.next(GROUP)


async def test_what_is_drafted_at_night_comes_in_the_morning_where_there_is_time(office: Desk) -> None:
    await office.has(replace(TUESDAY, ahead_hours=9))
    office.talk.clock.move(hours=15)  # 23:00
    await office.minute()
    assert office.talk.networks["telegram"].unread("1") == []
    rows = [each for each in await office.talk.rows("outbox") if each["cause"].startswith("desk:1:draft")]
    assert {each["due_at"][:16] for each in rows} == {"2026-11-23T23:30"}  # 06:30, an hour before it is due
    assert "Bản tin chờ duyệt: 1" in await office.says(CHIEF, "/viec")


async def test_only_approvers_and_only_what_is_there(office: Desk) -> None:
    await drafted(office)
    assert "không còn dùng được" in await office.presses(LAN, "digest/1/approve/00000000")
    assert "không còn nữa" in await office.presses(CHIEF, "digest/99/approve/00000000")
    assert "không còn dùng được" in await office.presses(CHIEF, "digest/1/explode")
    assert "không có văn bản đó" in await office.presses(CHIEF, "digest/1/drop/4711")
    assert "không còn dùng được" in await office.presses(CHIEF, "digest/1/later/never")
    assert (await office.digest()).state == "draft"
    assert "Bản tin chờ duyệt: 1" in await office.says(CHIEF, "/viec")
    assert "Bản tin" not in await office.says(LAN, "việc")


async def test_urgent_news_is_one_document_at_once_after_another_ones_yes(office: Desk) -> None:
    assert "kèm số hiệu" in await office.says(LAN, "tin khẩn")
    assert "Chưa có văn bản “99-NQ/TW”" in await office.says(LAN, "tin khẩn 99-NQ/TW")
    assert "nhiều văn bản khớp" in await office.says(LAN, "tin khan 18-NQ/TW")
    office.talk.clock.move(hours=14)  # 22:00: quiet
    shown = await office.says(LAN, "Tin khẩn: 71-NQ/TW")
    assert "người nhận thấy đúng như sau" in shown
    mine = await office.told(LAN, "Đã soạn tin khẩn")
    assert "1. Duyệt" not in mine
    card = await office.told(HOA, "chờ đồng chí duyệt")
    assert "TIN KHẨN" in card
    assert "Đang trong giờ yên tĩnh: gửi từ 06:30 ngày 24/11/2026" in card
    assert "Gửi ngay, kể cả trong giờ yên tĩnh" in await office.picks(HOA, "Gửi cả trong giờ yên tĩnh")
    assert "bắt đầu gửi trong một phút" in await office.picks(HOA, "Duyệt, gửi ngay")
    told = await office.next(LAN)
    assert told.startswith("Đồng chí Hoa đã duyệt bản tin #1")
    assert told.endswith("Bản tin gửi từ 22:00 ngày 23/11/2026.")
    await office.minute()
    assert await office.unread(LAN) == []
    assert "🔴 TIN KHẨN" in await office.next(PEOPLE[0])
    assert "🔴 TIN KHẨN" in await office.next(GROUP)


async def test_whoever_made_urgent_news_or_wrote_its_words_hears_that_it_is_cancelled(office: Desk) -> None:
    await office.says(LAN, "tin khẩn 71-NQ/TW")
    await office.told(LAN, "Đã soạn tin khẩn")
    for each in (HOA, CHIEF):
        await office.told(each, "chờ đồng chí duyệt")
    await office.presses(CHIEF, "digest/1/edit/0")
    await office.says(CHIEF, "Kính gửi bà con!")
    await office.picks(HOA, "Hủy bản tin")
    await office.picks(HOA, "Hủy")
    for each in (LAN, CHIEF):
        assert (await office.next(each)).startswith("Đồng chí Hoa đã hủy bản tin #1")


async def test_urgent_news_of_a_single_approver_waits_only_where_four_eyes_are_on(office: Desk) -> None:
    await office.says(CHIEF, "tin khẩn 71-NQ/TW")
    await office.told(CHIEF, "Đã soạn tin khẩn")
    assert "Tin khẩn do đồng chí soạn" in await office.picks(CHIEF, "Duyệt, gửi ngay")
    await office.alone()
    assert "bắt đầu gửi" in await office.picks(CHIEF, "Duyệt, gửi ngay")
    await office.minute()
    assert "🔴 TIN KHẨN" in await office.next(GROUP)
