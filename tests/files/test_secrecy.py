import unicodedata

import pytest

from bot.errors import InputError
from bot.files import secrecy


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("Mật", "MẬT"),
        (" mật. ", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("(MẬT)", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("Tối  mật", "TỐI MẬT"),
        ("TUYỆT\nMẬT", "TUYỆT MẬT"),
        ("LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"),
        ("Tài liệu lưu hành nội bộ", "LƯU HÀNH NỘI BỘ"),
        ("Độ mật: MẬT", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Mức độ mật - TUYỆT MẬT", "TUYỆT MẬT"),
        ("TUYET MAT", "TUYỆT MẬT"),
        ("luu hanh noi bo", "LƯU HÀNH NỘI BỘ"),
        ("TOI MAT", "TỐI MẬT"),
        ("DO MAT: MAT", "MẬT"),
        ("MËT", "MẬT"),
        ("TUYÖT MËT", "TUYỆT MẬT"),
        ("MAÄT", "MẬT"),
        ("TOÁI MAÄT", "TỐI MẬT"),
    ],
)
def test_marks(text: str, mark: str) -> None:
    assert secrecy.mark_in(text) == mark
    assert secrecy.mark_in(unicodedata.normalize("NFD", text)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bảo mật",
        "mật ong",
        "Mật ong rừng",
        "bí mật nhà nước",
        "Độ mật",
        "MAT",
        "mat",
        "toi mat",
        "mặt",
        "mất",
        "Tối mắt",
        "Tài liệu nào là tài liệu mật?",
        "Văn bản tối mật gồm những gì",
        "Lưu hành nội bộ nghĩa là gì?",
        "Có ba độ mật: tuyệt mật, tối mật và mật",
        "nội bộ",
        "cán bộ",
    ],
)
def test_running_text_passes(text: str) -> None:
    assert secrecy.mark_in(text) is None


def test_the_refusal_names_the_place_and_the_reason() -> None:
    secrecy.check("bảo mật", "ô A1")
    with pytest.raises(InputError, match=r"ô C7.*“TỐI MẬT”"):
        secrecy.check("Tối mật", "ô C7")
