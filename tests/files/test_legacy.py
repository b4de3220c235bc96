import unicodedata

import pytest

from bot.files import legacy
from bot.files.syllables import is_syllable
from tests.files.old_text import SENTENCES, in_tcvn3, in_vni


@pytest.mark.parametrize(
    ("written", "encoding", "meant"),
    [
        ("ViÖt Nam", "TCVN3", "Việt Nam"),
        ("NghÞ quyÕt", "TCVN3", "Nghị quyết"),
        ("§¶ng Céng s¶n ViÖt Nam", "TCVN3", "Đảng Cộng sản Việt Nam"),
        ("ng\xad\xeai d©n", "TCVN3", "người dân"),
        ("NGHÞ QUYÕT", "TCVN3", "NGHỊ QUYẾT"),
        ("H§ND tØnh", "TCVN3", "HĐND tỉnh"),
        ("296-QÑ/TW", "VNI", "296-QĐ/TW"),
        ("Vieät Nam", "VNI", "Việt Nam"),
        ("Nghò quyeát", "VNI", "Nghị quyết"),
        ("Ñaûng Coäng saûn Vieät Nam", "VNI", "Đảng Cộng sản Việt Nam"),
        ("ngöôøi daân", "VNI", "người dân"),
        ("NGHÒ QUYEÁT TRUNG ÖÔNG", "VNI", "NGHỊ QUYẾT TRUNG ƯƠNG"),
    ],
)
def test_known_samples(written: str, encoding: legacy.Encoding, meant: str) -> None:
    assert legacy.verdict(written).encoding == encoding
    assert legacy.converted(written, encoding) == meant


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_comes_back(sentence: str) -> None:
    old = in_tcvn3(sentence)
    assert legacy.verdict(old).encoding == "TCVN3"
    assert legacy.converted(old, "TCVN3") == sentence
    old = in_vni(sentence)
    assert legacy.verdict(old).encoding == "VNI"
    assert legacy.converted(old, "VNI") == sentence


@pytest.mark.parametrize("table", [set(legacy.TCVN3.values()), set(legacy.VNI.values())])
def test_tables_have_every_letter(table: set[str]) -> None:
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {
        "đ"
    }
    assert {letter for letter in letters if not letter.isascii()} <= table


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        "là có và không gì cả",
        "hoà bình, khoá học, uý lạo",
        "café, résumé, São Paulo, Müller",
        "«Không» có gì",
        "© 2026, Samsung® 5 m², 20°C ± 2",
        "Nghi quyet 57",
        "57-NQ/TW",
        "",
    ],
)
def test_normal_text_is_left_alone(text: str) -> None:
    assert legacy.verdict(text).encoding is None
    assert legacy.verdict(unicodedata.normalize("NFD", text)).encoding is None


def test_a_few_odd_words_convert_nothing() -> None:
    assert legacy.encoding_of(["5 µm", "10 µg", "Trả lời có dấu"]) is None
    assert legacy.encoding_of(["C©u hái", "Tr¶ lêi"]) == "TCVN3"


@pytest.mark.parametrize(
    "word", ["nghị", "QUYẾT", "gì", "giết", "quốc", "khuỷu", "nghiêng", "hoà", "hòa", "Ý", "yêu", "ngoằn"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quyềt", "bàc", "résumé", "NghÞ", "ViÖt", "öôù", "ká̀", "", "ng"])
def test_not_syllables(word: str) -> None:
    assert not is_syllable(word)
