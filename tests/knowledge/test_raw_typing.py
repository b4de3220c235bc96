import pytest

from knowledge.answering import find
from knowledge.raw_typing import decoded
from tests.knowledge import small_base

_KNOWN = frozenset(("test", "website"))


def _is_known(word: str) -> bool:
    return word in _KNOWN


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
    ],
)
def test_raw_keys_are_read(typed: str, meant: str) -> None:
    assert decoded(typed, _is_known) == meant


@pytest.mark.parametrize(
    "text",
    [
        "nghi quyet 57", "nq57 noi gi", "test website online", "visa card tax box", "this is a test",
        "hang a1 b2 c", "covid19 lop1", "vneid muc 2 lam sao", "e muon hoi j", "cho mk hoi dc ko",
        "57-NQ/TW", "ct07 o dau", "", "wifi free", "download file form", "đăng kys khai sinh",
        "weekend meeting room", "facebook zalo google", "book class pass",
    ],
)  # fmt: skip
def test_other_text_stays(text: str) -> None:
    assert decoded(text, _is_known) == text


def test_words_of_the_knowledge_base_stay_beside_raw_keys() -> None:
    assert decoded("test nghij quyeets", _is_known) == "test nghị quyết"


@pytest.mark.parametrize("typed", ["mucws ddongs ddangr phis", "mu7c1 d9o1ng d9a3ng phi1"])
def test_raw_typing_finds_the_entry(typed: str) -> None:
    ranked = find(typed, small_base.index()).ranked
    assert ranked[0].id == "dang-phi"


def test_a_long_text_costs_little_and_stays() -> None:
    text = "nghij quyeets " * 1_000
    assert decoded(text, _is_known) == text
