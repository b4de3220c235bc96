"""The page in a real Chromium, on a small phone, against a real server and database."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Locator, Page, expect

from bot.model import Choice, File, Inbound, Part, Picture, Reply, Text
from bot.texts import web as texts
from tests.web.site import EXAMPLE, ORGANISATION, Site, echo, open_site, realistic
from web.assets import Assets
from web.chat import Rates
from web.rates import Rate

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as site:
        yield site


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name=texts.COMPOSER_LABEL)


def log(page: Page) -> Locator:
    return page.get_by_role("log", name=texts.LOG_LABEL)


def replies(page: Page) -> Locator:
    return log(page).locator(".bot")


def questions(page: Page) -> Locator:
    return log(page).locator(".me")


async def ask(page: Page, question: str) -> None:
    await composer(page).fill(question)
    await composer(page).press("Enter")


async def ask_and_wait(page: Page, question: str) -> None:
    await ask(page, question)
    await expect(replies(page).last).to_contain_text(f"Đã nhận: {question}")


def answering(*given: Reply) -> list[Reply]:
    return list(given)


def text(*parts: Part | str, choices: Sequence[Choice] = ()) -> Text:
    return Text(tuple(part if isinstance(part, Part) else Part(part) for part in parts), tuple(choices))


# Asking


async def test_a_question_gets_its_answer_with_the_source_set_apart(site: Site, page: Page) -> None:
    site.answer = realistic
    await page.goto(site.url)
    await ask(page, "Nghị quyết 57 nói về điều gì?")
    await expect(questions(page)).to_have_text(re.compile("Nghị quyết 57 nói về điều gì?"))
    await expect(replies(page).locator(".source")).to_have_text(
        "Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
    )
    await expect(replies(page).locator(".note")).to_have_text(
        f"Nội dung mẫu, chưa được {ORGANISATION} duyệt."
    )
    await expect(replies(page).locator("strong")).to_have_text("Nghị quyết 57")
    await expect(composer(page)).to_have_value("")
    await expect(composer(page)).to_be_focused()


async def test_an_example_can_be_asked_with_one_tap(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await page.get_by_role("button", name=EXAMPLE).click()
    await expect(replies(page)).to_contain_text(EXAMPLE)


async def test_a_pressed_button_is_shown_as_words_and_sent_as_its_payload(site: Site, page: Page) -> None:
    def answer(inbound: Inbound) -> Sequence[Reply]:
        if inbound.kind == "choice":
            return echo(inbound)
        return answering(text("Chọn nhé", choices=[Choice("Xem chi tiết", payload="detail:1")]))

    site.answer = answer
    await page.goto(site.url)
    await ask(page, "Nghị quyết 57")
    await page.get_by_role("button", name="Xem chi tiết").dblclick()  # an impatient finger
    await expect(replies(page).last).to_contain_text("Đã nhận: detail:1")
    await expect(questions(page).last).to_contain_text("Xem chi tiết")
    assert [inbound.payload for inbound in site.answered] == ["", "detail:1"]


async def test_shift_enter_is_a_new_line_and_the_field_grows(site: Site, page: Page) -> None:
    await page.goto(site.url)
    before = await composer(page).bounding_box()
    await composer(page).press_sequentially("một")
    await composer(page).press("Shift+Enter")
    await composer(page).press_sequentially("hai")
    after = await composer(page).bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    await composer(page).press("Enter")
    await expect(replies(page)).to_contain_text("Đã nhận: một\nhai", use_inner_text=True)


async def test_enter_ends_a_syllable_while_the_keyboard_composes(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await composer(page).focus()
    session = await page.context.new_cdp_session(page)
    await session.send("Input.imeSetComposition", {"text": "ngh", "selectionStart": 3, "selectionEnd": 3})
    await composer(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await session.send("Input.insertText", {"text": "nghị quyết"})
    await expect(composer(page)).to_have_value("nghị quyết")
    await expect(questions(page)).to_have_count(0)
    await composer(page).press("Enter")
    await expect(replies(page)).to_contain_text("Đã nhận: nghị quyết")


async def test_a_text_that_is_too_long_stays_in_the_field(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await composer(page).fill("ữ" * 4001)
    await expect(page.locator("#count")).to_have_text("Dài quá 1 ký tự")
    await composer(page).press("Enter")
    await expect(questions(page)).to_have_count(0)
    await composer(page).press("Backspace")
    await composer(page).press("Enter")
    await expect(replies(page)).to_have_count(1)


async def test_typing_is_shown_until_the_answer_comes(site: Site, page: Page) -> None:
    site.answer = lambda inbound: []
    await page.goto(site.url)
    await ask(page, "Chờ nhé")
    await expect(page.get_by_text(texts.SCRIPT["typing"])).to_be_attached()
    await expect(page.locator("#typing")).to_be_visible()
    visitor = (await site.hears(0)).address
    await site.channel.send(visitor, text("Xong"), "later")
    await expect(replies(page)).to_contain_text("Xong")
    await expect(page.locator("#typing")).to_be_hidden()
    await site.channel.signal(visitor, "typing")
    await expect(page.locator("#typing")).to_be_visible()


# What may stand in an answer


async def test_html_in_a_question_or_an_answer_is_text(site: Site, page: Page) -> None:
    evil = '<img src=x onerror="document.title=\'evil\'"><script>document.title="evil"</script><b>đậm</b>'
    site.answer = lambda inbound: answering(
        text(Part(inbound.text, "bold"), inbound.text, choices=[Choice(evil, payload="x")])
    )
    await page.goto(site.url)
    await ask(page, evil)
    await expect(replies(page).locator("strong")).to_have_text(evil)
    await expect(page.get_by_role("button", name=evil)).to_be_visible()
    assert await log(page).locator("img, script, b").count() == 0
    assert "evil" not in await page.title()
    await page.reload()
    await expect(replies(page).locator("strong")).to_have_text(evil)


async def test_only_web_addresses_become_links(site: Site, page: Page) -> None:
    site.answer = lambda inbound: answering(
        text(
            "Xem https://example.org/a?b=1&c=2. Hoặc (http://example.org/d), không phải javascript:alert(1)",
            choices=[
                Choice("Mở văn bản", url="https://example.org/nq57"),
                Choice("Đừng bấm", url="javascript:alert(1)"),
            ],
        ),
        File("Kế hoạch.pdf", "application/pdf", "documents/12", "Bản đầy đủ:"),
    )
    await page.goto(site.url)
    await ask(page, "Địa chỉ?")
    await expect(replies(page)).to_have_count(2)
    links = log(page).get_by_role("link")
    assert [await link.get_attribute("href") for link in await links.all()] == [
        "https://example.org/a?b=1&c=2",
        "http://example.org/d",
        "https://example.org/nq57",
        f"{site.url}documents/12",
    ]
    for link in await links.all():
        assert await link.get_attribute("rel") == "noopener noreferrer"
    await expect(page.get_by_text("Đừng bấm")).to_have_count(0)


# What is kept


async def test_the_history_survives_a_reload_and_only_the_browser_has_it(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    await page.reload()
    await expect(questions(page)).to_have_count(1)
    await expect(replies(page)).to_have_count(1)
    await ask_and_wait(page, "hai")  # with what it has seen, the browser confirms the first reply
    await expect(replies(page)).to_have_count(2)
    async with page.expect_request("**/chat/events*"):
        await page.reload()
    await expect(replies(page)).to_have_count(2)


async def test_looking_at_the_page_leaves_no_cookie_and_asking_leaves_one(
    site: Site, page: Page, context: BrowserContext
) -> None:
    await page.goto(site.url)
    await expect(composer(page)).to_be_visible()
    assert await context.cookies() == []
    await ask_and_wait(page, "một")
    cookies = await context.cookies()
    assert [(cookie["name"], cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies] == [
        ("hoidap_visitor", True, "Lax")
    ]


async def test_all_tabs_show_everything(site: Site, page: Page, context: BrowserContext) -> None:
    other = await context.new_page()
    await page.goto(site.url)
    await other.goto(site.url)
    await ask_and_wait(page, "từ tab một")
    await expect(replies(other)).to_contain_text("từ tab một")
    await ask(other, "từ tab hai")
    for tab in (page, other):
        await expect(replies(tab)).to_have_count(2)
        await expect(questions(tab)).to_have_count(2)


async def test_without_storage_the_page_still_works(site: Site, page: Page) -> None:
    await page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }"
    )
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    await ask_and_wait(page, "hai")
    await expect(replies(page)).to_have_count(2)


async def test_what_an_older_version_or_a_stranger_left_in_the_storage_does_no_harm(
    site: Site, page: Page
) -> None:
    await page.goto(site.url)
    for left in ("{", '"x"', "[]", '{"items": 1}'):
        await page.evaluate("value => localStorage.setItem('hoidap.chat.1', value)", left)
        await page.reload()
        await expect(questions(page)).to_have_count(0)
    await ask_and_wait(page, "một")


async def test_the_history_is_bounded(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await page.evaluate(
        """() => store.change((state) => {
            for (let n = 0; n < 1000; n++)
                state.items.push({ id: `old ${n}`, who: "me", at: 0, state: "sent", text: "x".repeat(4000) });
        })"""
    )
    assert await page.evaluate("localStorage.getItem('hoidap.chat.1').length") <= 400_000
    await ask_and_wait(page, "một")


async def test_deleting_the_conversation_deletes_it_here_and_there(
    site: Site, page: Page, context: BrowserContext
) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "bí mật")
    await page.get_by_role("button", name=texts.ERASE).click()
    dialog = page.get_by_role("dialog", name=texts.ERASE_QUESTION)
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name=texts.ERASE_NO).click()
    await expect(replies(page)).to_have_count(1)
    await page.get_by_role("button", name=texts.ERASE).click()
    async with page.expect_response("**/chat/forget") as forgotten:
        await dialog.get_by_role("button", name=texts.ERASE_YES).click()
        await expect(replies(page)).to_have_text([re.compile("Đã nhận: /xoadulieu")])
    assert (await forgotten.value).status == 204
    await expect(questions(page)).to_have_count(0)
    assert "bí mật" not in await page.evaluate("JSON.stringify(localStorage)")
    assert await context.cookies() == []
    assert await site.db.read(lambda tx: tx.rows("SELECT * FROM web_mail")) == []
    await ask_and_wait(page, "người mới")
    assert site.answered[-1].sender != site.answered[0].sender


@pytest.mark.parametrize("words", ["/xoadulieu", "xóa dữ liệu", "Xoa du lieu"])
async def test_the_typed_command_clears_the_page_too(site: Site, page: Page, words: str) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "bí mật")
    await ask(page, words)
    await expect(replies(page)).to_have_text([re.compile(words)])
    await expect(questions(page)).to_have_count(0)


async def test_deleting_before_anything_was_asked_tells_the_server_nothing(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await page.get_by_role("button", name=texts.ERASE).click()
    await page.get_by_role("button", name=texts.ERASE_YES).click()
    await expect(page.get_by_text(texts.SCRIPT["erased"])).to_be_visible()
    assert site.answered == []


# A bad line


async def test_a_server_that_stops_and_starts_again_neither_loses_nor_doubles(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    visitor = site.answered[0].address
    await site.stop()
    await ask(page, "hai")
    await expect(page.get_by_text(texts.SCRIPT["unsent"])).to_be_visible()
    await expect(page.get_by_text(texts.SCRIPT["reconnecting"])).to_be_visible()
    await expect(page.get_by_role("button", name=texts.SCRIPT["again"])).to_be_in_viewport(ratio=1)
    await site.channel.send(visitor, text("lúc mất kết nối"), "while away")
    await site.start()
    await expect(replies(page)).to_have_count(3)
    await expect(page.get_by_text(texts.SCRIPT["unsent"])).to_be_hidden()
    await expect(page.get_by_text(texts.SCRIPT["reconnecting"])).to_be_hidden()
    await ask_and_wait(page, "ba")
    assert [inbound.text for inbound in site.answered] == ["một", "hai", "ba"]
    shown = [(await reply.inner_text()).split(":")[-1].strip() for reply in await replies(page).all()]
    assert sorted(shown) == ["ba", "hai", "lúc mất kết nối", "một"]


async def test_an_unsent_message_survives_a_reload_and_goes_when_it_can(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await page.route("**/chat/messages", lambda route: route.abort())
    await ask(page, "một")
    await expect(page.get_by_text(texts.SCRIPT["unsent"])).to_be_visible()
    await page.unroute("**/chat/messages")
    await page.reload()
    await expect(replies(page)).to_contain_text("Đã nhận: một")


async def test_a_lost_answer_to_a_message_does_not_double_it(site: Site, page: Page) -> None:
    await page.goto(site.url)
    lost = 0

    async def lose_the_first_answer(route: object) -> None:
        nonlocal lost
        if lost:
            await route.continue_()  # type: ignore[attr-defined]
            return
        lost += 1
        await route.fetch()  # type: ignore[attr-defined]
        await route.abort()  # type: ignore[attr-defined]

    await page.route("**/chat/messages", lose_the_first_answer)
    await ask(page, "một")
    await expect(replies(page)).to_contain_text("Đã nhận: một")
    await ask_and_wait(page, "hai")
    assert [inbound.text for inbound in site.answered] == ["một", "hai"]
    assert len({inbound.sender for inbound in site.answered}) == 1
    await expect(replies(page)).to_have_count(2)


async def test_a_reply_that_is_delivered_twice_is_shown_once(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    visitor = site.answered[0].address
    await site.channel.send(visitor, text("hai"), "row 2")
    await expect(replies(page)).to_have_count(2)
    await site.mailbox.forget(visitor.conversation)  # confirmed; then a kill lets the outbox send it again
    await site.channel.send(visitor, text("hai"), "row 2")
    await site.channel.send(visitor, text("ba"), "row 3")
    await expect(replies(page)).to_contain_text(["một", "hai", "ba"])
    await expect(replies(page)).to_have_count(3)


async def test_polling_takes_over_where_there_are_no_events(site: Site, page: Page) -> None:
    await page.add_init_script("delete window.EventSource")
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    await ask_and_wait(page, "hai")
    await expect(replies(page)).to_have_count(2)


async def test_polling_takes_over_where_events_do_not_get_through(site: Site, page: Page) -> None:
    await page.route("**/chat/events*", lambda route: route.fulfill(status=502))
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    await ask_and_wait(page, "hai")


async def test_without_a_network_the_page_says_so_and_keeps_the_message(
    site: Site, page: Page, context: BrowserContext
) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    await context.set_offline(True)
    await expect(page.get_by_text(texts.SCRIPT["offline"])).to_be_visible()
    await ask(page, "hai")
    await expect(page.get_by_role("button", name=texts.SCRIPT["again"])).to_be_visible()
    await context.set_offline(False)
    await expect(replies(page).last).to_contain_text("Đã nhận: hai")
    await expect(page.get_by_text(texts.SCRIPT["offline"])).to_be_hidden()


async def test_who_is_too_fast_waits_and_loses_nothing(tmp_path: Path, page: Page) -> None:
    passed = [0.0]  # seconds: they pass when the test says so, however slow the machine is
    here = Rate(60, seconds=lambda: passed[0])
    for _ in range(59):  # others behind the same address
        here.take("127.0.0.1")
    async with open_site(tmp_path, rates=Rates(messages_from_place=here)) as site:
        await page.goto(site.url)
        for word in ("một", "hai", "ba"):
            await ask(page, word)
        await expect(page.get_by_text("Sẽ tự gửi lại sau").first).to_be_visible()
        await expect(replies(page)).to_have_count(1)
        passed[0] += 10
        await expect(replies(page)).to_have_count(3)
        assert [inbound.text for inbound in site.answered] == ["một", "hai", "ba"]


async def test_a_message_that_is_refused_says_why_and_lets_the_next_pass(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await page.evaluate("line.send({ text: 'x'.repeat(4001) })")  # which the field would not let through
    await expect(page.get_by_text(texts.TOO_LONG)).to_be_visible()
    await ask_and_wait(page, "một")


# For everybody


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 480), (1280, 800)])
@pytest.mark.parametrize("size", ["100%", "200%"])
async def test_nothing_needs_sideways_scrolling(
    site: Site, page: Page, width: int, height: int, size: str
) -> None:
    site.answer = lambda inbound: answering(
        text("Một-từ-rất-dài-" * 12, "\n\n", Part("Theo " + "x" * 200, "italic"), choices=CHOICES)
    )
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(site.url)
    await page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    await ask(page, "https://example.org/" + "y" * 300)
    await expect(replies(page)).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await expect(composer(page)).to_be_in_viewport()
    covered = await page.evaluate(
        """() => [...document.querySelectorAll(".top, .composer")]
            .filter((node) => getComputedStyle(node).position === "sticky")
            .reduce((sum, node) => sum + node.offsetHeight, 0) / innerHeight"""
    )
    assert covered < 0.55  # there is room to read


CHOICES = [
    Choice("Một lựa chọn dài hơn chiều rộng của màn hình điện thoại nhỏ", payload="a"),
    Choice("Ngắn", "b"),
]


async def test_everything_can_be_done_with_the_keyboard(site: Site, page: Page) -> None:
    site.answer = lambda inbound: answering(text("Chọn nhé", choices=[Choice("Chi tiết", payload="detail")]))
    await page.goto(site.url)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name=texts.SKIP)).to_be_focused()
    await expect(page.get_by_role("link", name=texts.SKIP)).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_be_focused()
    await page.keyboard.type("Câu hỏi")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name=texts.SEND)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(replies(page)).to_have_count(1)
    choice = page.get_by_role("button", name="Chi tiết")
    await expect(
        composer(page)
    ).to_be_focused()  # sending brings the reader back to where the next question goes
    await page.keyboard.press("Shift+Tab")
    await expect(choice).to_be_focused()
    assert await choice.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    await page.keyboard.press("Space")
    await expect(replies(page)).to_have_count(2)
    assert site.answered[-1].payload == "detail"
    await page.get_by_role("button", name=texts.ERASE).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name=texts.ERASE_NO)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.get_by_role("button", name=texts.ERASE)).to_be_focused()


async def test_a_screen_reader_is_told_who_speaks_and_what_things_are(site: Site, page: Page) -> None:
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    assert await page.locator("html").get_attribute("lang") == "vi"
    await expect(page.get_by_role("heading", level=1)).to_have_text(ORGANISATION)
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("banner")).to_have_count(1)
    await expect(log(page)).to_have_attribute("aria-live", "polite")
    assert await log(page).get_attribute("aria-busy") is None
    await expect(questions(page).first).to_contain_text(texts.SCRIPT["you"])
    await expect(replies(page).first).to_contain_text(texts.SCRIPT["bot"])


async def test_every_control_has_a_name_and_room_for_a_finger(site: Site, page: Page) -> None:
    site.answer = realistic
    await page.goto(site.url)
    await ask(page, "Nghị quyết 57")
    await expect(replies(page)).to_have_count(1)
    controls = page.locator("button:visible, textarea:visible, a.choice:visible")
    assert await controls.count() >= 8
    for control in await controls.all():
        name = await control.evaluate(
            "node => node.ariaLabel || node.labels?.[0]?.textContent.trim() || node.textContent.trim()"
        )
        box = await control.bounding_box()
        assert name
        assert box is not None
        assert round(min(box["width"], box["height"]), 1) >= 44, name  # layout counts in 64ths of a pixel


CONTRAST = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = rgba(getComputedStyle(at).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255];
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        const hidden = node.closest("script, noscript, .unseen, dialog:not([open])");
        if (hidden || !walker.currentNode.textContent.trim()) continue;
        const [a, b] = [light(rgba(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
        found.push([(a + 0.05) / (b + 0.05), node.className, walker.currentNode.textContent.trim()]);
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_from_its_background(site: Site, page: Page, scheme: str) -> None:
    site.answer = realistic
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await page.goto(site.url)
    await ask(page, "Nghị quyết 57")
    await expect(replies(page)).to_have_count(1)
    await page.route("**/chat/messages", lambda route: route.abort())
    await ask(page, "không gửi được")
    await expect(page.get_by_text(texts.SCRIPT["unsent"])).to_be_visible()
    await page.get_by_role("button", name=texts.ERASE).click()
    measured = await page.evaluate(CONTRAST)
    assert len(measured) > 20
    assert [one for one in measured if one[0] < 4.5] == []


async def test_nothing_moves_for_those_who_asked_for_rest(site: Site, page: Page) -> None:
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(site.url)
    await ask_and_wait(page, "một")
    assert await page.evaluate("document.getAnimations().length") == 0


async def test_the_first_load_is_small(site: Site, page: Page) -> None:
    sizes: dict[str, int] = {}

    async def weigh(response: object) -> None:
        body = await response.body()  # type: ignore[attr-defined]
        sizes[response.url] = len(body)  # type: ignore[attr-defined]

    page.on("response", weigh)
    await page.goto(site.url, wait_until="networkidle")
    assert len(sizes) >= 7
    assert sum(sizes.values()) <= 60_000


async def test_a_link_may_bring_a_question_that_the_visitor_sends(page: Page, site: Site) -> None:
    question = "Nghị quyết 57-NQ/TW đặt mục tiêu gì & đến năm nào?"
    await page.goto(f"{site.url}#q={quote(question)}")
    await expect(composer(page)).to_have_value(question)
    await expect(composer(page)).to_be_focused()
    assert page.url == site.url  # a reload begins afresh
    await expect(questions(page)).to_have_count(0)
    await composer(page).press("Enter")
    await expect(replies(page).last).to_contain_text(f"Đã nhận: {question}")


async def test_a_picture_is_shown_with_its_words_and_one_that_is_gone_says_what_it_showed(
    site: Site, page: Page
) -> None:
    icon = Assets().address("icon.svg").removeprefix("/")
    card = Picture(
        "icon.svg", "image/svg+xml", icon, "Nghị quyết 57", "Thẻ nghị quyết 57", tuple(CHOICES[1:])
    )
    gone = Picture("a.png", "image/png", "d/gone/card.png", alt="Thẻ đã cũ")
    site.answer = lambda inbound: [card, gone]
    await page.goto(site.url)
    await ask(page, "xem thẻ")
    shown = page.get_by_role("img", name="Thẻ nghị quyết 57")
    await expect(shown).to_be_visible()
    await expect(replies(page).first).to_contain_text("Nghị quyết 57")
    await expect(page.get_by_role("button", name="Ngắn")).to_be_visible()
    assert await shown.evaluate("image => image.naturalWidth > 0 && image.offsetWidth <= innerWidth")
    await expect(page.get_by_role("img", name="Thẻ đã cũ")).to_be_visible()
