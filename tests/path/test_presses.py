"""A press acts once, and a number is the choice where there are no buttons."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.channels.base import Limits
from bot.model import Choice, Inbound, Outcome, Part, Text, say
from tests.fakes.network import FakeNetwork, pressed, typed
from tests.fakes.time import simulated
from tests.path.journey import APOLOGY, Handling, journey, words

NO_BUTTONS = Limits(text=500)


@simulated
async def test_a_button_pressed_ten_times_acts_once_and_is_acknowledged_each_time(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(*(pressed(f"u{number}", "c1", "up:1") for number in range(10)))
        await asyncio.sleep(3)
        assert net.texts() == ["re: up:1"]
        assert net.signals == [("c1", "pressed")] * 10
        await trip.hear(pressed("again", "c1", "up:1"))
        await asyncio.sleep(3)
        assert len(net.sent) == 1
        await asyncio.sleep(60)
        await trip.hear(pressed("later", "c1", "up:1"))
        await asyncio.sleep(3)
        assert len(net.sent) == 2


@simulated
async def test_another_button_message_or_person_is_another_press(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.hear(
            pressed("u1", "group", "up", sender="an"),
            pressed("u2", "group", "up", sender="binh"),
            pressed("u3", "group", "down", sender="an"),
            pressed("u4", "group", "up", message="m2", sender="an"),
        )
        await asyncio.sleep(3)
        assert len(net.sent) == 4


@simulated
async def test_a_button_pressed_again_after_another_of_its_message_is_a_way_back(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        ways = ("topics", "done", "topics", "topics")
        await trip.hear(*(pressed(f"u{at}", "c1", way) for at, way in enumerate(ways)))
        await asyncio.sleep(3)
        assert len(net.sent) == 3


@simulated
async def test_a_press_that_failed_can_be_made_again(tmp_path: Path) -> None:
    """After the apology people press again: that is a wish, not impatience."""
    net, handling = FakeNetwork(), Handling()
    handling.faults["up"] = [KeyError("x")] * 3
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(pressed("u1", "c1", "up"))
        await asyncio.sleep(10)
        await trip.hear(pressed("u2", "c1", "up"))
        await asyncio.sleep(3)
        apology, answer = net.texts()
        assert APOLOGY.fullmatch(apology)
        assert answer == "re: up"


@simulated
async def test_without_buttons_a_number_is_the_choice(tmp_path: Path) -> None:
    net = FakeNetwork(limits=NO_BUTTONS)
    shown = (
        Choice("Một", payload="one"),
        Choice("Mở", url="https://example.vn"),
        Choice("Hai", payload="two"),
    )

    async def handle(inbound: Inbound) -> Outcome:
        if inbound.text == "menu":
            return say(inbound.address, Text((Part("Chọn:"),), shown))
        return say(inbound.address, words(f"{inbound.kind}: {inbound.payload or inbound.text}"))

    async with journey(tmp_path, net, handle=handle) as trip:
        await trip.hear(typed("u0", "c1", "2"), typed("u1", "c1", "menu"))
        await asyncio.sleep(2)
        await trip.hear(typed("u2", "c1", " 2. "), typed("u3", "c1", "3"), typed("u4", "c2", "2"))
        await asyncio.sleep(2)
        assert net.texts("c1")[0] == "text: 2"
        assert net.texts("c1")[1].endswith("1. Một\n2. Hai\nMở: https://example.vn\n\nGõ số để chọn.")
        assert net.texts("c1")[2:] == ["choice: two", "text: 3"]
        assert net.texts("c2") == ["text: 2"]


@simulated
async def test_with_buttons_a_number_is_a_question(tmp_path: Path) -> None:
    net = FakeNetwork()

    async def handle(inbound: Inbound) -> Outcome:
        return say(inbound.address, Text((Part(inbound.kind),), (Choice("Một", payload="one"),)))

    async with journey(tmp_path, net, handle=handle) as trip:
        await trip.hear(typed("u1", "c1", "menu"), typed("u2", "c1", "1"))
        await asyncio.sleep(2)
        assert net.texts() == ["text", "text"]
        assert await trip.rows("SELECT * FROM shown_choices") == []
