"""What identifies a person never reaches anything lasting; what people ask about stays readable."""

from __future__ import annotations

import time

import pytest

from bot.masking import CARD, CITIZEN_ID, EMAIL, NUMBER, PHONE, mask

MASKED = [
    ("0912345678", PHONE),
    ("0912 345 678", PHONE),
    ("0912.345.678", PHONE),
    ("0912-345-678", PHONE),
    ("0912–345–678", PHONE),
    ("0912 - 345 - 678", PHONE),
    ("0912  345  678", PHONE),
    ("0912_345_678", PHONE),
    ("09 12 34 56 78", PHONE),
    ("0912\u00a0345\u00a0678", PHONE),
    ("0912\u200b345\u200b678", PHONE),
    ("+84912345678", PHONE),
    ("+84 912 345 678", PHONE),
    ("(+84) 912 345 678", PHONE),
    ("+84-912-345-678", PHONE),
    ("84912345678", PHONE),
    ("84.912.345.678", PHONE),
    ("0084912345678", PHONE),
    ("(024) 3825 1234", PHONE),
    ("024 3825 1234", PHONE),
    ("02438251234", PHONE),
    ("038099001234", CITIZEN_ID),
    ("038 099 001 234", CITIZEN_ID),
    ("038.099.001.234", CITIZEN_ID),
    ("012345678", NUMBER),
    ("273456789", NUMBER),
    ("4111 1111 1111 1111", CARD),
    ("4111-1111-1111-1111", CARD),
    ("4111111111111111", CARD),
    ("19034567890123", NUMBER),
    ("123456789012345678901234567890", NUMBER),
    ("0912345678 0987654321", f"{PHONE} {PHONE}"),
    ("lan.nguyen+1@gmail.com", EMAIL),
    ("lan_nguyen@mail.xabinhminh.gov.vn", EMAIL),
]

AROUND = [
    "{}",
    "gọi {} nhé",
    "sđt:{}",
    "sdt{}nhe",
    "({})",
    "{}/{}",
    "{}, {}",
    "{};{}.",
    "ngày 22/12/2024 {}",
    "ngày 22.12.2024 {} ạ",
    "57-NQ/TW {}",
    "có 15.000.000 đồng, {}!",
    "{}\n{}",
]

KEPT = [
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
    "18-NQ/TW ngày 25.10.2017 và 18-NQ/TW ngày 16.06.2022",
    "từ 25.10.2017-16.06.2022",
    "lúc 10:30 22.12.2024",
    "22-12-2024, 2024-12-22",
    "nghị quyết 57 59 66 68 70 71 72 79 80",
    "nghị quyết 57 2024 68 2025",
    "giai đoạn 2021-2025, 2026 – 2030",
    "các năm 1945 1954 1975 2025",
    "Quyết định 1234567/QĐ-UBND",
    "1234/2025/QĐ-UBND, 71/2025/QH15",
    "84.500.000.000 đồng",
    "8.400.000.000 đồng",
    "8.450.123.456 đồng",
    "100.000.000.000.000",
    "3.567.890.123,45",
    "1000000000 đồng",
    "1000000000đ",
    "1 000 000 000 đồng",
    "2500000000 VNĐ",
    "12.345.678 người, 99,5%",
    "tổng đài 1900 1234, 18001091, 113",
    "Điều 3, khoản 2, điểm a",
    "",
]


@pytest.mark.parametrize(("written", "kind"), MASKED)
@pytest.mark.parametrize("around", AROUND)
def test_what_identifies_a_person_is_replaced_by_its_kind(written: str, kind: str, around: str) -> None:
    wanted = around.replace("{}", kind)
    if around == "sdt{}nhe" and kind == EMAIL:
        wanted = EMAIL  # what is glued to an address is part of it
    assert mask(around.replace("{}", written)) == wanted


@pytest.mark.parametrize("text", KEPT)
def test_what_people_ask_about_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", [f"số {written} của tôi" for written, _ in MASKED])
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def test_a_number_before_a_comrade_is_no_sum_of_money() -> None:
    assert mask("912345678 đồng chí Lan") == f"{NUMBER} đồng chí Lan"
    assert mask("912345678 đ/c Lan") == f"{NUMBER} đ/c Lan"


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "1.", "a", "a.", "@", "19 ", "0912345678 ", "1.000", "+(", "22.12.2024 "]
)
def test_the_longest_message_takes_a_moment(unit: str) -> None:
    began = time.process_time()
    mask((unit * 10_000)[:10_000])
    assert time.process_time() - began < 0.5
