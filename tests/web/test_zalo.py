"""Setting up an Official Account: who may begin a consent, and what its answer changes."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.zalo_oa import ZaloOA
from bot.errors import SendError
from tests.channels.zalo_oa_setup import PUBLIC_URL, Remembered, connected, person, text
from tests.fakes.time import MovedClock
from tests.fakes.zalo_oa import LAN, FakeZaloOA, Fault
from web.zalo import add_zalo


@dataclass
class Setup:
    fake: FakeZaloOA
    channel: ZaloOA
    memory: Remembered
    clock: MovedClock
    browser: aiohttp.ClientSession
    site: str

    async def get(self, address: str) -> tuple[int, str]:
        async with self.browser.get(address.replace(PUBLIC_URL, self.site), allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def begin(self) -> str:
        """Opens the secret link; returns Zalo's address behind the button."""
        status, page = await self.get(self.channel.consent.link)
        assert status == 200
        found = re.search(r'class="button" href="([^"]+)"', page)
        assert found
        return html.unescape(found[1])

    async def allow(self, address: str) -> str:
        """An OA administrator allows it; returns the address that Zalo leads back to."""
        async with self.browser.get(address, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def works(self) -> bool:
        try:
            await self.channel.send(person(LAN), text("chào"), "outbox:1")
        except SendError:
            return False
        return True


@pytest.fixture
async def setup() -> AsyncIterator[Setup]:
    memory, clock, app = Remembered(), MovedClock(), web.Application()
    async with FakeZaloOA() as fake, connected(fake, memory=memory, clock=clock) as channel:
        add_zalo(app, "Ab_c-1", channel.consent)
        async with TestServer(app) as server, aiohttp.ClientSession(cookie_jar=_jar()) as browser:
            yield Setup(fake, channel, memory, clock, browser, str(server.make_url("")).rstrip("/"))


def _jar() -> aiohttp.CookieJar:
    return aiohttp.CookieJar(unsafe=True)  # also for an address without a name


async def test_the_domain_is_verified_by_its_code_alone(setup: Setup) -> None:
    status, page = await setup.get(f"{setup.site}/zalo_verifierAb_c-1.html")
    assert (status, 'content="Ab_c-1"' in page) == (200, True)
    assert (await setup.get(f"{setup.site}/zalo_verifierother.html"))[0] == 404


async def test_the_page_says_what_belongs_into_zalos_console(setup: Setup) -> None:
    _, page = await setup.get(setup.channel.consent.link)
    for value in (
        f"{PUBLIC_URL}/oauth/zalo",
        f"{PUBLIC_URL}/webhook/zalo-oa",
        setup.channel.consent.challenge,
    ):
        assert value in page
    assert len(setup.channel.consent.challenge) == 43


async def test_a_consent_from_the_link_to_the_first_message(setup: Setup) -> None:
    assert not await setup.works()
    address = await setup.begin()
    asked = parse_qs(urlsplit(address).query)
    assert asked["redirect_uri"] == [f"{PUBLIC_URL}/oauth/zalo"]
    assert asked["code_challenge"] == [setup.channel.consent.challenge]
    status, page = await setup.get(await setup.allow(address))
    assert (status, "OA đã được kết nối" in page) == (200, True)
    assert await setup.works()
    assert setup.memory.kept["tokens"]["oa_id"] == setup.fake.oa_id


async def test_an_application_that_brings_no_state_back_is_known_by_the_cookie(setup: Setup) -> None:
    back = await setup.allow(await setup.begin())
    state = parse_qs(urlsplit(back).query)["state"][0]
    setup.browser.cookie_jar.update_cookies({"zalo_consent": state})  # its own is for https only
    assert (await setup.get(back.replace(f"&state={state}", "")))[0] == 200
    assert await setup.works()


async def test_only_who_has_the_link_can_begin(setup: Setup) -> None:
    link = setup.channel.consent.link
    for address in (
        link[:-1] + "x",
        f"{PUBLIC_URL}/oauth/zalo?start=",
        f"{PUBLIC_URL}/oauth/zalo",
        link[:-1] + "ệ",
    ):
        status, page = await setup.get(address)
        assert (status, "Cần liên kết kết nối" in page) == (404, True)


@pytest.mark.parametrize(
    "state", ["", "x", "..", "9999999999.aa.00", "ệ.ệ.ệ", "9999999999.deadbeef." + "0" * 32]
)
async def test_a_strangers_consent_without_our_state_changes_nothing(setup: Setup, state: str) -> None:
    back = await setup.allow(
        f"{setup.fake.url}/v4/oa/permission?app_id={setup.fake.app_id}"
        f"&redirect_uri={PUBLIC_URL}/oauth/zalo&code_challenge=x&state=x"
    )
    status, page = await setup.get(back.replace("state=x", f"state={state}"))
    assert (status, "Chưa kết nối được" in page) == (400, True)
    assert setup.memory.kept == {}


async def test_a_state_lasts_an_hour(setup: Setup) -> None:
    back = await setup.allow(await setup.begin())
    setup.clock.move(hours=1, seconds=1)
    assert (await setup.get(back))[0] == 400
    assert not await setup.works()


async def test_another_oa_does_not_replace_ours(setup: Setup) -> None:
    await setup.get(await setup.allow(await setup.begin()))
    before = dict(setup.memory.kept["tokens"])
    ours, setup.fake.oa_id = setup.fake.oa_id, "555"
    back = await setup.allow(await setup.begin())
    assert "một OA khác" in (await setup.get(back))[1]
    assert len(setup.fake._codes) == 1, "a stranger's code is not even exchanged"
    # Also when the address says that it were ours: Zalo knows better.
    back = await setup.allow(await setup.begin())
    assert "một OA khác" in (await setup.get(back.replace("oa_id=555", f"oa_id={ours}")))[1]
    assert setup.memory.kept["tokens"] == before


async def test_the_same_oa_may_consent_again(setup: Setup) -> None:
    for _ in range(2):
        await setup.get(await setup.allow(await setup.begin()))
    assert await setup.works()
    assert setup.fake.refreshes == []


async def test_a_code_works_once(setup: Setup) -> None:
    back = await setup.allow(await setup.begin())
    assert (await setup.get(back))[0] == 200
    status, page = await setup.get(back)
    assert (status, "Zalo chưa chấp nhận" in page) == (400, True)
    assert await setup.works()


@pytest.mark.parametrize("fault", [Fault("drop_before"), Fault("page", status=502)])
async def test_when_zalo_cannot_be_reached_the_page_says_try_again(setup: Setup, fault: Fault) -> None:
    setup.fake.fail(fault, call="oauth")
    status, page = await setup.get(await setup.allow(await setup.begin()))
    assert (status, "chờ ít phút" in page) == (400, True)


async def test_a_full_disk_keeps_what_was(setup: Setup) -> None:
    setup.memory.full = True
    assert "chờ ít phút" in (await setup.get(await setup.allow(await setup.begin())))[1]
    setup.memory.full = False
    assert not await setup.works()


async def test_who_refuses_is_told_that_nothing_changed(setup: Setup) -> None:
    status, page = await setup.get(f"{setup.site}/oauth/zalo?error=-14&error_description=<script>")
    assert (status, "chưa có gì thay đổi" in page, "<script>" in page) == (200, True, False)


async def test_nobody_keeps_the_address(setup: Setup) -> None:
    async with setup.browser.get(setup.channel.consent.link.replace(PUBLIC_URL, setup.site)) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        cookie = answer.cookies["zalo_consent"]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
