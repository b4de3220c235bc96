import time
import unicodedata

import pytest

from knowledge.normalise import LONGEST, clean, fold, words
from knowledge.short_forms import ShortForm, ShortForms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thủ tục  ĐĂNG KÝ!!", "thu tuc dang ki"),
        (unicodedata.normalize("NFD", "Nghị quyết của Đảng"), "nghi quyet cua dang"),
        ("Nghị\u200b quy\u200dết \u202e57\u202c", "nghi quyet 57"),
        ("hoá học thuỷ lợi mĩ thuật", "hoa hoc thuy loi mi thuat"),
        ("BHYT ntn vậy ad", "bao hiem y te nhu the nao vay ad"),
        ("đk dc ko", "dang ki duoc khong"),
        ("e muốn hỏi bằng lái hạng a", "em muon hoi bang lai hang a"),
        ("đh 14", "dai hoi 14"),
        ("đh sư phạm", "dai hoc su pham"),
        ("dh 14", "dai hoi 14"),
        ("😀🎉", ""),
        ("", ""),
        ("<b>57</b>'; DROP TABLE x;--", "b 57 b drop table x"),
        ("số ٥٧", "so 57"),
        ("007", "7"),
    ],
)
def test_words(text: str, folded: str) -> None:
    assert str(words(text)) == folded


def test_two_spellings_of_one_word_are_marked_alike() -> None:
    assert words("hoá").marked == words("hóa").marked
    assert words("kỹ").marked == words("kĩ").marked
    assert words("đường").marked != words("dương").marked


def test_a_bare_syllable_is_unknown_only_where_no_accents_were_typed() -> None:
    assert words("thu tuc").marked == ("", "")
    assert words("thủ tục khai báo").marked[2] == "khai"


def test_synonyms_of_the_department_come_first() -> None:
    assert (
        str(words("pvv là gì", ShortForms([ShortForm("pvv", "phong trào vì vùng cao")])))
        == "phong trao vi vung cao la gi"
    )


def test_folding_keeps_the_length() -> None:
    text = "Quyết định số 57-QĐ/TW ngày mồng mười 한국어 ñ"
    assert len(fold(text)) == len(text)


def test_a_very_long_text_is_cut_in_bounded_time() -> None:
    started = time.perf_counter()
    assert len(clean("à ơi " * 100_000)) <= LONGEST + 1
    assert len(words("nghị quyết 57 " * 10_000).folded) < LONGEST
    assert time.perf_counter() - started < 1
