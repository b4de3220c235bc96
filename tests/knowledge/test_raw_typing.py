import pytest

from knowledge.answering import find
from knowledge.normalise import words
from knowledge.raw_typing import decoded
from knowledge.short_forms import shipped_forms
from tests.knowledge import small_base

_KNOWN = shipped_forms().words | {"test", "website", "quyet"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nghij quyeets 57", "nghị quyết 57"),
        ("nghi5 quye6t1 57", "nghị quyết 57"),
        ("Tooi muoons ddawng kys khai sinh", "tôi muốn đăng ký khai sinh"),
        ("to6i muo6n1 d9a8ng ky1 khai sinh", "tôi muốn đăng ký khai sinh"),
        ("dduwowcj khoong", "được không"),
        ("d9u7o7c5 kho6ng", "được không"),
        ("thur tucj", "thủ tục"),
        ("quyeetj ddinhj 12", "quyệt định 12"),
        ("NGHIJ QUYEETS 57", "nghị quyết 57"),
        ("Nghi5 Quye6t1 57", "nghị quyết 57"),
        ("nghij quye6t1 57", "nghị quyết 57"),  # both schemes
        ("nghi5 quyet 57", "nghị quyet 57"),  # marks left out
        ("quyets ddinhj", "quyet định"),
        # keys of marks anywhere in the syllable, tones in the middle, one taken back
        ("quyetes quye61t quyeest", "quyết quyết quyết"),
        ("dawngd kys dangdw kys d9a8ng ky1", "đăng ký đăng ký đăng ký"),
        ("toi6 muon61 hoi3 ve62 chuyen63 doi963 so61", "tôi muốn hỏi về chuyển đổi số"),
        ("tooi muoons hoir veef chuyeenr ddooir soos", "tôi muốn hỏi về chuyển đổi số"),
        ("thur tujc hafnh chisnh", "thủ tục hành chính"),
        ("thu3 tuc5 hanh2 chinh1", "thủ tục hành chính"),
        ("giasoz vieen", "giao viên"),
        # "ươ" with one mark, "ưu", "w" alone
        ("dduwocj d9uoc75 nuwowcs nwowcs", "được được nước nước"),
        ("wu ddaix uu7 d9ai4", "ưu đãi ưu đãi"),
        ("taawng luwowng", "tăng lương"),
        # tones alone
        ("hojc phis", "học phí"),
        ("hoc5 phi1", "học phí"),
        ("tre3 em", "trẻ em"),
        ("xin chaof", "xin chào"),
        ("hoaf binhf", "hòa bình"),
        ("uyr ban nhaan daan xax", "ủy ban nhân dân xã"),
        # a word among words with accents
        ("nghị quyeets 57", "nghị quyết 57"),
        ("giáo viên dduwowcj tawng luwowng", "giáo viên được tăng lương"),
    ],
)
def test_raw_keys_are_read(typed: str, meant: str) -> None:
    read, wanted = words(decoded(typed, _KNOWN)), words(meant)
    assert (read.folded, read.marked) == (wanted.folded, wanted.marked)


@pytest.mark.parametrize(
    "text",
    [
        "nghi quyet 57", "nq57 noi gi", "test website online", "visa card tax box", "this is a test",
        "hang a1 b2 c", "covid19 lop1", "vneid muc 2 lam sao", "e muon hoi j", "cho mk hoi dc ko",
        "57-NQ/TW", "ct07 o dau", "", "wifi free", "download file form", "đăng kys khai sinh",
        "weekend meeting room", "facebook zalo google", "book class pass",
        "reset pass vneid", "max diem thi", "car free day", "sex", "teen hoc gi", "zoom class online", "post bai fanpage",
        "lop1 lop2 hoc gi", "muc3 dieu2", "quy1 2026", "thang5 nam2026", "tang30 ngay", "khu vuc3 doi tuong2", "xang ron95",
        "a1b2c3", "h2o co2", "lop 9a1", "abc1@gmail.com", "word excel power", "bus so1", "sau30 phut",
    ],
)  # fmt: skip
def test_other_text_stays(text: str) -> None:
    assert decoded(text, _KNOWN) == text


def test_words_of_the_knowledge_base_stay_beside_raw_keys() -> None:
    assert decoded("test nghij quyeets", _KNOWN) == "test nghị quyết"


@pytest.mark.parametrize("typed", ["mucws ddongs ddangr phis", "mu7c1 d9o1ng d9a3ng phi1"])
def test_raw_typing_finds_the_entry(typed: str) -> None:
    ranked = find(typed, small_base.index()).ranked
    assert ranked[0].id == "dang-phi"


def test_a_long_text_costs_little_and_stays() -> None:
    text = "nghij quyeets " * 1_000
    assert decoded(text, _KNOWN) == text
