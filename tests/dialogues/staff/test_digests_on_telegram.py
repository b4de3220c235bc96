"""Urgent news over the loopback Telegram: buttons, the yes, and the message about the sending that is edited."""

from __future__ import annotations

from bot.audience import department, staff, subscriptions
from bot.audience.subscriptions import Subscription
from bot.model import Address, Tx
from tests.dialogues.conftest import Talk, labels
from tests.fakes.time import Daytime

CHIEF, CITIZEN = 41, 77


async def test_urgent_news_from_the_wish_to_the_end(talk: Talk) -> None:
    now = Daytime().now()

    def settle(tx: Tx) -> None:
        staff.give_role(tx, (), Address("telegram", str(CHIEF)), "approver", "Hoa", None, now)
        subscriptions.keep(tx, Subscription(Address("telegram", str(CITIZEN))), now)
        department.change(tx, "four_eyes", "không", now)

    await talk.db.run(settle)
    await talk.bot.refresh()
    talk.fake.meet(CITIZEN)
    await talk.says(CHIEF, "xin chào")
    exact = await talk.says(CHIEF, "tin khẩn 57-NQ/TW")
    while "Đã soạn tin khẩn" not in exact.text:
        last, exact = exact, await talk.reply(CHIEF)
    assert "🔴" in last.text
    assert "Duyệt, gửi ngay" in labels(exact)
    awake = await talk.presses(CHIEF, exact, "Gửi cả trong giờ yên tĩnh")
    assert "kể cả trong giờ yên tĩnh" in awake.text
    assert "bắt đầu gửi" in (await talk.presses(CHIEF, awake, "Duyệt, gửi ngay")).text
    await talk.bot.digests.go_on()
    assert "57-NQ/TW" in (await talk.reply(CITIZEN)).text
    await talk.bot.tell_of_digests()
    started = await talk.reply(CHIEF)
    assert "bắt đầu gửi tới 1 nơi" in started.text
    assert "Tạm dừng" in labels(started)
    await talk.bot.digests.go_on()
    await talk.bot.tell_of_digests()
    assert "đã gửi xong" in (await talk.reply(CHIEF)).text
    await talk.fake.until(lambda: bool(talk.fake.edited))
    assert talk.fake.edited[-1].message_id == started.message_id
    assert "đã gửi xong" in talk.fake.edited[-1].text
    assert labels(talk.fake.edited[-1]) == []
