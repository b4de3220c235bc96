"""The text that is passed on, and the script for the loudspeaker."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.channels.base import Limits
from bot.model import Text
from scheduler import loudspeaker
from scheduler.forwarding import LONGEST, kit_text, link_to, told_by
from scheduler.rendering import Medium, render
from scheduler.spoken_numbers import cardinal
from tests.scheduler.issues import NQ57, NQ68, digest, many
from web.digest_pages import card_lines

OFFICE = "Ban Tuyên giáo và Dân vận"
DAY = date(2026, 11, 23)
LINK = "https://hoidap.example.vn/d/abcd2345?u=3fa9c1"


def units(text: str) -> int:
    """As Zalo and Telegram count."""
    return len(text.encode("utf-16-le")) // 2


def test_a_text_to_pass_on_says_nothing_of_a_bot() -> None:
    assert kit_text(digest(), OFFICE, DAY, LINK) == (
        "Văn bản mới đến ngày 23/11/2026\n"
        "Ban Tuyên giáo và Dân vận, 23/11/2026\n\n"
        "1. Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n"
        "Về: Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia\n"
        "Kinh tế số đạt tối thiểu 30% GDP vào năm 2030. UBND các cấp thực hiện.\n"
        "Nguồn: https://tulieu.example.vn/57\n\n"
        "2. Nghị quyết số 68-NQ/TW ngày 04/05/2025 của Bộ Chính trị\n"
        "Về: Phát triển kinh tế tư nhân\n"
        "Đặt mục tiêu 2 triệu doanh nghiệp vào năm 2030.\n\n"
        "Xem đầy đủ tại: https://hoidap.example.vn/d/abcd2345?u=3fa9c1"
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Về việc phát triển kinh tế tư nhân", "Về: Phát triển kinh tế tư nhân\n"),
        ("về phát triển kinh tế tư nhân", "Về: Phát triển kinh tế tư nhân\n"),
        ("Về đích nông thôn mới", "Về: Về đích nông thôn mới\n"),
    ],
)
def test_about_is_said_once(title: str, said: str) -> None:
    one = digest(replace(NQ68, title=title))
    assert said in kit_text(one, OFFICE, DAY)
    assert said.strip().replace("Về", "về", 1) in loudspeaker.script(one, OFFICE).text


def test_urgent_news_is_told_by_what_it_is_about() -> None:
    news = digest(replace(NQ57, title="Về việc phòng, chống bão số 13"), urgent=True, title="TIN KHẨN")
    assert told_by(news) == "TIN KHẨN: Phòng, chống bão số 13"
    assert told_by(replace(news, title="Mưa lũ")) == "TIN KHẨN: Mưa lũ"
    assert told_by(replace(news, items=(replace(NQ57, title="Nghị quyết số 57-NQ/TW"),))) == "TIN KHẨN"
    assert told_by(digest(NQ57, NQ68)) == "Văn bản mới đến ngày 23/11/2026"
    long = told_by(replace(news, items=(replace(NQ57, number=None, title="phòng chống bão " * 30),)))
    assert long.startswith("TIN KHẨN: phòng chống bão")
    assert units(long) <= 100


@pytest.mark.parametrize(
    "title", ["Nghị quyết số 68-NQ/TW ngày 04/05/2025", "nghị quyết 68-NQ/TW của Bộ Chính trị"]
)
def test_a_title_that_is_only_the_name_is_said_once(title: str) -> None:
    one = digest(replace(NQ68, title=title))
    (shown,) = render(one, Medium(Limits(4096, "utf-16", buttons=9)))
    assert isinstance(shown, Text)
    for text in (kit_text(one, OFFICE, DAY), shown.plain):
        assert text.count("68-NQ/TW") == 1
        assert "2 triệu doanh nghiệp" in text
    assert card_lines(one)[1] == NQ68.sentences
    read = loudspeaker.script(one, OFFICE).text
    assert read.count("sáu mươi tám") == 1
    other = replace(one.items[0], number="69-NQ/TW")  # the name of another one says something
    assert f"Về: {title[:1].upper()}{title[1:]}" in kit_text(digest(other), OFFICE, DAY)


def test_without_an_address_of_our_own_there_is_no_link() -> None:
    assert link_to(None, digest(), "3fa9c1") is None
    assert link_to("https://a.vn", digest(), None) == "https://a.vn/d/abcd2345"
    assert "Xem đầy đủ" not in kit_text(digest(), OFFICE, DAY)


def test_urgent_news_is_marked_once() -> None:
    assert kit_text(digest(NQ57, urgent=True, title="TIN KHẨN"), OFFICE, DAY).startswith("TIN KHẨN\n")
    said = kit_text(digest(NQ57, urgent=True, title="Mưa lũ"), OFFICE, DAY)
    assert said.startswith("TIN KHẨN: Mưa lũ\n")


@pytest.mark.parametrize("count", [8, 30, 200])
def test_too_much_is_cut_by_whole_documents_and_counted(count: int) -> None:
    said = kit_text(many(count), OFFICE, DAY, LINK)
    assert LONGEST * 0.8 < units(said) <= LONGEST
    shown = len(re.findall(r"^\d+\. Nghị quyết", said, re.MULTILINE))
    assert said.count("thực hiện.\nNguồn: https://tulieu.example.vn/57") == shown
    assert f"\n\n… và {count - shown} văn bản khác\n\nXem đầy đủ tại: {LINK}" in said


@pytest.mark.parametrize("word", ["dài ", "📣", "<b>Luật</b> & \u200d", "x"])
def test_whatever_a_title_is_the_first_document_fits(word: str) -> None:
    whole = replace(
        NQ57,
        number=None,
        title=(word * 2_000)[:2_000],
        sentences=word * 1_000,
        issuer=word * 200,
        address="https://a.vn/" + "x" * 900,
    )
    said = kit_text(digest(whole, replace(whole, number="1-NQ/TW"), title=word * 500), word * 500, DAY, LINK)
    assert units(said) <= LONGEST
    assert said.endswith(LINK)
    assert "\n1. " in said
    assert "https://a.vn/" not in said  # half an address leads nowhere


# The loudspeaker


def test_the_script_greets_reads_and_ends() -> None:
    script = loudspeaker.script(digest(), "Ban TG&DV phường 3")
    assert script.text == (
        "Kính thưa toàn thể nhân dân!\n\n"
        "Sau đây là một số nghị quyết, chủ trương mới, do Ban Tuyên giáo và Dân vận phường ba giới thiệu.\n\n"
        "Tin thứ nhất. Nghị quyết số năm mươi bảy ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi bốn "
        "của Bộ Chính trị, về: Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia. Kinh tế "
        "số đạt tối thiểu ba mươi phần trăm GDP vào năm hai nghìn không trăm ba mươi. Ủy ban nhân dân các cấp thực hiện.\n\n"
        "Tin thứ hai. Nghị quyết số sáu mươi tám ngày mùng bốn tháng năm năm hai nghìn không trăm hai mươi lăm của Bộ "
        "Chính trị, về: Phát triển kinh tế tư nhân. Đặt mục tiêu hai triệu doanh nghiệp vào năm hai nghìn không trăm ba "
        "mươi.\n\n"
        "Bản tin đến đây là hết. Ai muốn hỏi thêm, mời hỏi cán bộ tuyên truyền nơi mình ở. Xin trân trọng cảm ơn và kính "
        "chào toàn thể nhân dân!"
    )
    assert 60 < script.seconds < 120
    assert script.unread == ()


def test_one_document_is_not_numbered_and_one_without_a_number_goes_by_its_title() -> None:
    said = loudspeaker.script(digest(replace(NQ68, number=None, issuer="", sentences="")), OFFICE).text
    assert "thông tin về một văn bản mới" in said
    assert (
        "\n\nPhát triển kinh tế tư nhân ngày mùng bốn tháng năm năm hai nghìn không trăm hai mươi lăm.\n\n"
        in said
    )
    assert "Tin thứ" not in said


def test_urgent_news_says_so() -> None:
    assert "Sau đây là tin khẩn" in loudspeaker.script(digest(NQ57, urgent=True), OFFICE).text


def test_nobody_listens_longer_than_five_minutes() -> None:
    script = loudspeaker.script(many(200), OFFICE)
    shown = script.text.count("Tin thứ")
    assert loudspeaker.LONGEST * 0.8 < script.seconds <= loudspeaker.LONGEST
    assert f"Ngoài ra còn {cardinal(200 - shown)} văn bản khác" in script.text
    assert 5 <= shown < 20
    assert not any(map(str.isdigit, script.text))


def test_what_the_reader_has_to_find_out_is_named() -> None:
    assert loudspeaker.script(digest(replace(NQ57, sentences="Theo BTC và XKZ.")), OFFICE).unread == (
        "BTC",
        "XKZ",
    )


@pytest.mark.parametrize(
    ("seconds", "said"), [(3, "10 giây"), (58, "1 phút"), (75, "1 phút 20 giây"), (200, "3 phút 20 giây")]
)
def test_how_long_it_takes(seconds: int, said: str) -> None:
    assert loudspeaker.length(seconds) == said
