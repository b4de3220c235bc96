"""The booklet's page in a real browser: it fits a phone, its contents lead to the questions, it prints on its sheet."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.async_api import Page, expect

from bot.clock import SystemClock
from bot.files.printing import Chapter, Paragraph, Publication, Question
from knowledge.booklet_pages import Imprint
from scheduler import notices
from tests.scheduler.issues import many
from web.publications import written

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "<img src=x> Nghị quyết 57-NQ/TW & “mục tiêu” là gì?"
ANSWER = (Paragraph("Câu trả lời ngắn. " * 12), Paragraph("Theo Cổng.", "source"))
HALVES = (range(1, 5), range(5, 10))
CHAPTERS = tuple(
    Chapter("I", f"CHỦ ĐỀ {half.start}", (), tuple(Question(at, QUESTION, ANSWER) for at in half))
    for half in HALVES
)
BOOKLET = Publication("Ban Tuyên giáo", "HỎI – ĐÁP", ("A" * 300,), "Ngày 22/11/2026", CHAPTERS)


async def test_on_a_phone_and_on_paper(page: Page) -> None:
    await page.set_content(written(BOOKLET, "A5", "html", SystemClock()).decode())
    await expect(page.get_by_role("heading", name="HỎI – ĐÁP")).to_be_visible()
    await expect(page.get_by_text("khổ A5")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await page.get_by_role("link", name="Câu 6.").click()
    await expect(page.get_by_role("heading", name=f"Câu 6. {QUESTION}")).to_be_in_viewport()
    printed = await page.pdf(prefer_css_page_size=True)
    width, height = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)[0]
    assert (round(float(width)), round(float(height))) == (420, 595)  # A5
    assert len(re.findall(rb"/Type /Page\b", printed)) >= 4  # title page, contents, questions


async def test_a_notice_is_one_sheet_with_a_code_that_can_be_seen(page: Page) -> None:
    link = "https://hoidap.example.vn/d/abcd2345?u=3fa9c1"
    notice = notices.compose(
        many(30), Imprint("Ban Tuyên giáo và Dân vận", "Bình Minh", date(2026, 11, 23)), link
    )
    await page.set_content(written(notice, "A4", "html", SystemClock()).decode())
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    box = await page.locator("figure svg").bounding_box()
    assert box
    assert box["width"] == box["height"] > 100
    await expect(page.get_by_text(link)).to_be_visible()
    printed = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1
