"""`/r/<code>`: what it shows of a poll in each state, what it takes, and what it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from ipaddress import ip_network
from typing import Any

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient

from bot.storage.sqlite import SqliteDatabase
from surveys import polls
from surveys.ballots import Ballots
from surveys.polls import State
from surveys.running import end_early
from tests.fakes.time import MovedClock
from tests.surveys.setup import counters
from tests.web.survey_site import CODE, answered, closed, open_poll, open_surveys
from web.rates import Rate
from web.surveys import Rates

Client = TestClient[Any, Any]
ANSWERS = [("q1", "2"), ("q3", "1"), ("q3", "3"), ("q4", "5"), ("q5", "Mong có lớp học\r\nbuổi tối")]


@pytest.fixture
async def poll(db: SqliteDatabase, box: Ballots, clock: MovedClock) -> int:
    return await db.run(open_poll, box, clock)


@pytest.fixture
async def client(db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int) -> AsyncIterator[Client]:
    async with open_surveys(db, box, clock, "https://hoidap.example") as server, browser(server) as client:
        yield client


def browser(server: Any) -> Client:
    return TestClient(server, cookie_jar=CookieJar(unsafe=True))


async def got(client: Client, code: str = CODE) -> tuple[int, str]:
    async with client.get(f"/r/{code}") as response:
        return response.status, await response.text()


async def post(client: Client, do: str, *fields: tuple[str, str], **headers: str) -> ClientResponse:
    response = await client.post(f"/r/{CODE}", data=[("do", do), *fields], headers=headers)
    await response.read()
    return response


async def said(client: Client, do: str, *fields: tuple[str, str]) -> str:
    return await (await post(client, do, *fields)).text()


async def test_from_consent_to_the_box_with_nothing_kept_before(
    client: Client, db: SqliteDatabase, box: Ballots, poll: int
) -> None:
    status, html = await got(client)
    assert status == 200
    assert "không ai tìm lại được nữa" in html
    assert "Mục đích: Biết bà con cần gì." in html
    assert "Set-Cookie" not in (await client.get(f"/r/{CODE}")).headers
    assert "HttpOnly" in (await post(client, "yes")).headers["Set-Cookie"]
    looked = await said(client, "look", *ANSWERS)
    assert "Lớp học; Mạng" in looked
    assert await db.read(lambda tx: tx.rows("SELECT * FROM ballot_box")) == []
    carried = [
        (name, unescape(value))
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', looked)
    ]
    assert dict(carried)["q5"] == "Mong có lớp học\nbuổi tối"
    assert "Phiếu đã gửi" in await said(client, "send", *carried)
    assert "một phiếu" in await said(client, "send", *carried)
    assert "Bạn đã trả lời rồi" in (await got(client))[1]
    await db.run(lambda tx: box.count(tx, poll, least=1))
    counted = await db.read(counters, poll)
    assert counted["web", 0, 0, 0, 0] == 1
    assert counted["web", 1, 2, 0, 0] == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([("q3", "1"), ("q3", "2"), ("q3", "3")], "chỉ nhận tối đa 2 ý"),
        ([("q5", "a" * 501)], "501 chữ cái"),
        ([("q1", "9")], "lựa chọn không hợp lệ"),
        ([("q1", "1"), ("q1", "2")], "lựa chọn không hợp lệ"),
        ([("q4", "²")], "lựa chọn không hợp lệ"),
        ([("q1", ""), ("q5", "   ")], "Bạn chưa trả lời câu nào"),
    ],
)
async def test_what_is_wrong_is_told_beside_it_and_nothing_is_lost(
    client: Client, db: SqliteDatabase, fields: list[tuple[str, str]], told: str
) -> None:
    await post(client, "yes")
    for do in ("look", "send"):
        html = await said(client, do, *fields, ("q2", "") if "chưa" in told else ("q2", "3"))
        assert told in html
        assert "chưa" in told or re.search(r'name="q2" value="3" checked', html)
    assert await db.read(lambda tx: tx.rows("SELECT * FROM ballot_box")) == []


async def test_who_has_no_cookie_cannot_send_and_loses_nothing(client: Client, db: SqliteDatabase) -> None:
    html = await said(client, "send", *ANSWERS)
    assert "chặn cookie" in html
    assert re.search(r'name="q1" value="2" checked', html)
    assert await db.read(lambda tx: tx.rows("SELECT * FROM ballot_box")) == []


async def test_the_cookie_is_one_of_this_host_where_the_line_is_encrypted(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    async with (
        open_surveys(db, box, clock, trusted_proxies=[ip_network("127.0.0.0/8")]) as server,
        browser(server) as client,
    ):
        cookie = (await post(client, "yes", **{"X-Forwarded-Proto": "https"})).headers["Set-Cookie"]
        assert cookie.startswith(f"__Host-hoidap_poll_{CODE}=")
        for word in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/", "Max-Age=604800"):
            assert word in cookie
        assert "Domain" not in cookie


async def test_a_made_up_cookie_is_nobody(client: Client, db: SqliteDatabase) -> None:
    client.session.cookie_jar.update_cookies({f"hoidap_poll_{CODE}": "0" * 32 + "." + "0" * 64})
    assert "chặn cookie" in await said(client, "send", *ANSWERS)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_another_site_sends_nothing(client: Client, headers: dict[str, str]) -> None:
    assert (await post(client, "yes", **headers)).status == 403


async def test_too_many_from_one_place_wait_with_their_form(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    async with (
        open_surveys(db, box, clock, rates=Rates(Rate(2), Rate(9))) as server,
        browser(server) as client,
    ):
        await post(client, "yes")
        await post(client, "look", *ANSWERS)
        refused = await post(client, "send", *ANSWERS)
        assert refused.status == 429
        assert int(refused.headers["Retry-After"]) > 0
        assert 'name="q5" value="Mong có lớp học\nbuổi tối"' in await refused.text()


async def test_forms_of_any_size_and_kind_are_answered(client: Client) -> None:
    async with client.post(
        f"/r/{CODE}", data=b"x" * 100_001, headers={"Content-Type": "application/x-www-form-urlencoded"}
    ) as answer:
        assert answer.status == 413
    async with client.post(f"/r/{CODE}", json={"do": "yes"}) as answer:
        assert answer.status == 415
    async with client.post("/r/nothing9", data={"do": "send", "q1": "1"}) as answer:
        assert (answer.status, "Không có cuộc thăm dò này" in await answer.text()) == (404, True)


async def test_each_state_has_a_plain_page(
    client: Client, db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    assert await said(client, "no") != await said(client, "yes")
    now = clock.now()

    async def becomes(state: str) -> str:
        await db.run(lambda tx: tx.run("UPDATE polls SET state = :state", state=state))
        return (await got(client))[1] + await said(client, "send", *ANSWERS)

    assert "Đang tạm dừng</h1>" in await becomes("paused")
    assert (await becomes("approved")).count("Chưa mở</h1>") == 2
    await becomes("open")
    assert await db.run(end_early, poll, now)
    clock.move(seconds=1)
    assert (await becomes("open")).count("Đã hết hạn nhận ý kiến</h1>") == 2
    assert (await got(client, "zzzz2222"))[0] == 404


async def test_who_sends_while_it_is_paused_loses_nothing(
    client: Client, db: SqliteDatabase, clock: MovedClock, poll: int
) -> None:
    async def becomes(to: State, old: State) -> None:
        assert await db.run(lambda tx: polls.move(tx, poll, to, among_states=(old,), now=clock.now()))

    await post(client, "yes")
    await becomes("paused", "open")
    for do in ("look", "send"):
        html = await said(client, do, *ANSWERS)
        assert "phiếu chưa được gửi" in html
        assert 'name="q5" value="Mong có lớp học\nbuổi tối"' in html
    assert await db.read(lambda tx: tx.rows("SELECT * FROM ballot_box")) == []
    await becomes("open", "paused")
    assert "Phiếu đã gửi" in await said(client, "send", *ANSWERS)


async def test_a_result_with_what_is_hidden_nowhere(
    client: Client, db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    await db.run(answered, box, clock, poll)
    await db.run(closed, box, clock, poll)
    response = await client.get(f"/r/{CODE}")
    html = await response.text()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "không đại diện cho mọi người" in html
    assert "Qua tin nhắn riêng: 300 phiếu; Qua trang web: 60 phiếu." in html
    assert "không nêu" in html
    assert "Phường đã mở hai lớp học buổi tối" in html
    assert "0912345678" not in html
    assert "&lt;b&gt;Mạng&lt;/b&gt;" in html
    assert not [int(few) for few in re.findall(r"<span>(\d+) người</span>", html) if int(few) < 10]
    assert "<form" not in html
    assert "một phiếu" not in await said(client, "send", *ANSWERS)


async def test_a_preview_shows_what_it_is_and_what_came_of_it(
    client: Client, db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    async def drawn() -> bytes:
        [address] = re.findall(
            r'property="og:image" content="https://hoidap.example([^"]+)"', (await got(client))[1]
        )
        async with client.get(address) as response:
            assert (response.status, response.content_type) == (200, "image/png")
            return await response.read()

    before = await drawn()
    assert before == await drawn()
    await db.run(answered, box, clock, poll)
    await db.run(closed, box, clock, poll)
    assert await drawn() != before
    async with client.get("/r/zzzz2222/preview.png") as response:
        assert response.status == 404


async def test_a_changed_poll_leads_to_its_new_version_and_names_the_old_one(
    client: Client, db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    def change(tx: Any) -> None:
        old = polls.by_key(tx, poll)
        assert old is not None
        now = clock.now()
        key = polls.add(tx, old.survey, polls.as_draft(old), "k7m2qx", old.closes_at, now, old)
        box.close(tx, poll, "changed", now)
        polls.move(tx, key, "open", among_states=("draft",), now=now)
        box.keys.make(key)

    await db.run(change)
    html = (await got(client))[1]
    assert 'href="/r/k7m2qx"' in html
    assert "Bản 1: đóng vì đã sửa câu hỏi (trang này)" in html
    assert "Chưa đủ 10 người trả lời" in html
