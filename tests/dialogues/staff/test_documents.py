"""A document comes in by chat: in one message or asked line by line; looked at, published, by another one where it must."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.audience import audit, department
from bot.errors import InputError
from bot.model import Address, Tx
from knowledge import document_lines, document_proposals, document_sketch, documents
from knowledge.documents import Document
from tests.dialogues.several import Several
from tests.dialogues.staff.staffed import CHIEF, picks, presses, staffed

SECOND = Address("telegram", "2")
EDITOR, HELPER = Address("zalo-bot", "lan"), Address("zalo-oa", "minh")
MESSAGE = (
    "thêm văn bản\n"
    "Nghị quyết số 71-NQ/TW ngày 22/8/2025 của Bộ Chính trị\n"
    "Đột phá phát triển giáo dục và đào tạo\n"
    "https://example.vn/71\n"
    "Nêu quan điểm, mục tiêu đến năm 2030.\n"
    "Có tám nhóm nhiệm vụ."
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """An administrator and an approver on Telegram, an editor on Zalo Bot, a collaborator on the OA."""
    async with staffed(
        tmp_path,
        {
            SECOND: ("approver", "Hoa"),
            EDITOR: ("editor", "Lan"),
            HELPER: ("collaborator", "Minh"),
        },
    ) as talk:
        yield talk


async def says(talk: Several, one: Address, words: str) -> str:
    return await talk.says(one.channel, one.conversation, words)


async def found(talk: Several, number: str) -> list[Document]:
    return await talk.db.read(documents.find, number)


async def acts(talk: Several) -> list[str]:
    return [act.act for act in await talk.db.read(audit.recent, 10)]


async def without_four_eyes(talk: Several) -> None:
    await talk.db.run(department.change, "four_eyes", "không", talk.clock.now())
    await talk.bot.refresh()


async def test_one_message_is_all_it_takes_where_a_single_approver_may_publish(talk: Several) -> None:
    await without_four_eyes(talk)
    shown = await says(talk, CHIEF, MESSAGE)
    for line in (
        "Số hiệu: 71-NQ/TW",
        "Loại văn bản: Nghị quyết",
        "Trích yếu: Đột phá phát triển giáo dục và đào tạo",
        "Ngày ban hành: 22/08/2025",
        "Cơ quan ban hành: Bộ Chính trị",
        "Cấp: Trung ương",
        "Địa chỉ: https://example.vn/71",
        "Tóm tắt: Nêu quan điểm, mục tiêu đến năm 2030. Có tám nhóm nhiệm vụ.",
    ):
        assert line in shown
    assert await found(talk, "71-NQ/TW") == []
    payload = talk.networks["telegram"].last("1").choices[0].payload
    done = await picks(talk, CHIEF, "Công bố")
    assert "Đã công bố Nghị quyết số 71-NQ/TW ngày 22/08/2025 của Bộ Chính trị" in done
    (document,) = await found(talk, "71-NQ/TW")
    assert (document.status, document.sample) == ("in force", False)
    assert (await acts(talk))[:2] == ["document.published", "document.added"]
    assert "không còn nữa" in await presses(talk, CHIEF, payload)  # the same button once more
    assert len(await found(talk, "71-NQ/TW")) == 1
    await talk.bot.refresh()
    assert "Đột phá phát triển giáo dục và đào tạo" in await talk.says("web", "a", "71-NQ/TW")
    assert "công bố 71-NQ/TW ngày 22/08/2025" in await says(talk, CHIEF, "nhật ký")


async def test_asked_line_by_line_where_there_are_no_buttons(talk: Several) -> None:
    await says(talk, EDITOR, "them van ban")
    assert "Trích yếu" in await says(talk, EDITOR, "12/KH-UBND")
    assert "Ban hành ngày nào?" in await says(talk, EDITOR, "Kế hoạch chuyển đổi số xã Bình Minh")
    wrong = await says(talk, EDITOR, "31/02/2026")
    assert "“31/02/2026” không phải là một ngày có thật" in wrong
    assert "Ban hành ngày nào?" in wrong
    assert "Cơ quan nào ban hành?" in await says(talk, EDITOR, "3/2/2026")
    summary = await says(talk, EDITOR, "UBND xã Bình Minh")
    assert "Một, hai câu" in summary  # level and kind follow from what has been said
    address = await picks(talk, EDITOR, "Để sau")
    assert "https://" in address
    assert "không phải là địa chỉ trang" in await says(talk, EDITOR, "trên trang của xã")
    shown = await picks(talk, EDITOR, "Không có")
    assert "Số hiệu: 12/KH-UBND" in shown
    assert "Cấp: Xã, phường, đặc khu" in shown
    assert "Ngày ban hành: 03/02/2026" in shown
    assert "Chưa có tóm tắt" in shown
    assert "Đã lưu bản nháp Kế hoạch số 12/KH-UBND" in await picks(talk, EDITOR, "Để nháp")
    (document,) = await found(talk, "12/KH-UBND")
    assert document.status == "draft"
    assert "Văn bản còn để nháp: 1" in await says(talk, EDITOR, "việc")
    await picks(talk, EDITOR, "12/KH-UBND: Kế hoạch chuyển đổi số")
    assert "gửi người duyệt" in await picks(talk, EDITOR, "Gửi duyệt")


async def test_an_editors_document_waits_for_an_approver_and_the_second_is_told_who_was_first(
    talk: Several,
) -> None:
    await says(talk, EDITOR, MESSAGE)
    assert "gửi người duyệt" in await picks(talk, EDITOR, "Gửi duyệt")
    for one in (CHIEF, SECOND):
        card = await talk.next(one.channel, one.conversation)
        assert "Văn bản chờ duyệt để công bố" in card
        assert "Người gửi: Lan" in card
    await talk.bot.refresh()
    assert "Nêu quan điểm" not in await talk.says("web", "a", "71-NQ/TW")
    assert "Văn bản chờ duyệt: 1" in await says(talk, SECOND, "/viec")
    assert "Văn bản chờ duyệt để công bố" in await picks(talk, SECOND, "71-NQ/TW: Đột phá")
    assert "Đã duyệt" in await picks(talk, SECOND, "Duyệt, công bố")
    assert "Đồng chí Hoa đã duyệt văn bản của đồng chí" in await talk.next("zalo-bot", "lan")
    assert "Đồng chí Hoa đã duyệt văn bản này rồi" in await presses(talk, CHIEF, "docprop/1/reject")
    assert (await found(talk, "71-NQ/TW"))[0].status == "in force"
    assert "Văn bản chờ duyệt" not in await says(talk, SECOND, "/viec")


async def test_with_four_eyes_nobody_publishes_their_own_and_turning_down_leaves_a_draft(
    talk: Several,
) -> None:
    await says(talk, SECOND, MESSAGE)
    assert "Gửi duyệt" in talk.labels("telegram", "2")
    assert "Công bố" not in talk.labels("telegram", "2")
    await picks(talk, SECOND, "Gửi duyệt")
    await talk.next("telegram", "1")
    assert talk.networks["telegram"].unread("2") == []
    assert "cần một người duyệt khác" in await presses(talk, SECOND, "docprop/1/accept")
    assert "không duyệt" in await picks(talk, CHIEF, "Không duyệt")
    assert "chưa duyệt Nghị quyết số 71-NQ/TW" in await talk.next("telegram", "2")
    assert (await found(talk, "71-NQ/TW"))[0].status == "draft"
    assert "Văn bản còn để nháp: 1" in await says(talk, SECOND, "/viec")


async def test_a_single_approver_publishes_what_an_editor_has_left_as_a_draft(talk: Several) -> None:
    await says(talk, EDITOR, MESSAGE)
    await picks(talk, EDITOR, "Để nháp")
    key = (await found(talk, "71-NQ/TW"))[0].key
    assert "1. Gửi duyệt" in await presses(talk, EDITOR, f"draftdoc/{key}")
    await presses(talk, SECOND, f"draftdoc/{key}")
    assert "Đã công bố" in await picks(talk, SECOND, "Công bố")
    assert (await found(talk, "71-NQ/TW"))[0].status == "in force"
    assert "đã được công bố từ trước" in await presses(talk, CHIEF, f"draftdoc/{key}/publish")
    assert "Văn bản" not in await says(talk, SECOND, "/viec")


async def test_what_is_there_already_is_changed_and_not_added_again(talk: Several) -> None:
    await without_four_eyes(talk)
    shown = await says(
        talk, CHIEF, "thêm văn bản 57-nq/tw ngày 22/12/2024 của BCT\nTóm tắt: Đặt mục tiêu mới."
    )
    assert "Văn bản này đã có trong hệ thống (đã công bố)" in shown
    assert "Tóm tắt: Đặt mục tiêu cho năm 2030. → Đặt mục tiêu mới." in shown
    assert "Trích yếu" not in shown
    assert "Đã cập nhật Nghị quyết số 57-NQ/TW" in await picks(talk, CHIEF, "Cập nhật")
    (document,) = await found(talk, "57-NQ/TW")
    assert (document.summary, document.status) == ("Đặt mục tiêu mới.", "in force")
    assert document.address == "https://example.vn/57?a=1&b=2"
    again = await says(talk, CHIEF, "thêm văn bản 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị")
    assert "không có gì khác" in again
    assert talk.labels("telegram", "1") == ["Xem văn bản", "Thôi, không thêm nữa"]


async def test_an_editor_only_proposes_changes_of_what_people_see(talk: Several) -> None:
    await says(
        talk, EDITOR, "thêm văn bản 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\nTóm tắt: Đặt mục tiêu mới."
    )
    await picks(talk, EDITOR, "Gửi duyệt")
    assert (await found(talk, "57-NQ/TW"))[0].summary == "Đặt mục tiêu cho năm 2030."
    card = await talk.next("telegram", "1")
    assert "Sửa đổi chờ duyệt" in card
    assert "Tóm tắt: Đặt mục tiêu cho năm 2030. → Đặt mục tiêu mới." in card
    await picks(talk, CHIEF, "Duyệt, công bố")
    assert (await found(talk, "57-NQ/TW"))[0].summary == "Đặt mục tiêu mới."


async def test_what_cannot_be_accepted_still_waits(talk: Several) -> None:
    """Since it was proposed another document has got the number."""
    other = (await found(talk, "68-NQ/TW"))[0].key
    changes = {"number": "57-NQ/TW", "issued_on": "2024-12-22"}
    await talk.db.run(document_proposals.propose, other, changes, None, talk.clock.now())
    assert "Đã có một văn bản khác" in await presses(talk, CHIEF, "docprop/1/accept")
    assert len(await found(talk, "57-NQ/TW")) == 1
    assert "Văn bản chờ duyệt: 1" in await says(talk, CHIEF, "/viec")


async def test_what_was_turned_down_is_not_accepted_any_more(talk: Several) -> None:
    (before,) = await found(talk, "68-NQ/TW")
    now = talk.clock.now()
    await talk.db.run(document_proposals.propose, before.key, {"summary": "Khác."}, None, now)
    await talk.db.run(document_proposals.reject, 1, 1, now)
    with pytest.raises(LookupError):
        await talk.db.run(document_proposals.accept, 1, 1, now)
    assert await found(talk, "68-NQ/TW") == [before]


async def test_where_a_number_does_not_tell_which_the_day_is_asked_for(talk: Several) -> None:
    shown = await says(
        talk, EDITOR, "thêm văn bản 18-NQ/TW\nBan Chấp hành Trung ương\nTóm tắt: Sắp xếp bộ máy."
    )
    assert "Có 2 văn bản mang số hiệu này" in shown
    assert "Văn bản này đã có trong hệ thống" in await says(talk, EDITOR, "25/10/2017")


async def test_a_new_version_is_recognised_and_marked_with_one_tap(talk: Several) -> None:
    await without_four_eyes(talk)
    shown = await says(
        talk,
        CHIEF,
        "thêm văn bản 99-NQ/TW ngày 3/2/2026 của Bộ Chính trị\nPhát triển kinh tế tư nhân\n"
        "Tóm tắt: Thay thế Nghị quyết số 68-NQ/TW.\nĐịa chỉ: https://example.vn/99",
    )
    assert "Có thể văn bản này thay thế Nghị quyết số 68-NQ/TW ngày 04/05/2025" in shown
    await picks(talk, CHIEF, "Công bố")
    asked = await picks(talk, CHIEF, "Đánh dấu thay thế 68-NQ/TW")
    assert "Văn bản cũ: Nghị quyết số 68-NQ/TW" in asked
    await picks(talk, CHIEF, "Xác nhận")
    assert (await found(talk, "68-NQ/TW"))[0].superseded_by == (await found(talk, "99-NQ/TW"))[0].key


async def test_corrected_before_it_is_saved(talk: Several) -> None:
    await says(talk, CHIEF, MESSAGE)
    await picks(talk, CHIEF, "Sửa")
    assert "hiện là: 22/08/2025" in await picks(talk, CHIEF, "Ngày ban hành")
    shown = await says(talk, CHIEF, "23/8/2025")
    assert "Ngày ban hành: 23/08/2025" in shown
    assert "chưa lưu gì" in await picks(talk, CHIEF, "Thôi")
    assert await found(talk, "71-NQ/TW") == []


async def test_stopping_at_the_preview_drops_what_is_being_written(talk: Several) -> None:
    assert "Văn bản mới, chưa lưu" in await says(talk, EDITOR, MESSAGE)
    assert "Đã bỏ bản đang soạn, chưa lưu gì" in await says(talk, EDITOR, "thôi")
    assert "bản đang soạn" not in await says(talk, EDITOR, "thôi")  # nothing is there any more
    await says(talk, EDITOR, MESSAGE)
    await talk.bot.refresh()
    assert "30% GDP" in await says(talk, EDITOR, "mục tiêu kinh tế số của nghị quyết 57")  # is still answered
    assert await found(talk, "71-NQ/TW") == []


async def test_stopping_the_change_of_a_document_says_that_it_stays_as_it_was(talk: Several) -> None:
    await says(talk, EDITOR, "thêm văn bản 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\nTóm tắt: Khác hẳn.")
    assert "văn bản đã lưu vẫn như trước" in await says(talk, EDITOR, "thôi")
    assert (await found(talk, "57-NQ/TW"))[0].summary == "Đặt mục tiêu cho năm 2030."


async def test_only_editors_and_only_what_may_stand_here(talk: Several) -> None:
    asked = await says(talk, HELPER, MESSAGE)
    assert "Văn bản mới, chưa lưu" not in asked
    assert "không còn dùng được" in await presses(talk, HELPER, "docprop/1/accept")
    assert "Không còn đề nghị này" in await presses(talk, CHIEF, "docprop/77/accept")
    assert "không còn nữa" in await presses(talk, CHIEF, "newdoc/abc/publish")
    assert "MẬT" in await says(talk, CHIEF, "thêm văn bản:\nĐộ mật: MẬT\n12-NQ/TW")
    assert "quá giới hạn" in await says(talk, CHIEF, "thêm văn bản:\n" + "a " * 2_000)
    assert "Văn bản mới" not in await says(talk, CHIEF, "thêm văn bản ở đâu?")
    assert await talk.db.read(document_proposals.count_waiting) == 0


async def test_of_a_line_with_a_day_that_does_not_exist_the_rest_is_taken(talk: Several) -> None:
    shown = await says(talk, EDITOR, "thêm văn bản 71-NQ/TW ngày 31/02/2025 của Bộ Chính trị")
    assert "“31/02/2025” không phải là một ngày có thật" in shown
    assert "Trích yếu" in shown
    again = await says(talk, EDITOR, "Nghị quyết số 71-NQ/TW ngày 22/8/2025 của Bộ Chính trị")
    assert "Trích yếu" in again  # the day is known now, and the name is no title
    assert "Một, hai câu" in await says(talk, EDITOR, "Giáo dục và đào tạo")


@pytest.mark.parametrize("label", ["", "Trích yếu: ", "Trích yếu:\n"])
async def test_a_title_that_is_too_long_is_asked_for_again_and_the_next_line_does_not_become_it(
    talk: Several, label: str
) -> None:
    reference, title = "71-NQ/TW ngày 22/8/2025 của Bộ Chính trị", "Đổi mới giáo dục " * 60
    asked = await says(talk, EDITOR, f"thêm văn bản {reference}\n{label}{title}\nNêu quan điểm, mục tiêu.")
    assert "Trích yếu dài 1019 ký tự, quá giới hạn 1000" in asked
    assert "Trích yếu (văn bản về việc gì)?" in asked
    await says(talk, EDITOR, "Đột phá phát triển giáo dục và đào tạo")
    shown = await picks(talk, EDITOR, "Không có")  # an address
    assert "Trích yếu: Đột phá phát triển giáo dục và đào tạo" in shown
    assert "Tóm tắt: Nêu quan điểm, mục tiêu." in shown


@pytest.mark.parametrize("name", ["Ngày ban hành", "Cấp"])
async def test_a_long_text_in_the_place_of_a_day_or_a_level_is_told(talk: Several, name: str) -> None:
    reference = "71-NQ/TW của Ban Quản lý Dự Án"
    told = await says(talk, EDITOR, f"thêm văn bản {reference}\nGiáo dục\n{name}: {'chưa rõ ' * 20}")
    assert f"{name} dài 159 ký tự, quá giới hạn 100" in told


async def test_topics_that_its_words_name_and_others_that_are_typed(talk: Several) -> None:
    await without_four_eyes(talk)
    await says(talk, CHIEF, f"{MESSAGE}\nChủ đề: Giáo dục; khoa học, công nghệ")
    await picks(talk, CHIEF, "Công bố")
    assert (await found(talk, "71-NQ/TW"))[0].topics == ("Giáo dục", "Khoa học, công nghệ")
    shown = await says(
        talk,
        CHIEF,
        "thêm văn bản\n29-NQ/TW ngày 4/11/2013 của Ban Chấp hành Trung ương\nĐổi mới giáo dục\nhttps://example.vn\nMột câu.",
    )
    assert "Chủ đề: Giáo dục" in shown
    await picks(talk, CHIEF, "Sửa")
    assert "hiện là: Giáo dục" in await picks(talk, CHIEF, "Chủ đề")
    assert "Chủ đề: Giáo dục; Đổi mới" in await says(talk, CHIEF, "Giáo dục; đổi mới")


async def test_two_who_add_the_same_at_the_same_time_make_one(talk: Several) -> None:
    await without_four_eyes(talk)
    await says(talk, CHIEF, MESSAGE)
    await says(talk, SECOND, MESSAGE)
    await picks(talk, CHIEF, "Công bố")
    assert "đã có trong hệ thống (đã công bố)" in await picks(talk, SECOND, "Công bố")
    assert len(await found(talk, "71-NQ/TW")) == 1


def test_what_is_kept_while_it_is_asked_about_comes_back_whole() -> None:
    known, wrong = document_lines.read(MESSAGE.partition("\n")[2], date(2026, 11, 22))
    assert wrong == []
    assert document_sketch.sketch(known.content()) == known


async def test_rewriting_refuses_the_name_of_another(talk: Several) -> None:
    old = (await found(talk, "57-NQ/TW"))[0]

    def rename(tx: Tx) -> None:
        draft = document_proposals.changed(old, {"number": "68-NQ/TW", "issued_on": "2025-05-04"})
        documents.rewrite(tx, old.key, draft, talk.clock.now())

    with pytest.raises(InputError, match="đã có một văn bản khác"):
        await talk.db.run(rename)
