"""What staff learn from people: wordings, criticism, what to look at again. Nothing of it says who."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.audience import audit, staff
from bot.model import Address, Tx
from handlers.staff import criticism, weekly
from knowledge import documents, entries
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from tests.dialogues.several import Several, several

ADMIN, LAN = Address("telegram", "1"), Address("zalo-bot", "lan")
UNSURE = "hộ gia đình giữ đất nông nghiệp đến khi nào"
LAND, LIBRARY = "Thời hạn giao đất nông nghiệp cho hộ gia đình là mấy năm?", "Thư viện xã mở cửa lúc nào?"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """It is Monday, 8 o'clock; there are an administrator and an editor, and nothing that is stale."""
    async with several(tmp_path, admins=(ADMIN,)) as talk:
        await talk.db.run(_knowledge, talk)
        await talk.bot.refresh()
        yield talk


async def notices(talk: Several, at: Address, heading: str) -> list[str]:
    """What they have been told under this heading since the last time; the answer to a thank-you comes after it."""
    found: list[str] = []
    said = await talk.says(at.channel, at.conversation, "cảm ơn")
    while "Cảm ơn" not in said and "cảm ơn" not in said.lower()[:40]:
        found += [said] if said.startswith(heading) else []
        said = await talk.next(at.channel, at.conversation)
    return found


# Wordings


async def picks(talk: Several, network: str, person: str, words: str = UNSURE) -> None:
    suggested = await talk.says(network, person, words)
    assert "Có phải Bạn muốn hỏi" in suggested, suggested
    if network == "zalo-bot":
        assert "50 năm" in await talk.says(network, person, "1")
    else:
        assert "50 năm" in await talk.presses(network, person, "Thời hạn giao đất")


async def test_what_two_people_typed_before_they_picked_is_proposed(talk: Several) -> None:
    await picks(talk, "zalo-bot", "a")
    assert await talk.rows("proposals") == []
    await picks(talk, "web", "7")
    [proposal] = await talk.rows("proposals")
    assert {key: proposal[key] for key in ("kind", "text", "author", "source", "times", "state")} == {
        "kind": "phrasing", "text": UNSURE, "author": None, "source": "picked", "times": 2, "state": "waiting",
    }  # fmt: skip
    assert all("nông nghiệp".encode() not in row["payload"] for row in await talk.rows("drafts"))


async def test_an_approver_finds_it_among_their_work_and_it_answers_then(talk: Several) -> None:
    await picks(talk, "zalo-bot", "a")
    await picks(talk, "web", "7")
    desk = await talk.says("telegram", "1", "/viec")
    assert "Đề xuất chờ duyệt (1)" in desk
    card = await talk.presses("telegram", "1", "Cách hỏi: hộ gia đình")
    assert "2 người đã hỏi như vậy rồi chọn câu này" in card
    await talk.presses("telegram", "1", "Duyệt cách hỏi")
    await talk.bot.refresh()
    assert "50 năm" in await talk.says("web", "8", UNSURE)


async def test_a_pick_after_ten_minutes_or_of_something_else_teaches_nothing(talk: Several) -> None:
    for person in ("7", "8"):
        await talk.says("web", person, UNSURE)
        talk.clock.move(minutes=10)
        await talk.presses("web", person, "Thời hạn giao đất")
        await talk.says("web", person, UNSURE)
        await talk.hear("web", person, "", payload="answer/2/0123456789ab")
        await talk.next("web", person)
    assert await talk.rows("picks") == []


async def test_nothing_is_learned_in_groups(talk: Several) -> None:
    for person in ("7", "8"):
        await talk.says("telegram", person, UNSURE, group="xóm")
        await talk.hear("telegram", person, "", payload="answer/1/0123456789ab", group="xóm")
        await talk.next("telegram", "xóm")
    assert await talk.rows("picks") == []


async def test_whoever_deletes_their_data_has_typed_nothing(talk: Several) -> None:
    await talk.says("telegram", "7", UNSURE)
    await talk.says("telegram", "7", "/xoadulieu")
    assert await talk.rows("drafts") == []


# Criticism


async def criticises(talk: Several, person: str, reason: str, words: str = LAND) -> None:
    await talk.says("web", person, words)
    await talk.presses("web", person, "👎")
    await talk.presses("web", person, reason)


async def test_criticism_reaches_who_last_worked_on_the_answer(talk: Several) -> None:
    for person, reason in (("a", "Đã cũ"), ("b", "Đã cũ"), ("c", "Khó hiểu")):
        await criticises(talk, person, reason)
    await talk.db.run(_edited_by, talk, LAN)
    await talk.bot.tell(criticism.announce)
    [notice] = await notices(talk, LAN, "Góp ý 👎")
    assert f"• {LAND}\n  đã cũ: 2 lượt; khó hiểu: 1 lượt" in notice
    assert await notices(talk, ADMIN, "Góp ý 👎") == []
    await talk.bot.tell(criticism.announce)
    assert await notices(talk, LAN, "Góp ý 👎") == []


async def test_else_it_reaches_every_editor(talk: Several) -> None:
    await talk.db.run(_edited_by, talk, LAN)
    await criticises(talk, "a", "Nội dung chưa đúng", LIBRARY)
    await talk.bot.tell(criticism.announce)
    for editor in (LAN, ADMIN):
        assert len(await notices(talk, editor, "Góp ý 👎")) == 1


async def test_an_editor_who_has_left_is_not_asked(talk: Several) -> None:
    await talk.db.run(_edited_by, talk, LAN)
    await talk.db.run(_leaves, talk, LAN)
    await criticises(talk, "a", "Đã cũ")
    await talk.bot.tell(criticism.announce)
    assert len(await notices(talk, ADMIN, "Góp ý 👎")) == 1


async def test_without_anybody_to_tell_it_waits(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.db.run(_knowledge, talk, editor=False)
        await talk.bot.refresh()
        await criticises(talk, "a", "Đã cũ")
        await talk.bot.tell(criticism.announce)
        assert [row["told"] for row in await talk.rows("feedback")] == [0]


# Mondays


async def test_editors_get_the_list_once_a_week(talk: Several) -> None:
    await talk.db.run(_overdue, talk)
    await talk.bot.tell(weekly.announce)
    talk.clock.move(hours=5)  # a start that was late
    await talk.bot.tell(weekly.announce)
    for editor in (LAN, ADMIN):
        [notice] = await notices(talk, editor, "Rà soát tuần này")
        assert "Đã đến hạn rà soát (1 câu):" in notice
        assert f"• {LIBRARY} (hạn 01/11/2026, 0 lượt xem trong 4 tuần)" in notice
        assert "Theo văn bản đã được thay thế (1 câu):" in notice
        assert "(Nghị quyết số 19-NQ/TW ngày 31/10/2012 của Bộ Chính trị, 0 lượt xem trong 4 tuần)" in notice
    talk.clock.move(days=7)
    await talk.bot.tell(weekly.announce)
    assert len(await notices(talk, ADMIN, "Rà soát tuần này")) == 1


@pytest.mark.parametrize("later", [timedelta(hours=-1), timedelta(hours=37), timedelta(days=4)])
async def test_not_before_monday_morning_and_not_long_after(talk: Several, later: timedelta) -> None:
    await talk.db.run(_overdue, talk)
    talk.clock.move(seconds=later.total_seconds())
    await talk.bot.tell(weekly.announce)
    assert await notices(talk, ADMIN, "Rà soát") == []


async def test_with_nothing_to_say_nothing_is_sent(talk: Several) -> None:
    await talk.bot.tell(weekly.announce)
    assert await notices(talk, ADMIN, "Rà soát") == []
    assert "rà soát" not in await talk.says("telegram", "1", "/viec")


async def test_wordings_that_wait_are_told_with_it(talk: Several) -> None:
    await picks(talk, "zalo-bot", "a")
    await picks(talk, "web", "7")
    await talk.bot.tell(weekly.announce)
    [notice] = await notices(talk, ADMIN, "Rà soát tuần này")
    assert "1 đề xuất đang chờ duyệt" in notice


async def test_the_list_is_there_whenever_an_editor_asks(talk: Several) -> None:
    await talk.db.run(_overdue, talk)
    assert "Cần rà soát" in await talk.says("telegram", "1", "/viec")
    assert LIBRARY in await talk.presses("telegram", "1", "Xem danh sách")
    await talk.hear("telegram", "7", "", payload="review")
    assert LIBRARY not in await talk.next("telegram", "7")


def _knowledge(tx: Tx, talk: Several, editor: bool = True) -> None:
    now = talk.clock.now()
    if editor:
        staff.give_role(tx, (), LAN, "editor", "Lan", None, now)
    for id, question, answer in (("dat", LAND, "50 năm."), ("thu-vien", LIBRARY, "Từ 7 giờ.")):
        entries.save(tx, EntryDraft(id, question, answer, status="published"), now)


def _edited_by(tx: Tx, talk: Several, account: Address) -> None:
    member = staff.member(tx, (), account)
    assert member is not None
    audit.record(tx, member.key, "entry.proposed", "entry:1", talk.clock.now())


def _leaves(tx: Tx, talk: Several, account: Address) -> None:
    member = staff.member(tx, (), account)
    assert member is not None
    staff.withdraw_role(tx, (ADMIN,), member.key, None, talk.clock.now())


def _overdue(tx: Tx, talk: Several) -> None:
    def document(number: str, issued_on: date, superseded_by: int | None = None) -> int:
        draft = DocumentDraft(
            number, "Nghị quyết", number, "Bộ Chính trị", "Trung ương", issued_on, status="in force",
            superseded_by=superseded_by,
        )  # fmt: skip
        return documents.save(tx, draft, talk.clock.now())

    now = talk.clock.now()
    entries.save(
        tx, EntryDraft("thu-vien", LIBRARY, "Từ 7 giờ.", status="published", review_by=date(2026, 11, 1)), now
    )
    document("19-NQ/TW", date(2012, 10, 31), document("18-NQ/TW", date(2022, 6, 16)))
    entries.save(
        tx, EntryDraft("cu", "Nghị quyết 19 nói gì?", "Về đất.", cites="19-NQ/TW", status="published"), now
    )
