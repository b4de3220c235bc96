"""Through the whole service on the fake Zalo: from the consent and the first question to the last deletion."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import outbox
from bot.audience import department
from bot.channels.base import Pace
from bot.channels.zalo_oa import ZaloOA
from bot.clock import hour
from bot.model import Address, Part, Text, Tx
from bot.outbox import BULK, REPLY
from bot.queueing import SendQueue
from bot.sealing import KeyFolder
from bot.storage.sqlite import SqliteDatabase
from tests.dialogues.conftest import ORGANISATION, _small_knowledge
from tests.dialogues.on_zalo_oa import ANSWER, QUESTION, Talk, serving, titles
from tests.fakes.time import Daytime
from tests.fakes.zalo_oa import GROUP, LAN, MINH, FakeZaloOA, Fault


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloOA]:
    async with FakeZaloOA() as server:
        yield server


@pytest.fixture
async def talk(fake: FakeZaloOA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    monkeypatch.setattr(ZaloOA, "pace", Pace())
    db = SqliteDatabase.open(tmp_path / "hoidap.db")
    await db.run(_small_knowledge)
    await db.close()
    async with serving(fake, tmp_path, zalo_oa_refresh_token=fake.issue()[1]) as talking:
        yield talking


async def test_a_question_an_answer_and_its_buttons(talk: Talk) -> None:
    answer = await talk.says(LAN, "muc tieu kinh te so cua nghi quyet 57")
    assert f"dịch vụ trả lời tự động của {ORGANISATION}" in answer.text
    assert ANSWER in answer.text
    assert titles(answer) == ["Xem chi tiết", "Câu hỏi liên quan", "👍 Hữu ích", "👎 Chưa tốt"]
    detail = await talk.presses(LAN, answer, "Xem chi tiết")
    assert "tỉ trọng kinh tế số <tối thiểu> 30% GDP & tăng dần." in detail.text
    why = await talk.presses(LAN, answer, "👎")
    assert "góp ý đã được ghi lại" in (await talk.presses(LAN, why, "Không đúng câu tôi hỏi")).text


async def test_suggestions_can_be_pressed_and_typed(talk: Talk) -> None:
    page = await talk.says(LAN, "57-NQ/TW")
    assert "Mở toàn văn" in titles(page)
    which = await talk.says(LAN, "nghị quyết 18")
    assert "1. Nghị quyết số 18-NQ/TW ngày 16/06/2022" in which.text
    assert "Sắp xếp tổ chức bộ máy" in (await talk.says(LAN, "2")).text
    assert "Quản lý và sử dụng đất" in (await talk.presses(LAN, which, "1. ")).text


async def test_documents_are_looked_through_by_buttons_and_by_numbers(talk: Talk) -> None:
    root = await talk.says(LAN, "tra cứu")
    assert titles(root) == ["Mới nhất", "Trung ương (5)"]
    level = await talk.presses(LAN, root, "Trung ương")
    assert "5. 19-NQ/TW (31/10/2012): Chính sách đất đai cũ – đã được thay thế\n6. Về mục lục" in level.text
    assert [title[:2] for title in titles(level)] == ["1.", "2.", "3.", "4.", "6."]
    old = await talk.says(LAN, "5")
    assert "Văn bản này đã được thay thế bởi Nghị quyết số 18-NQ/TW" in old.text
    assert (await talk.presses(LAN, level, "6. ")).text in root.text


async def test_typing_what_a_button_carries_presses_nothing(talk: Talk) -> None:
    answer = await talk.says(LAN, QUESTION)
    carried = answer.buttons[0]["payload"]
    assert "không còn dùng được" in (await talk.says(MINH, carried)).text
    assert ANSWER not in (await talk.says(MINH, "#" + carried[1:].partition(".")[0])).text


async def test_a_button_tapped_ten_times_answers_once(talk: Talk) -> None:
    answer = await talk.says(LAN, QUESTION)
    for _ in range(10):
        await talk.fake.press(LAN, answer, "Xem chi tiết")
    await talk.reply(LAN)
    await talk.silence(LAN)


async def test_following_greets_and_unfollowing_forgets(talk: Talk) -> None:
    await talk.fake.follow(LAN)
    assert "dịch vụ trả lời tự động" in (await talk.reply(LAN)).text
    await talk.fake.follow(LAN, follows=False)
    await talk.silence(LAN)
    assert await talk.db.read(kept_of, LAN) == 0


async def test_pictures_echoes_receipts_and_unknown_events(talk: Talk) -> None:
    await talk.fake.push(talk.fake.event("user_send_sticker", LAN))
    assert "chỉ đọc được tin nhắn chữ" in (await talk.reply(LAN)).text
    for name in (
        "oa_send_text",
        "user_seen_message",
        "user_reacted_message",
        "user_click_chatnow",
        "brand_new",
    ):
        await talk.fake.push(talk.fake.event(name, LAN))
    await talk.silence(LAN)
    assert set(talk.fake.statuses) == {200}


async def test_what_is_delivered_again_late_or_out_of_order_is_answered_once(talk: Talk) -> None:
    events = [
        talk.fake.event("user_send_text", LAN, {"text": words}) for words in (QUESTION, "nghị quyết 57")
    ]
    for event in (events[1], events[0], events[1], events[0]):
        await talk.fake.push({**event, "timestamp": event["timestamp"]}, times=2)
    late = {**events[0], "timestamp": str(int(events[0]["timestamp"]) - 3_600_000)}
    await talk.fake.push(late)
    await talk.reply(LAN)
    await talk.reply(LAN)
    await talk.silence(LAN)


async def test_bodies_without_proof_change_nothing(talk: Talk) -> None:
    event = talk.fake.event("user_send_text", LAN, {"text": QUESTION})
    assert await talk.fake.deliver(event, key="another key") == 403
    assert await talk.fake.deliver(event, app_id="987654321") == 403
    assert await talk.fake.post(json.dumps(event).encode(), {}) == 403
    assert await talk.fake.post(b"", {}) == 200, "the ping when the URL is saved"
    await talk.silence(LAN)


async def test_clocks_that_differ_by_minutes_do_no_harm(talk: Talk) -> None:
    for minutes in (-10, 10):
        event = talk.fake.event("user_send_text", LAN, {"text": QUESTION})
        event["timestamp"] = str(int(event["timestamp"]) + minutes * 60_000)
        await talk.fake.push(event)
        assert ANSWER in (await talk.reply(LAN)).text


async def test_numbers_in_place_of_strings(talk: Talk) -> None:
    event = talk.fake.event("user_send_text", LAN, {"text": QUESTION, "msg_id": 12345})
    await talk.fake.push({**event, "sender": {"id": int(LAN)}, "timestamp": int(event["timestamp"])})
    assert ANSWER in (await talk.reply(LAN)).text


async def test_a_group_hears_us_when_it_calls_us(talk: Talk) -> None:
    await talk.fake.group_text(GROUP, QUESTION)
    await talk.silence(f"group/{GROUP}")
    await talk.fake.group_text(GROUP, f"[@{talk.fake.oa_id}] {QUESTION}")
    answer = await talk.reply(f"group/{GROUP}")
    assert ANSWER in answer.text
    assert "1. Xem chi tiết" in answer.text
    assert answer.buttons == []
    await talk.fake.group_text(GROUP, f"@{talk.fake.name} 1")
    assert "tỉ trọng kinh tế số" in (await talk.reply(f"group/{GROUP}")).text


async def test_an_expired_token_is_renewed_while_people_talk(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    talk.fake.expire_access()
    await asyncio.gather(talk.says(LAN, QUESTION), talk.says(MINH, QUESTION))
    assert len(talk.fake.refreshes) == 2


async def test_a_lost_consent_is_seen_from_outside_until_it_is_given_again(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    for token in list(talk.fake._refresh_tokens):
        talk.fake.burn(token)
    talk.fake.expire_access()
    await talk.fake.text(LAN, QUESTION)
    await talk.fake.until(lambda: len(talk.fake.refreshes) == 2)
    site = talk.fake.webhook.removesuffix("/webhook/zalo-oa")
    async with asyncio.timeout(10):
        while '"waiting"' not in (shown := (await fetch(talk.fake, f"{site}/readyz"))[1]):  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # until the answer has been read
    assert "an administrator of the OA has to consent" in shown
    channel = talk.bot.channels["zalo-oa"]
    assert isinstance(channel, ZaloOA)
    await consent(talk.fake, channel, site)
    assert ANSWER in (await talk.reply(LAN)).text
    assert '"waiting"' not in (await fetch(talk.fake, f"{site}/readyz"))[1]


async def test_dropped_answers_are_sent_again(talk: Talk) -> None:
    talk.fake.fail(Fault("drop_before"), Fault("page", status=502))
    assert ANSWER in (await talk.says(LAN, QUESTION)).text


async def test_the_window_is_known_to_the_hour_and_erased(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    [row] = await talk.db.read(interactions_of, LAN)
    assert row["hour"].endswith(":00Z")
    assert "ghi nhớ rằng Bạn đã từng nhắn tin" in (await talk.says(LAN, "xóa dữ liệu")).text
    assert await talk.db.read(kept_of, LAN) == 0
    assert await talk.db.read(interactions_of, LAN) == []


async def test_what_came_while_somebody_was_silent_is_offered_when_they_write(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    await silent_for_days(talk, LAN)
    await queue(talk, "digest:1", "bản tin tuần này", BULK)
    await queue(talk, "officer:1", "cán bộ trả lời", REPLY)
    await held_are(talk, 2)
    assert len(talk.fake.sent) == 1
    assert await talk.db.read(kept_of, LAN) == 1, "nobody is unsubscribed"
    metrics = (await fetch(talk.fake, talk.fake.webhook.replace("/webhook/zalo-oa", "/metrics")))[1]
    assert 'hoidap_rows{state="held",table="outbox"} 2.0' in metrics
    assert ANSWER in (await talk.says(LAN, QUESTION)).text
    assert (await talk.reply(LAN)).text == "cán bộ trả lời"
    offer = await talk.reply(LAN)
    assert "có gửi Bạn 1 tin" in offer.text
    assert titles(offer) == ["Xem tin đã gửi"]
    assert (await talk.presses(LAN, offer, "Xem tin")).text == "bản tin tuần này"
    await talk.silence(LAN)


async def test_what_was_offered_is_nobody_elses_and_goes_with_all_the_rest(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    await silent_for_days(talk, LAN)
    await queue(talk, "digest:1", "bản tin", BULK)
    await held_are(talk, 1)
    await talk.says(LAN, "cảm ơn")
    offer = await talk.reply(LAN)
    await talk.fake.text(MINH, offer.buttons[0]["payload"])
    assert "không còn dùng được" in (await talk.reply(MINH)).text
    assert "1 tin nhắn đang chờ" in (await talk.says(LAN, "xóa dữ liệu")).text
    assert "Không còn tin nào" in (await talk.presses(LAN, offer, "Xem tin")).text
    await talk.silence(LAN, MINH)


async def test_a_used_up_quota_does_not_hold_up_the_next_answer(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    await talk.db.run(lambda tx: department.change(tx, "oa_paid_window", "có", Daytime().now()))
    await silent_for_days(talk, LAN, 3)
    talk.fake.seconds_silent[LAN], talk.fake.quota_used_up = 3 * 86400, True
    await queue(talk, "digest:1", "bản tin", BULK)
    await held_are(talk, 1)
    talk.fake.seconds_silent[LAN] = 0
    assert ANSWER in (await talk.says(LAN, QUESTION)).text
    assert "có gửi Bạn 1 tin" in (await talk.reply(LAN)).text


async def silent_for_days(talk: Talk, person: str, days: int = 6) -> None:
    def move(tx: Tx) -> None:
        when = hour(Daytime().now() - timedelta(days=days))
        tx.run("UPDATE last_interactions SET hour = :hour WHERE conversation = :who", hour=when, who=person)

    await talk.db.run(move)


async def queue(talk: Talk, cause: str, words: str, priority: int) -> None:
    keys = KeyFolder(talk.db.path.parent / "keys")
    sends = [(Address("zalo-oa", LAN), Text((Part(words),)))]
    await talk.db.run(SendQueue(talk.bot.channels, keys.seal(), Daytime()).put, cause, sends, priority)


async def held_are(talk: Talk, count: int) -> None:
    async with asyncio.timeout(10):
        while (await talk.db.read(outbox.counts))["held"] != count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # nothing is sent, so there is nothing to wait for


def kept_of(tx: Tx, person: str) -> int:
    return len(tx.rows("SELECT 1 FROM people WHERE person = :person", person=person))


def interactions_of(tx: Tx, person: str) -> Any:
    return tx.rows("SELECT hour FROM last_interactions WHERE conversation = :person", person=person)


# From nothing to the first answer, without a terminal


async def test_the_consent_connects_and_what_was_asked_before_is_answered(
    fake: FakeZaloOA, tmp_path: Path
) -> None:
    async with serving(fake, tmp_path) as talk:
        channel = talk.bot.channels["zalo-oa"]
        assert isinstance(channel, ZaloOA)
        await fake.text(LAN, "xin chào")
        site = fake.webhook.removesuffix("/webhook/zalo-oa")
        await consent(fake, channel, site)
        async with asyncio.timeout(30):
            assert (await fake.replies(LAN, 1, within=30))[0].text
        assert (await fetch(fake, f"{site}/zalo_verifierCode123.html"))[0] == 200
        assert 'content="Code123"' in (await fetch(fake, f"{site}/"))[1]
    async with serving(fake, tmp_path) as talk:  # the next start needs no consent
        assert (await talk.says(MINH, "xin chào")).text
    assert fake.refreshes == []


async def consent(fake: FakeZaloOA, channel: ZaloOA, site: str) -> None:
    """What the administrator's browser does."""
    assert fake._session
    _, page = await fetch(fake, channel.consent.link.replace("https://hoidap.example.vn", site))
    address = page.partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    async with fake._session.get(address, allow_redirects=False) as answer:
        back = answer.headers["Location"].replace("https://hoidap.example.vn", site)
    status, page = await fetch(fake, back)
    assert (status, "OA đã được kết nối" in page) == (200, True)


async def fetch(fake: FakeZaloOA, address: str) -> tuple[int, str]:
    assert fake._session
    async with fake._session.get(address) as answer:
        return answer.status, await answer.text()
