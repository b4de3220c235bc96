import codecs
import unicodedata

import pytest

from bot.errors import InputError
from bot.files import encodings
from tests.files.old_text import SENTENCES, in_tcvn3, in_vni, in_windows_1258

TEXT = "Câu hỏi;Trả lời\r\n" + "\r\n".join(SENTENCES)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        unicodedata.normalize("NFD", TEXT).encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        in_windows_1258(TEXT),
    ],
    ids=["utf-8", "bom", "nfd", "utf-16-le bom", "utf-16-be bom", "utf-16-le", "utf-16-be", "windows-1258"],
)
def test_excel_and_windows(content: bytes) -> None:
    assert encodings.decode(content, "a.csv") == TEXT


def test_windows_1258_bytes_known_to_be_right() -> None:
    # "Nghị quyết của Đảng": tones are marks of their own after the letter
    content = b"Nghi\xf2 quy\xea\xect cu\xd2a \xd0a\xd2ng"
    assert encodings.decode(content, "a.csv") == "Nghị quyết của Đảng"


@pytest.mark.parametrize("old", [in_tcvn3(TEXT), in_vni(TEXT)], ids=["TCVN3", "VNI"])
def test_old_fonts_come_out_as_latin_letters(old: str) -> None:
    assert encodings.decode(old.encode("latin-1"), "a.csv") == old


def test_quotation_marks_of_windows_in_an_old_font() -> None:
    content = ('Nghi "' + in_tcvn3("Nghị quyết của Đảng")).encode("latin-1").replace(b'"', b"\x93")
    assert "“" in encodings.decode(content, "a.csv")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", "Привет, как дела".encode("cp1251"), bytes(range(128, 256))]
)
def test_what_fits_nothing_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.csv"):
        encodings.decode(content, "a.csv")
