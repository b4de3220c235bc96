"""Looking through the documents on every network: levels, topics, pages, a document and back."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Limits
from bot.channels.layout import size
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.files.attachments import Attachment
from bot.model import Text, Tx
from knowledge import documents, entries, revisions, superseding
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from tests.dialogues.conftest import NOW
from tests.dialogues.several import Several, several

NETWORKS = {
    "telegram": Telegram.limits,
    "zalo_bot": ZaloBot.limits,
    "zalo_oa": ZaloOA.limits,
    "web": WebChat.limits,
}
ODD = "Nước sạch / vệ sinh \u202e<b>&;" + "dài " * 50


class Visitor:
    """Somebody who looks around on one network; every message that comes is held against what it takes."""

    def __init__(self, talk: Several, network: str, limits: Limits, *, group: str = "") -> None:
        self.talk = talk
        self._name = network.replace("_", "-")
        self._limits = limits
        self._group = group

    async def says(self, words: str) -> Text:
        await self.talk.hear(self._name, "p", words, group=self._group)
        return await self._shown()

    async def picks(self, label: str) -> Text:
        """By its button, else by its number."""
        for choice in self.last.choices:
            if re.sub(r"^\d+\. ", "", choice.label).startswith(label):
                return await self.presses(choice.payload)
        found = re.search(rf"^(\d+)\. {re.escape(label)}", self.last.plain, re.MULTILINE)
        assert found, (label, self.last)
        return await self.says(found[1])

    async def presses(self, payload: str) -> Text:
        await self.talk.hear(self._name, "p", "", group=self._group, payload=payload, message_id="m")
        return await self._shown()

    @property
    def last(self) -> Text:
        reply = self._replies()[-1]
        assert isinstance(reply, Text)
        return reply

    def offers(self) -> list[str]:
        """What can be chosen: the numbered lines, and the buttons whose label stands in none."""
        lines = [line for _, line in re.findall(r"^(\d+)\. (.*)$", self.last.plain, re.MULTILINE)]
        return lines + [one.label for one in self.last.choices if not re.match(r"\d+\. ", one.label)]

    async def _shown(self) -> Text:
        await self.talk.next(self._name, self._group or "p")
        shown = self.last
        assert size(shown.plain, self._limits.units) <= self._limits.text
        assert len(shown.choices) <= self._limits.buttons
        for choice in shown.choices:
            assert size(choice.label, self._limits.units) <= self._limits.label
            assert choice.url or (choice.payload.isascii() and len(choice.payload) <= 64)
        return shown

    def _replies(self) -> list[Any]:
        at = self._group or "p"
        return [sent.reply for sent in self.talk.networks[self._name].sent if sent.conversation == at]


def document(number: str, title: str, level: documents.Level, age: int, *topics: str) -> DocumentDraft:
    """`age` in days."""
    issuer = {"Trung ương": "Bộ Chính trị", "tỉnh": "Tỉnh ủy", "xã": "Đảng ủy xã Bình Minh"}[level]
    return DocumentDraft(
        number,
        "Nghị quyết" if level == "Trung ương" else "Kế hoạch",
        title,
        issuer,
        level,
        date(2026, 6, 1) - timedelta(days=age),
        topics=topics,
        status="in force",
    )


def shelf(tx: Tx) -> None:
    """14 of the centre on three topics, 2 of the commune, a sample of the province, and a draft."""
    drafts = [
        document(f"{number}-NQ/TW", f"Phát triển kinh tế vùng {number}", "Trung ương", number, "Kinh tế")
        for number in range(1, 9)
    ]
    drafts += [
        document(f"{number}-NQ/TW", f"Trường học {number}", "Trung ương", number, "Giáo dục", "giáo  dục")
        for number in range(11, 16)
    ]
    drafts += [
        document("21-NQ/TW", "Nước sạch", "Trung ương", 21, ODD),
        document("1-KH/ĐU", "Đất đai và nhà ở", "xã", 2, "Đất đai"),
        document("30-KH/ĐU", "Phổ cập kỹ năng số", "xã", 1, "Chuyển đổi số"),
        replace(document("5-CTr/TU", "Chương trình mẫu", "tỉnh", 3, "Mẫu"), sample=True),
        replace(document("99-NQ/TW", "Bản thảo đất đai", "Trung ương", 0, "Đất đai"), status="draft"),
    ]
    drafts[0] = replace(drafts[0], file=Attachment("nq1.pdf", "application/pdf", b"%PDF-1.7"))
    documents.save_all(tx, drafts, NOW)
    for number in range(14):
        question = f"Kỹ năng số bài {number + 1} dạy những gì?"
        draft = EntryDraft(f"so-{number}", question, f"Bài {number}.", cites="30-KH/ĐU", status="published")
        entries.save(tx, draft, NOW)


@asynccontextmanager
async def browsing(folder: Path, **networks: Limits) -> AsyncIterator[Several]:
    async with several(folder, (), None, **networks) as talk:
        await talk.db.run(shelf)
        await talk.bot.refresh()
        yield talk


@pytest.fixture(params=NETWORKS)
async def visitor(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Visitor]:
    name, limits = request.param, NETWORKS[request.param]
    async with browsing(tmp_path, **{name: limits}) as talk:
        yield Visitor(talk, name, limits)


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Visitor]:
    async with browsing(tmp_path, web=WebChat.limits) as talk:
        yield Visitor(talk, "web", WebChat.limits)


async def test_from_the_levels_to_a_document_and_back(visitor: Visitor) -> None:
    slash = visitor.talk.networks[next(iter(visitor.talk.networks))].limits.slash_commands
    root = await visitor.says("/tracuu" if slash else "tra cứu ạ")
    assert "Hiện có 17 văn bản." in root.plain
    assert visitor.offers()[:5] == [
        "Mới nhất",
        "Trung ương (14)",
        "Cấp tỉnh (1)",
        "Cấp xã (2)",
        "Theo chủ đề (6)",
    ]
    await visitor.picks("Trung ương")
    assert visitor.offers()[:3] == ["Tất cả (14)", "Kinh tế (8)", "Giáo dục (5)"]
    first = await visitor.picks("Kinh tế")
    assert "Văn bản Trung ương, chủ đề “Kinh tế” (8), mới nhất trước.\nTrang 1/2" in first.plain
    assert visitor.offers()[0] == "1-NQ/TW (31/05/2026): Phát triển kinh tế vùng 1"
    assert visitor.offers()[6:] == ["Trang sau", "Chủ đề khác"]
    second = await visitor.picks("Trang sau")
    assert "Trang 2/2" in second.plain
    assert visitor.offers()[2:] == ["Trang trước", "Chủ đề khác"]
    page = await visitor.picks("8-NQ/TW")
    assert "Nghị quyết số 8-NQ/TW\nPhát triển kinh tế vùng 8" in page.plain
    assert "Trang 2/2" in (await visitor.picks("Về danh sách")).plain
    await visitor.picks("Chủ đề khác")
    assert "Hiện có 17 văn bản." in (await visitor.picks("Về mục lục")).plain


async def test_a_level_with_few_documents_shows_them_at_once(visitor: Visitor) -> None:
    await visitor.says("tra cứu")
    shown = await visitor.picks("Cấp xã")
    assert "Văn bản cấp xã (2), mới nhất trước." in shown.plain
    assert visitor.offers() == [
        "30-KH/ĐU (31/05/2026): Phổ cập kỹ năng số",
        "1-KH/ĐU (30/05/2026): Đất đai và nhà ở",
        "Về mục lục",
    ]


async def test_a_document_with_many_questions_shows_them_page_by_page(visitor: Visitor) -> None:
    await visitor.says("tra cứu kỹ năng số")
    assert "Xem thêm câu hỏi (8)" in visitor.offers()
    second = await visitor.picks("Xem thêm câu hỏi")
    assert "Các câu hỏi về Kế hoạch số 30-KH/ĐU" in second.plain
    assert "Trang 2/3" in second.plain
    third = await visitor.picks("Trang sau")
    assert visitor.offers() == [
        "Kỹ năng số bài 13 dạy những gì?",
        "Kỹ năng số bài 14 dạy những gì?",
        "Trang trước",
        "Về văn bản",
    ]
    assert "Trang 3/3" in third.plain
    assert "Phổ cập kỹ năng số" in (await visitor.picks("Về văn bản")).plain


async def test_a_topic_of_200_letters_with_odd_signs(visitor: Visitor) -> None:
    await visitor.says("tra cứu")
    await visitor.picks("Trung ương")
    shown = await visitor.picks("Nước sạch")
    assert "1 văn bản" not in shown.plain
    assert visitor.offers() == ["21-NQ/TW (11/05/2026): Nước sạch", "Chủ đề khác"]


async def test_words_lead_straight_to_what_they_find(web: Visitor) -> None:
    assert "Kế hoạch số 1-KH/ĐU" in (await web.says("/tracuu đất đai")).plain
    assert "Kế hoạch số 1-KH/ĐU" in (await web.says("Tra cứu: dat dai")).plain
    assert "Nghị quyết số 21-NQ/TW" in (await web.says("tra cứu 21")).plain
    assert "Nghị quyết số 21-NQ/TW" in (await web.says("tracuu nq 21")).plain
    assert "Có 2 văn bản mang số 1:" in (await web.says("/tracuu 01")).plain
    assert "chưa có văn bản “58”" in (await web.says("/tracuu 58")).plain
    assert "Hiện có 17" in (await web.says("tra cứu giúp em với ạ")).plain


async def test_many_results_have_pages_that_keep_the_accents(web: Visitor) -> None:
    assert (
        "Tìm thấy 8 văn bản về “kinh tế”, mới nhất trước.\nTrang 1/2"
        in (await web.says("tra cứu kinh tế")).plain
    )
    assert "Trang 2/2" in (await web.picks("Trang sau")).plain
    assert (
        "Tìm thấy 8 văn bản" in (await web.says("tra cứu phát triển kinh tế vùng phát triển kinh tế")).plain
    )
    assert "Bạn gõ thêm chữ" in web.last.plain
    assert web.offers()[6:] == ["Về mục lục"]


async def test_what_no_document_is_called_is_a_question(web: Visitor) -> None:
    assert "chưa có câu trả lời" in (await web.says("tra cứu giá vàng")).plain
    assert "không tiếp nhận tố cáo" in (await web.says("tra cứu tôi muốn tố cáo cán bộ nhận tiền")).plain
    answer = await web.says("tra cứu kỹ năng số bài 3 dạy những gì")
    assert "Bài 2." in answer.plain


async def test_a_group_sees_no_sample_and_no_draft(tmp_path: Path) -> None:
    async with browsing(tmp_path, telegram=Telegram.limits) as talk:
        group = Visitor(talk, "telegram", Telegram.limits, group="group-1")
        root = await group.says("/tracuu@hoidap_bot")
        assert "Hiện có 16 văn bản." in root.plain
        assert "Cấp tỉnh (1)" not in group.offers()
        assert "hiện không còn văn bản nào" in (await group.presses("list/t/-/1")).plain
        [sample] = await talk.db.read(documents.find, "5-CTr/TU")
        assert "không còn nữa" in (await group.presses(f"listed/{sample.key}/t/-/1")).plain
        assert "chưa có văn bản “5”" not in (await group.says("/tracuu 5")).plain


async def test_a_group_is_not_led_to_a_sample(tmp_path: Path) -> None:
    async with browsing(tmp_path, telegram=Telegram.limits) as talk:
        [old], [new] = [await talk.db.read(documents.find, name) for name in ("1-KH/ĐU", "5-CTr/TU")]

        def supersede(tx: Tx) -> None:
            superseding.supersede(tx, old.key, new.key, NOW)

        await talk.db.run(supersede)
        group = Visitor(talk, "telegram", Telegram.limits, group="group-1")
        assert "đã được thay thế bởi Kế hoạch số 5-CTr/TU" in (await group.says("tra cứu đất đai")).plain
        assert "Xem văn bản mới" not in group.offers()
        alone = Visitor(talk, "telegram", Telegram.limits)
        await alone.says("tra cứu đất đai")
        assert "Xem văn bản mới" in alone.offers()


async def test_buttons_that_lead_nowhere_any_more_are_answered_calmly(web: Visitor) -> None:
    assert "Trang 3/3" in (await web.presses("list/all/-/999")).plain
    assert "Trang 1/3" in (await web.presses("list/all/-/0")).plain
    assert "Trang 1/3" in (await web.presses("list/all/-/x")).plain
    gone = await web.presses("list/tw/0123456789ab/1")
    assert "Mục này hiện không còn văn bản nào" in gone.plain
    assert "Trung ương (14)" in web.offers()
    for payload in (
        "list/abc/-/1",
        "topics/abc/1",
        "search/%%%/1",
        "search/4oKs4oI/1",
        "list/tw/1",
        "browse/1",
    ):
        assert "không còn dùng được" in (await web.presses(payload)).plain, payload
    lost = base64.urlsafe_b64encode("chuyện cổ tích".encode()).decode()
    assert "không còn văn bản nào" in (await web.presses(f"search/{lost}/1")).plain
    assert "không còn nữa" in (await web.presses("questions/9999/1")).plain


async def test_a_document_that_goes_while_somebody_looks_at_its_list(web: Visitor) -> None:
    await web.says("tra cứu")
    await web.picks("Cấp xã")
    [plan] = await web.talk.db.read(documents.find, "1-KH/ĐU")

    def delete(tx: Tx) -> None:
        tx.run("DELETE FROM documents WHERE key = :key", key=plan.key)

    await web.talk.db.run(delete)
    assert "Văn bản này không còn nữa" in (await web.picks("1-KH/ĐU")).plain
    await web.talk.db.run(revisions.touch)
    await web.talk.bot.refresh()
    assert "Văn bản cấp xã (1)" in (await web.picks("Về danh sách")).plain


async def test_where_nothing_is_published_it_says_so(tmp_path: Path) -> None:
    async with several(tmp_path, web=WebChat.limits) as talk:
        assert "chưa có văn bản nào để tra cứu" in await talk.says("web", "p", "tra cứu")


async def test_looks_and_uses_are_counted_by_the_day_and_by_nobody(web: Visitor) -> None:
    [first] = await web.talk.db.read(documents.find, "1-NQ/TW")
    await web.says("nghị quyết 1-NQ/TW")
    await web.says("tra cứu 1-NQ/TW")
    await web.presses(f"document/{first.key}")
    await web.presses(f"listed/{first.key}/all/-/1")
    await web.talk.hear("web", "p", "", payload=f"file/{first.key}", message_id="m")
    await web.talk.next("web", "p")
    day = web.talk.clock.now().date().isoformat()
    assert await web.talk.rows("document_usage") == [
        {"document": first.key, "day": day, "views": 4, "downloads": 1}
    ]
    await web.says("kỹ năng số bài 3 dạy những gì")
    [lesson] = await web.talk.rows("entry_usage")
    await web.presses(f"answer/{lesson['entry']}")
    assert await web.talk.rows("entry_usage") == [{"entry": lesson["entry"], "day": day, "times": 2}]
