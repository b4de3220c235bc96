"""How texts are read out: each line is what stands there, and what the ward's loudspeaker says."""

from __future__ import annotations

import time

import pytest

from scheduler.reading_aloud import ordinal, read, unread
from scheduler.spoken_numbers import cardinal, roman

NUMBERS = {
    0: "không",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    44: "bốn mươi tư",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    555: "năm trăm năm mươi lăm",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1010: "một nghìn không trăm mười",
    1024: "một nghìn không trăm hai mươi tư",
    10_000: "mười nghìn",
    21_000: "hai mươi mốt nghìn",
    100_005: "một trăm nghìn không trăm linh năm",
    1_000_000: "một triệu",
    2_500_000: "hai triệu năm trăm nghìn",
    1_000_005: "một triệu không trăm linh năm",
    1_020_000: "một triệu không trăm hai mươi nghìn",
    12_345_678: "mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám",
    10**9: "một tỷ",
    1_200_000_000_000: "một nghìn hai trăm tỷ",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers(number: int) -> None:
    assert cardinal(number) == NUMBERS[number]


READ = {
    # Documents: kind and body from the number, where the text does not say them
    "57-NQ/TW": "Nghị quyết số năm mươi bảy của Trung ương",
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị": (
        "Nghị quyết số năm mươi bảy ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi bốn của Bộ Chính trị"
    ),
    "thực hiện Nghị quyết 57-NQ/TW tại xã": "thực hiện Nghị quyết số năm mươi bảy của Trung ương tại xã",
    "Chỉ thị số 01-CT/TW, Kết luận 121-KL/TW": (
        "Chỉ thị số không một của Trung ương, Kết luận số một trăm hai mươi mốt của Trung ương"
    ),
    "Nghị quyết số 202/2025/QH15": (
        "Nghị quyết số hai trăm linh hai năm hai nghìn không trăm hai mươi lăm của Quốc hội khóa mười lăm"
    ),
    "Luật Đất đai số 31/2024/QH15": (
        "Luật Đất đai số ba mươi mốt năm hai nghìn không trăm hai mươi bốn của Quốc hội khóa mười lăm"
    ),
    "35/2023/UBTVQH15": (
        "văn bản số ba mươi lăm năm hai nghìn không trăm hai mươi ba của Ủy ban Thường vụ Quốc hội khóa mười lăm"
    ),
    "Nghị định 178/2024/NĐ-CP": (
        "Nghị định số một trăm bảy mươi tám năm hai nghìn không trăm hai mươi bốn của Chính phủ"
    ),
    "Quyết định số 09/2023/QĐ-TTg": (
        "Quyết định số không chín năm hai nghìn không trăm hai mươi ba của Thủ tướng Chính phủ"
    ),
    "616/NQ-HĐND của HĐND tỉnh": "Nghị quyết số sáu trăm mười sáu của Hội đồng nhân dân tỉnh",
    "847-NQ/QUTW": "Nghị quyết số tám trăm bốn mươi bảy của Quân ủy Trung ương",
    "09-KH/ĐU": "Kế hoạch số không chín của Đảng ủy",
    "72/TB-VPCP": "Thông báo số bảy mươi hai của Văn phòng Chính phủ",
    "191-KH/BTGDVTW": "Kế hoạch số một trăm chín mươi mốt của Ban Tuyên giáo và Dân vận Trung ương",
    "12-NQ/TU": "Nghị quyết số mười hai",  # of which province, the number does not say
    "NQ 57, NQ57, CT 01, KL số 121": (
        "Nghị quyết năm mươi bảy, Nghị quyết năm mươi bảy, Chỉ thị không một, Kết luận số một trăm hai mươi mốt"
    ),
    # Places in a text
    "Điều 5 khoản 2": "Điều năm khoản hai",
    "điểm a khoản 1, 2, 3 Điều 10": "điểm a khoản một, hai, ba Điều mười",
    "khoản 1,2 Điều 5.2": "khoản một, hai Điều năm chấm hai",
    # Days
    "22/12/2024": "ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi bốn",
    "ngày 04/05/2025": "ngày mùng bốn tháng năm năm hai nghìn không trăm hai mươi lăm",
    "Ngày 1-7-2025": "Ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi lăm",
    "03.02.1930": "ngày mùng ba tháng hai năm một nghìn chín trăm ba mươi",
    "2024-12-22": "ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi bốn",
    "ngày 2 tháng 9 năm 2026": "ngày mùng hai tháng chín năm hai nghìn không trăm hai mươi sáu",
    "từ 01/7 đến 30/9/2026": (
        "từ ngày mùng một tháng bảy đến ngày ba mươi tháng chín năm hai nghìn không trăm hai mươi sáu"
    ),
    "25–27/11/2026": (
        "ngày hai mươi lăm đến ngày hai mươi bảy tháng mười một năm hai nghìn không trăm hai mươi sáu"
    ),
    "lễ 30/4, 1/5, 2/9, dịp 20/11": (
        "lễ ngày ba mươi tháng tư, ngày mùng một tháng năm, ngày mùng hai tháng chín, dịp ngày hai mươi tháng mười một"
    ),
    "tháng 4/2026, 11/2026": (
        "tháng tư năm hai nghìn không trăm hai mươi sáu, tháng mười một năm hai nghìn không trăm hai mươi sáu"
    ),
    "tháng 4, tháng 5 và 4 tháng": "tháng tư, tháng năm và bốn tháng",
    "quý 4/2026, quý IV": "quý bốn năm hai nghìn không trăm hai mươi sáu, quý bốn",
    "2025–2030": "hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm ba mươi",
    "nhiệm kỳ 2025 - 2030": "nhiệm kỳ hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm ba mươi",
    "năm học 2025-2026": "năm học hai nghìn không trăm hai mươi lăm, hai nghìn không trăm hai mươi sáu",
    "năm 2004": "năm hai nghìn không trăm linh bốn",
    # Times
    "7h30, 19h, 07:30, 8h00": "bảy giờ ba mươi phút, mười chín giờ, bảy giờ ba mươi phút, tám giờ",
    "thứ 2, thứ 4, lần thứ 1": "thứ hai, thứ tư, lần thứ nhất",
    "24/7": "hai mươi tư trên bảy",
    "trực 24/24h": "trực hai mươi tư trên hai mươi tư giờ",
    "ngày 2024-12-22": "ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi bốn",
    # Amounts
    "2.500.000 đồng": "hai triệu năm trăm nghìn đồng",
    "2.500.000đ/tháng": "hai triệu năm trăm nghìn đồng mỗi tháng",
    "2 500 000 VNĐ": "hai triệu năm trăm nghìn đồng",
    "3 triệu đồng/người/năm": "ba triệu đồng mỗi người mỗi năm",
    "1,2 tỷ đồng": "một phẩy hai tỷ đồng",
    "2,5 tỷ USD, 500 triệu m2": "hai phẩy năm tỷ đô-la Mỹ, năm trăm triệu mét vuông",
    "chi cho R&D": "chi cho nghiên cứu và phát triển",
    "10.000 hộ": "mười nghìn hộ",
    "3,5 %": "ba phẩy năm phần trăm",
    "3.5%": "ba phẩy năm phần trăm",
    "3,05%": "ba phẩy không năm phần trăm",
    "3,25%": "ba phẩy hai mươi lăm phần trăm",
    "tăng -2,5%": "tăng âm hai phẩy năm phần trăm",
    "10-12%/năm": "mười đến mười hai phần trăm mỗi năm",
    "≥ 65%": "từ sáu mươi lăm phần trăm",
    "25 m²/người": "hai mươi lăm mét vuông mỗi người",
    "331.000 km²": "ba trăm ba mươi mốt nghìn ki-lô-mét vuông",
    "300 người/km²": "ba trăm người mỗi ki-lô-mét vuông",
    "5,5 tấn/ha": "năm phẩy năm tấn mỗi héc-ta",
    "60 km/h, 37°C, 20 m, 5kg": "sáu mươi ki-lô-mét mỗi giờ, ba mươi bảy độ C, hai mươi mét, năm ki-lô-gam",
    "2/3 số hộ": "hai phần ba số hộ",
    "1/4 diện tích": "một phần tư diện tích",
    "45/50 đại biểu": "bốn mươi lăm trên năm mươi đại biểu",
    "½": "một phần hai",
    "công nghiệp 4.0": "công nghiệp bốn chấm không",
    # Roman figures
    "Đại hội XIV": "Đại hội mười bốn",
    "lần thứ XX, lần thứ IV, lần thứ I": "lần thứ hai mươi, lần thứ tư, lần thứ nhất",
    "Chương I, Mục II, Phần V": "Chương một, Mục hai, Phần năm",
    "khóa XIII, thế kỷ XXI": "khóa mười ba, thế kỷ hai mươi mốt",
    "ĐẠI HỘI XIV, HÀNH VI": "ĐẠI HỘI mười bốn, HÀNH VI",
    "Trung ương 4 khóa XII": "Trung ương bốn khóa mười hai",
    "vitamin C, điểm I": "vitamin C, điểm I",
    # Short forms
    "UBND và HĐND": "Ủy ban nhân dân và Hội đồng nhân dân",
    "BHYT, GD&ĐT, KT-XH": "bảo hiểm y tế, giáo dục và đào tạo, kinh tế - xã hội",
    "TP. Thanh Hóa, TP.HCM": "Thành phố Thanh Hóa, Thành phố Hồ Chí Minh",
    "Covid-19, 5G": "Cô-vít mười chín, năm G",
    "xã/phường": "xã, phường",
    # Telephones
    "gọi 113, tổng đài 1022": "gọi một một ba, tổng đài một không hai hai",
    "0237 3852 468": "không hai ba bảy ba tám năm hai bốn sáu tám",
    "1900 1234": "một chín không không một hai ba bốn",
    # What is not for the ear
    "Xem tại https://vidu.vn/a?b=1 nhé 📌": "Xem tại nhé",
    "<b>Luật</b>  mới": "Luật mới",
    "": "",
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_texts(text: str) -> None:
    assert read(text) == READ[text]


def test_who_issued_a_document_goes_before_what_its_number_says() -> None:
    issuers = {"57-NQ/TW": "Bộ Chính trị"}
    assert read("theo Nghị quyết 57-NQ/TW", issuers) == "theo Nghị quyết số năm mươi bảy của Bộ Chính trị"


def test_what_nobody_told_us_how_to_say_is_left_and_named() -> None:
    said = read("BTC và XYZK cùng UBND, GDP, ĐH của ĐH")
    assert said == "BTC và XYZK cùng Ủy ban nhân dân, GDP, ĐH của ĐH"
    assert unread(said) == ("BTC", "XYZK", "ĐH")
    assert unread("KẾ HOẠCH CỦA BTC") == ()


def test_nothing_is_read_that_is_no_number() -> None:
    assert [roman(each) for each in ("XIV", "IX", "IIII", "VX", "", "ABC")] == [14, 9, 0, 0, 0, 0]
    assert [ordinal(each) for each in (1, 2, 4, 24)] == ["nhất", "hai", "tư", "hai mươi tư"]


@pytest.mark.parametrize(
    "text",
    ["9" * 5_000, "1/" * 2_000, "1." * 2_000, "22/12/2024 " * 500, "A-" * 2_000, "I" * 3_000, "57-NQ/TW" * 400, "<" * 3_000,
     "0 " * 2_000, "31/02/2026", "2 500 " * 800],
    ids=lambda text: str(text)[:8],
)  # fmt: skip
def test_no_text_takes_long_or_keeps_a_figure(text: str) -> None:
    began = time.perf_counter()
    said = read(text)
    assert time.perf_counter() - began < 2
    assert not any(map(str.isdigit, said))
