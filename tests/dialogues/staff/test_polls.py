"""A poll from the draft to its end, as staff handle it in chat, and what reaches people of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.audience import groups, staff, subscriptions, units
from bot.audience.subscriptions import Subscription
from bot.audience.units import Unit
from bot.model import Address, Tx
from bot.storage.base import Row
from surveys import polls, surveys
from surveys.polls import PollDraft, Question
from surveys.running import open_poll
from tests.dialogues.staff.digesting import CHIEF, GROUP, HOA, LAN, PEOPLE, TUESDAY
from tests.dialogues.staff.polling import CODE, DRAFT, HEARD, Polling, polling


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Polling]:
    async with polling(tmp_path) as office:
        yield office


async def submitted(office: Polling) -> None:
    """Lan puts it forward; it has come to both approvers, and they have read it."""
    await office.drafted()
    await office.says(LAN, "thăm dò")
    await office.picks(LAN, "Bà con")
    assert "Đã gửi duyệt" in await office.picks(LAN, "Gửi duyệt")
    for each in (CHIEF, HOA):
        await office.told(each, "gửi một cuộc thăm dò chờ duyệt")


async def test_from_the_list_to_an_answer(office: Polling) -> None:
    await office.drafted()
    listed = await office.says(LAN, "tham do")
    assert "Chuyển đổi số (01/11/2026–31/12/2026)" in listed
    assert "#1 Bà con và chuyển đổi số: bản nháp" in listed
    card = await office.picks(LAN, "Bà con")
    assert "Lời mời tới 5 nơi (1 nhóm, 4 cá nhân)" in card
    assert "toàn địa bàn" in listed
    await office.picks(LAN, "Gửi duyệt")
    await office.told(HOA, "gửi một cuộc thăm dò chờ duyệt")
    assert "Thăm dò chờ duyệt: 1" in await office.says(HOA, "việc")
    await office.told(CHIEF, "gửi một cuộc thăm dò chờ duyệt")
    assert "Đã duyệt." in await office.picks(CHIEF, "Duyệt")
    assert "Đã mở" in await office.picks(CHIEF, "Mở ngay")
    await office.minute()
    invited = await office.next(PEOPLE[0])
    assert "Mời Bạn cho ý kiến" in invited
    assert "Mục đích: biết bà con cần gì. Gồm 2 câu, khoảng 1 phút, nhận đến hết 30/11/2026" in invited
    assert "mời Bạn cho ý kiến: Bà con" in await office.talk.presses("telegram", "11", "Xem và trả lời")
    assert f"gõ: khao sat {CODE}" in await office.next(PEOPLE[1])
    assert "mời Bạn cho ý kiến: Bà con" in await office.says(PEOPLE[1], f"khao sat {CODE}")
    assert "Mời Bạn cho ý kiến" in await office.next(PEOPLE[2])
    assert "nhóm" in await office.next(GROUP)
    assert len(await office.causes()) == 5
    assert {(row["channel"], row["conversation"]) for row in await office.talk.rows("poll_chats")} == {
        (each.channel, each.conversation) for each in (*PEOPLE, GROUP)
    }
    journal = await office.says(CHIEF, "nhật ký")
    assert "Lan: gửi duyệt thăm dò #1" in journal
    assert "mở thăm dò #1" in journal


async def test_whoever_put_it_forward_hears_what_became_of_it_once(office: Polling) -> None:
    await submitted(office)
    await office.picks(HOA, "Rút về bản nháp")
    back = await office.next(LAN)
    assert "Đồng chí Hoa đã đưa cuộc thăm dò mà đồng chí gửi duyệt về bản nháp" in back
    assert "Tình trạng: bản nháp" in back
    assert "Đã gửi duyệt" in await office.picks(LAN, "Gửi duyệt")
    await office.told(HOA, "gửi một cuộc thăm dò chờ duyệt")
    await office.picks(HOA, "Duyệt")
    assert "Đồng chí Hoa đã duyệt cuộc thăm dò mà đồng chí gửi duyệt" in await office.next(LAN)
    assert "Đồng chí Hoa đã làm việc này" in await office.presses(HOA, "polldesk/1/approve/0")
    await office.picks(HOA, "Mở ngay")
    assert "Đồng chí Hoa đã mở cuộc thăm dò mà đồng chí gửi duyệt" in await office.next(LAN)
    await office.minute()
    assert await office.unread(LAN) == []
    assert not any("mà đồng chí gửi duyệt" in said for said in await office.unread(CHIEF))


async def test_whoever_put_it_forward_hears_once_that_it_has_opened_at_its_hour(office: Polling) -> None:
    await office.drafted(replace(DRAFT, opens_at=office.talk.clock.now() + timedelta(hours=1)))
    await office.says(LAN, "thăm dò")
    await office.picks(LAN, "Bà con")
    await office.picks(LAN, "Gửi duyệt")
    await office.told(CHIEF, "gửi một cuộc thăm dò chờ duyệt")
    await office.picks(CHIEF, "Duyệt")
    office.talk.clock.move(hours=1)
    for _ in range(2):
        await office.minute()
    for each in (LAN, CHIEF, HOA):
        await office.told(each, "đã mở theo lịch")
    await office.looked()
    assert [said for each in (LAN, CHIEF, HOA) for said in await office.unread(each)] == []


async def test_whoever_takes_back_their_own_is_not_told_of_it(office: Polling) -> None:
    await submitted(office)
    assert "Đã rút về bản nháp" in await office.picks(LAN, "Rút về bản nháp")
    assert await office.unread(LAN) == []


async def test_the_preview_is_what_people_see(office: Polling) -> None:
    await office.drafted()
    await office.says(LAN, "thăm dò")
    await office.picks(LAN, "Bà con")
    await office.picks(LAN, "Xem trước")
    await office.told(LAN, "Tình trạng: bản nháp")
    seen = office.talk.networks[LAN.channel].texts(LAN.conversation)
    in_group = next(part for part in seen if part.startswith("Trên Telegram (nhóm)"))
    assert "Mời Bạn cho ý kiến" in in_group
    assert "Câu 1/2" not in in_group
    on_zalo = next(part for part in seen if part.startswith("Trên bot Zalo (cá nhân)"))
    assert "Tham gia hay không là tùy Bạn" in on_zalo
    assert "Câu 1/2\nBạn biết Nghị quyết 57-NQ/TW qua đâu?" in on_zalo


async def test_the_preview_shows_the_polls_of_large_groups(office: Polling) -> None:
    telegram = office.talk.networks["telegram"]
    telegram.group_limits = replace(telegram.limits, native_polls=True)
    await office.drafted()
    await office.presses(LAN, "polldesk/1/full")
    await office.told(LAN, "Tình trạng: bản nháp")
    seen = office.talk.networks[LAN.channel].texts(LAN.conversation)
    in_group = next(part for part in seen if part.startswith("Trên Telegram (nhóm)"))
    assert "bình chọn ẩn danh ngay trong nhóm" in in_group
    assert "Loa phường | Zalo | Họp tổ dân phố" in in_group
    assert "Bạn mong muốn điều gì?" not in in_group  # an open answer would have a name beside it


async def test_whoever_puts_it_forward_does_not_approve_it(office: Polling) -> None:
    await office.drafted()
    await office.says(CHIEF, "thăm dò")
    await office.picks(CHIEF, "Bà con")
    await office.picks(CHIEF, "Gửi duyệt")
    assert "cần một người duyệt khác" in await office.picks(CHIEF, "Duyệt")
    await office.told(HOA, "gửi một cuộc thăm dò chờ duyệt")
    assert "Đã duyệt." in await office.picks(HOA, "Duyệt")
    assert (await office.poll()).state == "approved"


async def test_that_nobody_else_can_approve_it_is_said(office: Polling) -> None:
    hoa = await office.talk.db.read(staff.member, (CHIEF,), HOA)
    assert hoa
    await office.talk.db.run(staff.withdraw_role, (CHIEF,), hoa.key, None, office.talk.clock.now())
    await office.drafted()
    await office.says(CHIEF, "thăm dò")
    await office.picks(CHIEF, "Bà con")
    assert "chưa có người duyệt nào khác" in await office.picks(CHIEF, "Gửi duyệt")


async def test_what_nobody_has_put_forward_is_not_approved(office: Polling) -> None:
    await office.drafted()
    mark = await _mark(office)
    assert "chưa được gửi duyệt" in await office.presses(CHIEF, f"polldesk/1/approve/{mark}")
    await office.alone()
    assert "Đã duyệt." in await office.presses(CHIEF, f"polldesk/1/approve/{mark}")


async def test_two_approvers_at_once(office: Polling) -> None:
    await submitted(office)
    late = office.payload(CHIEF, "Duyệt")
    await office.picks(HOA, "Duyệt")
    assert "đã được duyệt. Đồng chí Hoa đã làm việc này" in await office.presses(CHIEF, late)


async def test_what_was_changed_since_the_card_is_not_approved_by_it(office: Polling) -> None:
    await submitted(office)
    old = office.payload(CHIEF, "Duyệt")
    now = office.talk.clock.now()
    later = replace(DRAFT, title="Bà con cần gì")
    await office.talk.db.run(polls.rewrite, 1, later, now + timedelta(days=7), now)
    shown = await office.presses(CHIEF, old)
    assert "đã thay đổi sau khi thẻ này được gửi" in shown
    assert "Bà con cần gì" in shown
    assert (await office.poll()).state == "draft"


async def test_a_purpose_that_is_changed_after_the_approval_wants_another(office: Polling) -> None:
    await submitted(office)
    await office.picks(HOA, "Duyệt")

    def change(tx: Tx) -> None:
        survey = surveys.all_surveys(tx)[0]
        now = office.talk.clock.now()
        surveys.change(tx, survey, "việc khác", survey.begins_on, survey.ends_on, (), now)

    await office.talk.db.run(change)
    assert (await office.poll()).state == "draft"


async def test_it_opens_at_its_time_and_waits_for_the_end_of_the_quiet_hours(office: Polling) -> None:
    office.talk.clock.move(hours=14)  # 22:00
    await office.opened()
    assert (await office.poll()).state == "open"
    due = await office.due()
    assert min(due) >= office.talk.clock.now() + timedelta(hours=8)  # 06:30
    assert max(due) < office.talk.clock.now() + timedelta(hours=9, minutes=1)
    await office.minute()
    assert len(await office.causes()) == 5


async def test_paused_resumed_and_ended_early(office: Polling) -> None:
    await office.opened()
    await office.says(CHIEF, "thăm dò")
    card = await office.picks(CHIEF, "Bà con")
    assert "Số phiếu đã cộng: dưới 10" in card
    assert "Còn 7 ngày 0 giờ" in card
    assert "Đã tạm dừng" in await office.picks(CHIEF, "Tạm dừng")
    assert "Đã mở lại" in await office.picks(CHIEF, "Mở lại")
    assert "không mở lại được" in await office.picks(CHIEF, "Kết thúc sớm")
    assert (await office.poll()).state == "open"
    assert "Đã kết thúc" in await office.picks(CHIEF, "Vâng, kết thúc")
    assert office.talk.labels("telegram", "1") == ["Xem trước"]  # nothing is left to pause or to end
    office.talk.clock.move(seconds=5)
    await office.minute()
    assert (await office.poll()).state == "closed"
    assert "Lý do: kết thúc sớm" in await office.presses(CHIEF, "polldesk/1/end/yes")
    assert "kết thúc sớm thăm dò #1" in await office.says(CHIEF, "nhật ký")


async def test_an_editor_sees_no_number_and_ends_nothing(office: Polling) -> None:
    await office.opened()
    await office.says(LAN, "thăm dò")
    card = await office.picks(LAN, "Bà con")
    assert "Số phiếu" not in card
    assert "dành cho người duyệt" in await office.presses(LAN, "polldesk/1/end/yes")
    assert "dành cho người duyệt" in await office.presses(LAN, "polldesk/1/pause")
    assert (await office.poll()).state == "open"


async def test_forged_and_old_buttons(office: Polling) -> None:
    await office.drafted()
    assert "không còn nữa" in await office.presses(CHIEF, "polldesk/99/show")
    assert "không còn nữa" in await office.presses(CHIEF, "polldesk/x/show")
    assert "không còn dùng được" in await office.presses(CHIEF, "polldesk/1/explode")
    assert "đã thay đổi" in await office.presses(LAN, "polldesk/1/submit/00000000")
    assert "đang là bản nháp" in await office.presses(CHIEF, "polldesk/1/open/00000000")
    assert "đang là bản nháp" in await office.presses(CHIEF, "polldesk/1/pause")
    assert "không còn dùng được" in await office.presses(PEOPLE[0], "polldesk/1/approve/00000000")
    assert (await office.poll()).state == "draft"


async def test_drafts_are_taken_back_and_discarded(office: Polling) -> None:
    await submitted(office)
    await office.picks(HOA, "Duyệt")
    assert "Đã rút về bản nháp" in await office.picks(HOA, "Rút về bản nháp")
    assert "nhập lại được" in await office.picks(HOA, "Xóa bản nháp")
    assert "Đã xóa bản nháp" in await office.picks(HOA, "Vâng, xóa")
    assert await office.talk.rows("polls") == []


async def test_the_new_version_closes_the_old_one_and_tells_who_was_half_way(office: Polling) -> None:
    await office.opened()
    await office.next(PEOPLE[0])
    await office.talk.presses("telegram", "11", "Xem và trả lời")
    await office.talk.presses("telegram", "11", "Tôi tham gia")
    again = PollDraft("Bà con và chuyển đổi số", (HEARD, Question("open", "Bạn cần gì?")))
    await office.drafted(again, code="b2c3d4", previous=1)
    await office.alone()
    assert "#2 Bà con và chuyển đổi số (bản 2): bản nháp" in await office.says(CHIEF, "thăm dò")
    await office.presses(CHIEF, "polldesk/2/show")
    assert "bản đang mở (#1) đóng lại" in office.talk.networks["telegram"].texts("1")[-1]
    await office.picks(CHIEF, "Duyệt")
    await office.picks(CHIEF, "Mở ngay")
    old = await office.poll(1)
    assert (old.state, old.why_closed) == ("closed", "changed")
    assert (await office.poll(2)).state == "open"
    assert {row["poll"] for row in await office.talk.rows("poll_chats")} == {2}
    assert "vừa được sửa câu hỏi" in await office.talk.presses("telegram", "11", "Zalo")
    await office.minute()
    assert "phiếu trước không tính vào bản này" in await office.told(PEOPLE[0], "đã sửa câu hỏi")


async def test_a_survey_of_units_reaches_what_belongs_there_now(office: Polling) -> None:
    def grow(tx: Tx) -> int:
        now = office.talk.clock.now()
        ward = units.add(tx, Unit(0, "Phường Bình Minh", "phường"), now)
        old = units.add(tx, Unit(0, "Tổ dân phố 3", "tổ dân phố", ward), now)
        new = units.add(tx, Unit(0, "Tổ dân phố 4", "tổ dân phố", ward), now)
        group = groups.find(tx, GROUP)
        assert group
        groups.change(tx, group.key, None, now, unit=new)
        units.merge(tx, old, new, now)
        return old

    merged = await office.talk.db.run(grow)
    await office.drafted(units=(merged,))
    await office.says(LAN, "thăm dò")
    card = await office.picks(LAN, "Bà con")
    assert "Đơn vị: Tổ dân phố 4" in card
    assert "Lời mời tới 1 nơi (1 nhóm, 0 cá nhân)" in card


async def test_an_empty_audience_and_a_survey_without_polls(office: Polling) -> None:
    assert "Chưa có khảo sát nào" in await office.says(LAN, "thăm dò")
    now = office.talk.clock.now()
    await office.talk.db.run(surveys.add, "Trống", "thử", date(2026, 11, 1), date(2026, 12, 1), (), now)
    assert "Chưa có cuộc thăm dò nào trong khảo sát này" in await office.says(LAN, "thăm dò")
    await office.talk.db.run(lambda tx: tx.run("DELETE FROM subscriptions"))
    await office.opened(replace(DRAFT, audiences=("subscribers",)))
    await office.minute()
    assert await office.causes() == []
    assert (await office.poll()).state == "open"


async def test_for_others_the_words_list_what_is_open(office: Polling) -> None:
    assert "Hiện không có cuộc thăm dò" in await office.says(PEOPLE[0], "thăm dò")


async def _mark(office: Polling) -> str:
    await office.says(LAN, "thăm dò")
    await office.picks(LAN, "Bà con")
    return office.payload(LAN, "Gửi duyệt").rpartition("/")[2]


async def test_two_processes_at_once_and_many_chats_invite_nobody_twice(office: Polling) -> None:
    await office.talk.db.run(_subscribe, office, 250)
    key = await office.drafted()
    now = office.talk.clock.now()

    def launch(tx: Tx) -> None:
        polls.move(tx, key, "approved", among_states=("draft",), now=now)
        open_poll(tx, office.talk.bot.box, key, now)

    await office.talk.db.run(launch)
    await asyncio.gather(*(office.talk.bot.invitations.go_on() for _ in range(3)))
    await office.minute()
    asked = [row for row in await office.talk.rows("outbox") if row["cause"].startswith("poll:1:")]
    assert len(asked) == len({(row["channel"], row["conversation"]) for row in asked}) == 255
    assert len(await office.talk.rows("poll_chats")) == 255


async def test_what_has_not_gone_out_waits_in_a_pause_and_is_called_off_at_the_end(office: Polling) -> None:
    office.talk.clock.move(hours=14)  # 22:00: it waits for the morning
    await office.opened()
    await office.presses(CHIEF, "polldesk/1/pause")
    assert {row["halted"] for row in await _invitations(office)} == {1}
    await office.presses(CHIEF, "polldesk/1/resume")
    assert {row["halted"] for row in await _invitations(office)} == {0}
    now = office.talk.clock.now()
    await office.talk.db.run(office.talk.bot.box.close, 1, "time", now)
    await office.minute()
    assert {row["state"] for row in await _invitations(office)} == {"undeliverable"}
    assert {row["error"] for row in await _invitations(office)} == {"cancelled"}


async def test_resumed_at_night_the_rest_goes_out_in_the_morning(office: Polling) -> None:
    office.talk.clock.move(hours=-3)  # 05:00: what is queued waits until 06:30
    await office.opened()
    await office.presses(CHIEF, "polldesk/1/pause")
    office.talk.clock.move(hours=17)  # 22:00
    assert "lời mời còn lại đi từ 06:30 ngày 24/11/2026" in await office.presses(CHIEF, "polldesk/1/resume")
    await office.looked()
    rows = await _invitations(office)
    assert {row["state"] for row in rows} == {"waiting"}
    assert all("2026-11-23T23:30" <= row["due_at"] < "2026-11-24T00:00" for row in rows)  # each at its place
    assert {row["tries"] for row in rows} == {0}


async def test_what_is_written_for_a_poll_that_has_just_closed_is_no_question(office: Polling) -> None:
    await office.opened()
    for words in (f"khao sat {CODE}", "1", "1"):
        await office.says(PEOPLE[1], words)
    assert "Câu 2/2" in await office.told(PEOPLE[1], "Câu 2/2")
    now = office.talk.clock.now()
    await office.talk.db.run(office.talk.bot.box.close, 1, "changed", now)
    assert "đã kết thúc" in await office.says(PEOPLE[1], "Xin thêm lớp học buổi tối cho người già")
    assert await office.talk.rows("question_log") == []


async def test_a_digest_takes_the_open_poll_along_until_it_is_over(office: Polling) -> None:
    await office.opened(replace(DRAFT, audiences=("link",), with_digest=True))
    await office.has(replace(TUESDAY, poll=True, automatic=True))
    office.talk.clock.move(hours=23, minutes=31)
    await office.talk.bot.digests.go_on()
    assert "Đang lấy ý kiến: Bà con và chuyển đổi số" in await office.told(PEOPLE[0], "71-NQ/TW")
    assert "mời Bạn cho ý kiến: Bà con" in await office.talk.presses("telegram", "11", "Cho ý kiến")
    assert f"nhắn riêng cho tôi: khao sat {CODE}" in await office.told(PEOPLE[1], "71-NQ/TW")
    assert len(await office.talk.rows("poll_chats")) == 5
    now = office.talk.clock.now()
    await office.talk.db.run(office.talk.bot.box.close, 1, "time", now)
    assert (await office.digest()).poll is None


async def _invitations(office: Polling) -> list[Row]:
    return [row for row in await office.talk.rows("outbox") if row["cause"].startswith("poll:1:")]


def _subscribe(tx: Tx, office: Polling, count: int) -> None:
    for number in range(count):
        at = Address("telegram", f"{900_000 + number}")
        subscriptions.keep(tx, Subscription(at), office.talk.clock.now())
