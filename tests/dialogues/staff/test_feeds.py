"""Feeds in chat: the list and its health, what they bring gathered in one message, taken, put right and dropped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.model import Address, Tx
from handlers.staff import feed_items as item_desk
from handlers.staff import feeds as feed_desk
from handlers.staff.feeds import read
from knowledge import documents
from scheduler import feed_items, feed_offering, feeds
from scheduler.feed_reading import Entry
from scheduler.feeds import FeedDraft
from tests.dialogues.several import Several
from tests.dialogues.staff.staffed import CHIEF, staffed

EDITOR, APPROVER = Address("zalo-bot", "lan"), Address("telegram", "2")
URL = "https://example.vn/rss.xml"
NEW = "Nghị quyết số 70-NQ/TW ngày 20/8/2025 của Bộ Chính trị về bảo đảm an ninh năng lượng quốc gia"
OPEN = "Kế hoạch số 12-KH/ĐU về chuyển đổi số"
NEWS = "Xã Bình Minh ra quân dọn vệ sinh"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """An administrator and an approver on Telegram, an editor on Zalo Bot."""
    async with staffed(tmp_path, {EDITOR: ("editor", "Lan"), APPROVER: ("approver", "Hoa")}) as talk:
        yield talk


async def bring(talk: Several, *titles: str) -> None:
    """As a round over the feeds does."""

    def offer(tx: Tx) -> None:
        key = feeds.save(tx, FeedDraft(URL, "Báo Ví Dụ", wanted="all"), talk.clock.now())
        feed = feeds.by_key(tx, key)
        assert feed
        entries = [
            Entry(title, title, "Tóm tắt.", "https://example.vn/bai", "") for title in reversed(titles)
        ]
        found = feed_offering.look_at(entries, date(2026, 11, 23))
        feed_offering.offer(tx, feed, found, talk.clock.now())

    await talk.db.run(offer)
    await talk.bot.tell(item_desk.announce)


async def says(talk: Several, who: Address, words: str) -> str:
    return await talk.says(who.channel, who.conversation, words)


async def presses(talk: Several, who: Address, label: str) -> str:
    return await talk.presses(who.channel, who.conversation, label)


async def told(talk: Several, *who: Address) -> list[str]:
    return [await talk.next(each.channel, each.conversation) for each in who]


async def test_what_feeds_bring_is_one_message_and_one_card_after_the_other(talk: Several) -> None:
    await bring(talk, NEW, OPEN, NEWS)
    gathered, other, _ = await told(talk, CHIEF, EDITOR, APPROVER)
    assert "2 văn bản và 1 tin bài mới" in gathered
    assert "• Nghị quyết 70-NQ/TW: Bảo đảm an ninh năng lượng quốc gia" in gathered
    assert f"• {NEWS}" in gathered
    assert "1. Xem từng mục" in other
    await talk.bot.tell(item_desk.announce)
    card = await presses(talk, CHIEF, "Xem từng mục")
    assert "(còn 3 mục chờ xem)" in card
    assert "Số hiệu: 70-NQ/TW\nLoại: Nghị quyết" in card
    assert "Nguồn: Báo Ví Dụ" in card
    taken = await presses(talk, CHIEF, "Nhận")
    assert "Đã nhận Nghị quyết số 70-NQ/TW ngày 20/08/2025 của Bộ Chính trị." in taken
    assert "Số hiệu: 12-KH/ĐU" in taken
    assert "Còn thiếu: cơ quan, cấp." in taken
    (document,) = await talk.db.read(documents.find, "70-NQ/TW")
    assert (document.status, document.title) == ("in force", "Bảo đảm an ninh năng lượng quốc gia")
    assert document.address == "https://example.vn/bai"
    (row,) = [each for each in await talk.rows("documents") if each["key"] == document.key]
    assert row["published_at"] > "2026-11-23"  # the next digest takes it up
    assert "Đã bỏ" in await presses(talk, CHIEF, "Bỏ")
    assert "Không còn mục nào" in await presses(talk, CHIEF, "Bỏ")
    assert [row["act"] for row in await talk.rows("audit")][-3:] == [
        "document.taken",
        "found.dropped",
        "found.dropped",
    ]


async def test_what_is_missing_is_put_right_and_then_another_approver_takes_it(talk: Several) -> None:
    await bring(talk, OPEN)
    await told(talk, CHIEF, EDITOR, APPROVER)
    await presses(talk, CHIEF, "Xem từng mục")
    assert "Còn thiếu: cơ quan, cấp" in await presses(talk, CHIEF, "Nhận")
    assert "sửa tin 1\nsố hiệu: 57-NQ/TW" in await presses(talk, CHIEF, "Sửa")
    card = await says(
        talk, CHIEF, "sửa tin 1\ncơ quan: Đảng ủy xã Bình Minh\nngày: 2/11/2026\nchủ đề: Số; Xã"
    )
    assert "Đã sửa." in card
    assert "Cơ quan: Đảng ủy xã Bình Minh\nCấp: xã\nNgày: 02/11/2026\nChủ đề: Số; Xã" in card
    assert "do chính đồng chí sửa" in await presses(talk, CHIEF, "Nhận")
    (forwarded,) = await told(talk, APPROVER)
    assert "đề nghị nhận mục này" in forwarded
    assert "Đã nhận Kế hoạch số 12-KH/ĐU ngày 02/11/2026" in await presses(talk, APPROVER, "Nhận")
    await talk.hear("telegram", "1", "", payload="found/1/take")
    assert "Đồng chí Hoa đã nhận mục này rồi." in (await told(talk, CHIEF))[0]


async def test_what_was_changed_since_the_card_is_not_taken_by_it(talk: Several) -> None:
    await bring(talk, NEW)
    await told(talk, CHIEF, EDITOR, APPROVER)
    await presses(talk, APPROVER, "Xem từng mục")
    await says(talk, EDITOR, "sửa tin 1\nchủ đề: Số")
    again = await presses(talk, APPROVER, "Nhận")
    assert "đã thay đổi sau khi thẻ được gửi" in again
    assert "Chủ đề: Số" in again
    assert "Đã nhận" in await presses(talk, APPROVER, "Nhận")


async def test_a_title_that_is_only_the_name_is_asked_for(talk: Several) -> None:
    """Else a digest and the loudspeaker would say the name twice."""
    name = "Kết luận số 210-KL/TW ngày 12/11/2025 của Ban Chấp hành Trung ương"
    await bring(talk, name)
    gathered, *_ = await told(talk, CHIEF, EDITOR, APPROVER)
    assert "• Kết luận 210-KL/TW" in gathered.splitlines()
    card = await presses(talk, CHIEF, "Xem từng mục")
    assert "Số hiệu: 210-KL/TW" in card
    assert "Trích yếu:" not in card
    assert "Còn thiếu: trích yếu. Đồng chí bấm “Sửa”" in card
    assert "Còn thiếu: trích yếu" in await presses(talk, CHIEF, "Nhận")
    assert not await talk.db.read(documents.find, "210-KL/TW")
    (item,) = await talk.db.read(feed_items.waiting, 10)
    order = f"sửa tin {item.key}\ntrích yếu: "
    assert "Còn thiếu: trích yếu" in await says(talk, APPROVER, f"{order}{name}")
    title = "Tiếp tục xây dựng, hoàn thiện tổ chức bộ máy của hệ thống chính trị"
    assert f"Trích yếu: {title}" in await says(talk, APPROVER, f"{order}{title}")
    assert f"Trích yếu: {title}" in await presses(talk, CHIEF, "Nhận")  # their card was the old one
    assert "Đã nhận Kết luận số 210-KL/TW" in await presses(talk, CHIEF, "Nhận")


async def test_a_day_that_is_none_is_told_as_unknown(talk: Several) -> None:
    await bring(talk, "Chỉ thị số 9-CT/TW ngày 31/02/2026 của Ban Bí thư về tiết kiệm")
    await told(talk, CHIEF, EDITOR, APPROVER)
    card = await presses(talk, CHIEF, "Xem từng mục")
    assert "Chưa rõ ngày ban hành" in card
    assert "Ngày:" not in card


async def test_an_editor_passes_on_to_approvers(talk: Several) -> None:
    await bring(talk, NEW)
    await told(talk, CHIEF, EDITOR, APPROVER)
    await says(talk, EDITOR, "1")
    assert "Đã chuyển người duyệt xem" in await says(talk, EDITOR, "1")
    for each in await told(talk, CHIEF, APPROVER):
        assert "Đồng chí Lan đề nghị nhận" in each
    assert await talk.db.read(documents.find, "70-NQ/TW") == []


async def test_a_document_that_is_there_is_not_overwritten(talk: Several) -> None:
    await bring(talk, NEW)
    await told(talk, CHIEF, EDITOR, APPROVER)
    card = await says(talk, CHIEF, "sửa tin 1\nsố hiệu: 57-NQ/TW\nngày: 22/12/2024")
    assert "Chú ý: đã có Nghị quyết số 57-NQ/TW ngày 22/12/2024" in card
    assert "đã có Nghị quyết số 57-NQ/TW" in await presses(talk, APPROVER, "Xem từng mục")
    assert "đã có Nghị quyết số 57-NQ/TW" in await presses(talk, APPROVER, "Nhận")
    (document,) = await talk.db.read(documents.find, "57-NQ/TW")
    assert document.title.startswith("Đột phá")


async def test_what_it_replaces_is_one_tap_away(talk: Several) -> None:
    await bring(talk, NEW + ", thay thế Nghị quyết số 57-NQ/TW ngày 22/12/2024")
    await told(talk, CHIEF, EDITOR, APPROVER)
    assert "có thể thay thế Nghị quyết số 57-NQ/TW" in await presses(talk, CHIEF, "Xem từng mục")
    assert "Đã nhận" in await presses(talk, CHIEF, "Nhận")
    await talk.hear("telegram", "1", "", payload=talk.networks["telegram"].last("1").choices[0].payload)
    assert "Không còn mục nào" in (await told(talk, CHIEF))[0]
    assert "Văn bản cũ: Nghị quyết số 57-NQ/TW" in (await told(talk, CHIEF))[0]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("sửa tin 1", "Đồng chí gõ “sửa tin 1”"),
        ("sửa tin 99\nsố hiệu: 1", "Mục này không còn nữa."),
        ("sửa tin 1\nngày: 31/02/2026", "không phải là một ngày có thật"),
        ("sửa tin 1\ncấp: huyện", "không phải là cấp ban hành"),
        ("sửa tin 1\nđịa chỉ: javascript:alert(1)", "không phải là địa chỉ trang"),
        ("sửa tin 1\ntóm tắt: x\nTỐI MẬT", "có dấu “TỐI MẬT”"),
    ],
)
async def test_what_cannot_be_put_right_that_way(talk: Several, words: str, answer: str) -> None:
    await bring(talk, NEW)
    await told(talk, CHIEF, EDITOR, APPROVER)
    assert answer in await says(talk, CHIEF, words)
    item = await talk.db.read(feed_items.by_key, 1)
    assert item
    assert item.author is None


async def test_what_waits_stands_among_the_work_of_editors(talk: Several) -> None:
    await bring(talk, NEW, NEWS)
    await told(talk, CHIEF, EDITOR, APPROVER)
    assert "Từ nguồn tin, chờ xem (2)" in await says(talk, EDITOR, "viec")
    assert "70-NQ/TW" in await says(talk, EDITOR, "1")
    assert NEWS in await says(talk, EDITOR, "4")
    assert "2 mục để sau" in await says(talk, EDITOR, "4")


async def test_news_is_dropped_with_one_tap(talk: Several) -> None:
    await bring(talk, NEW, NEWS, "Hội thi tiếng hát thôn", "Ngày hội đại đoàn kết")
    await told(talk, CHIEF, EDITOR, APPROVER)
    said = await presses(talk, CHIEF, "Bỏ cả 3 tin bài")
    assert "Đã bỏ 3 tin bài. (còn 1 mục chờ xem)" in said
    assert "70-NQ/TW" in said
    await presses(talk, CHIEF, "Bỏ")
    journal = await says(talk, CHIEF, "nhật ký")
    assert "Quản trị viên: bỏ mục số 1 từ nguồn tin\n" in journal
    assert "Quản trị viên: bỏ 3 tin bài từ nguồn tin\n" in journal


async def test_what_is_said_again_of_a_feed_changes_only_that(talk: Several) -> None:
    await says(talk, CHIEF, f"thêm nguồn tin {URL} Báo Ví Dụ; cấp: tỉnh; lấy: cả tin bài")
    assert "Đã cập nhật nguồn tin Báo Mới" in await says(talk, CHIEF, f"thêm nguồn tin {URL}; tên: Báo Mới")
    (feed,) = await talk.db.read(feeds.all_feeds)
    assert feeds.draft_of(feed) == FeedDraft(URL, "Báo Mới", level="tỉnh", wanted="all")


async def test_feeds_are_listed_added_paused_and_removed(talk: Several) -> None:
    assert "Chưa có nguồn tin nào." in await says(talk, CHIEF, "nguồn tin")
    said = await says(talk, CHIEF, f"thêm nguồn tin {URL}; tên: Báo Ví Dụ; cấp: tỉnh; chủ đề: Văn bản mới")
    assert "Đã thêm nguồn tin Báo Ví Dụ" in said
    listed = await says(talk, EDITOR, "nguon tin")
    assert "1. Báo Ví Dụ – sẽ lấy trong ít phút nữa" in listed
    card = await says(talk, EDITOR, "1")
    assert f"Địa chỉ: {URL}\nChủ đề: Văn bản mới\nCấp: tỉnh\nLấy: chỉ văn bản" in card
    await says(talk, CHIEF, "nguồn tin")
    await presses(talk, CHIEF, "Báo Ví Dụ")
    assert "Tình trạng: tạm dừng" in await presses(talk, CHIEF, "Tạm dừng")
    assert "Lấy: cả tin bài" in await presses(talk, CHIEF, "Lấy cả tin bài")
    assert "Tình trạng: sẽ lấy trong ít phút nữa" in await presses(talk, CHIEF, "Lấy tiếp")
    assert "Xóa nguồn Báo Ví Dụ?" in await presses(talk, CHIEF, "Xóa nguồn")
    assert "Đã xóa nguồn Báo Ví Dụ." in await presses(talk, CHIEF, "Xóa")
    assert await talk.db.read(feeds.all_feeds) == []


async def test_to_others_the_words_are_nothing_special(talk: Several) -> None:
    assert "nguồn tin" not in await talk.says("telegram", "7", f"thêm nguồn tin {URL}")
    assert await talk.db.read(feeds.all_feeds) == []
    await talk.hear("telegram", "7", "", payload="found/1/take")
    assert "Đã nhận" not in await talk.next("telegram", "7")


async def test_a_feed_that_fails_for_a_day_is_told_once(talk: Several) -> None:
    def fail(tx: Tx, now: datetime) -> None:
        feed = feeds.by_key(tx, feeds.save(tx, FeedDraft(URL), now))
        assert feed
        feeds.failed(tx, feed, "forbidden", now)

    await talk.db.run(fail, talk.clock.now())
    await talk.bot.tell(feed_desk.announce)
    talk.clock.move(days=1)
    await talk.bot.tell(feed_desk.announce)
    for each in await told(talk, CHIEF, EDITOR, APPROVER):
        assert "• example.vn: lỗi: địa chỉ nằm trong mạng nội bộ" in each
    await talk.bot.tell(feed_desk.announce)
    assert talk.networks["telegram"].unread("1") == []
    card = await presses(talk, CHIEF, "example.vn")
    assert "Lỗi từ 08:00 ngày 23/11/2026, đã thử 1 lần" in card
    assert "sẽ lấy trong ít phút nữa" in await presses(talk, CHIEF, "Lấy ngay")


@pytest.mark.parametrize(
    "host", ["localhost:8080", "127.0.0.1", "10.0.0.5", "192.168.1.20:8000", "[::1]", "2130706433", "127.1"]
)
async def test_an_address_of_our_own_network_is_refused_at_once(talk: Several, host: str) -> None:
    assert "không được phép lấy tin ở đó" in await says(talk, CHIEF, f"thêm nguồn tin http://{host}/rss.xml")
    assert await talk.rows("feeds") == []


@pytest.mark.parametrize("host", ["8.8.8.8", "localhost.example.vn", "10.example.vn", "báo.vn"])
async def test_an_address_that_may_be_public_is_tried(talk: Several, host: str) -> None:
    assert "Đã thêm nguồn tin" in await says(talk, CHIEF, f"thêm nguồn tin http://{host}/rss.xml")


@pytest.mark.parametrize(
    ("typed", "draft"),
    [
        (f"thêm nguồn tin {URL}", FeedDraft(URL)),
        (f"Them nguon tin: {URL} Báo Ví Dụ", FeedDraft(URL, "Báo Ví Dụ")),
        (
            f"/themnguontin {URL}; chủ đề: Đất đai; cấp: trung ương; cơ quan: Chính phủ; lấy: cả tin bài",
            FeedDraft(URL, "", "Đất đai", "Trung ương", "Chính phủ", "all"),
        ),
    ],
)
def test_what_editors_type(typed: str, draft: FeedDraft) -> None:
    assert read(typed) == draft


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("thêm nguồn tin", "Chưa thấy địa chỉ"),
        ("thêm nguồn tin ftp://example.vn/a", "Chưa thấy địa chỉ"),
        ("thêm nguồn tin https://lan:matkhau@example.vn/rss", "đổi mật khẩu"),
        (f"thêm nguồn tin {URL}; cấp: huyện", "Cấp chỉ có thể là"),
        (f"thêm nguồn tin {URL}; lấy: ảnh", "“Lấy” chỉ có thể là"),
        (f"thêm nguồn tin {URL}; màu: đỏ", "Chưa hiểu “màu: đỏ”"),
    ],
)
def test_what_cannot_be_added(typed: str, answer: str) -> None:
    said = read(typed)
    assert isinstance(said, str)
    assert answer in said
    assert "matkhau" not in said
