"""The page of a poll on a real server, over a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from surveys import surveys
from surveys.ballot import Answer
from surveys.ballots import Ballots
from surveys.polls import Question
from tests.fakes.time import MovedClock
from tests.surveys.setup import AGE, HEARD, NEEDS, WISH, ballot, opened, voter
from web.assets import Assets
from web.surveys import add_surveys

ORGANISATION = "Ban Tuyên giáo và Dân vận phường Hòa Bình"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CODE = "poll1"
HAPPY = Question(
    "scale", "Bạn hài lòng với dịch vụ công trực tuyến không?", ("Không hài lòng", "Rất hài lòng")
)
QUESTIONS = (HEARD, AGE, NEEDS, HAPPY, WISH)
WISHES = (
    "Mong có lớp học buổi tối",
    "Mong thủ tục ngắn hơn",
    "Gọi tôi 0912345678 nhé",
    "<b>Mạng</b> khỏe hơn",
)


def open_poll(tx: Tx, box: Ballots, clock: MovedClock) -> int:
    return opened(tx, box, clock.now(), *QUESTIONS)


def answered(tx: Tx, box: Ballots, clock: MovedClock, poll: int) -> None:
    """300 by chat, 60 on the web; two of the oldest know it from the loudspeaker."""
    chance = Random(3)
    for number in range(360):
        age = chance.choices((1, 2, 3), (5, 5, 2))[0]
        answers: dict[str, Answer] = {
            "q1": (chance.choices((1, 2, 3), (5, 3, 1))[0],),
            "q2": (age,),
            "q3": tuple(sorted(chance.sample((1, 2, 3), chance.randint(1, 2)))),
            "q4": (chance.choices((1, 2, 3, 4, 5), (2, 3, 6, 6, 4))[0],),
        }
        if number % 12 == 0:
            answers["q5"] = WISHES[number // 12 % len(WISHES)]
        source = ballot("chat" if number < 300 else "web", **answers)
        assert box.submit(tx, poll, [voter(number)], source, clock.now()) == "sent"


def closed(tx: Tx, box: Ballots, clock: MovedClock, poll: int) -> None:
    assert box.close(tx, poll, "time", clock.now() + timedelta(days=7))
    surveys.follow_up(tx, 1, "Phường đã mở hai lớp học buổi tối từ ngày 01/12/2026.", clock.now())


@asynccontextmanager
async def open_surveys(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, public_url: str | None = None, **options: Any
) -> AsyncIterator[TestServer]:
    app = web.Application()
    assets = Assets()
    assets.add_routes(app)
    add_surveys(
        app,
        db,
        box,
        clock,
        assets,
        organisation=ORGANISATION,
        timezone=VIETNAM,
        secret=b"of the cookies",
        public_url=public_url,
        **options,
    )
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()
