"""The pictures that are posted: their sizes, their letters, their colours, and that nothing real breaks them."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from itertools import product

import pytest
from PIL import Image

from bot.errors import PictureError
from bot.files import lettering, pictures, qr
from bot.files.lettering import DRAWABLE, drawable, font, wrapped

BASES = "aăâeêioôơuưy"
MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = [unicodedata.normalize("NFC", base + mark) for base, mark in product(BASES, MARKS)]
ALPHABET = "".join((*VOWELS, "bcdđghklmnpqrstvxfjwz")) + "0123456789–—“”‘’…•/.,;:!?()%&+-*§°²³₫"
ORGANISATION = "Ban Tuyên giáo và Dân vận Đảng ủy phường Hòa Bình"
LINES = (
    "Nghị quyết 57-NQ/TW: khoa học, công nghệ",
    "Nghị quyết 68-NQ/TW: kinh tế tư nhân",
    "Nghị quyết 71-NQ/TW",
)
ADDRESS = "https://hoidap.example/d/a1b2c3d4"
DAY = date(2026, 11, 22)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("face", ["Regular", "Bold"])
def test_every_vietnamese_letter_has_a_glyph(face: lettering.Face) -> None:
    def is_drawn(letter: str) -> bool:
        return any(bytes(font(face, 40).getmask(letter)))

    assert not is_drawn("\ue000")  # for private use: no font of ours has it
    assert [letter for letter in ALPHABET + ALPHABET.upper() if letter not in DRAWABLE] == []
    assert {letter for letter in DRAWABLE if not is_drawn(letter)} == {" ", "\xa0"}


def test_what_has_no_glyph_is_dropped_or_written_plainly() -> None:
    assert drawable("🚨 Tin khẩn 🇻🇳!") == "Tin khẩn !"
    assert drawable("𝗡𝗴𝗵𝗶̣ 𝗾𝘂𝘆𝗲̂́𝘁") == "Nghị quyết"
    assert drawable("57\u2011NQ/TW № 3 → 中文") == "57-NQ/TW Số 3 –"
    assert drawable(unicodedata.normalize("NFD", "Nghị quyết\n\tđặc biệt")) == "Nghị quyết đặc biệt"
    assert drawable("<b>Đậm</b> & “nháy”\x00\u200b") == "<b>Đậm</b> & “nháy”"
    assert drawable("🎉\u200d🎉") == ""


def test_colours_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for letters, ground in pictures.ON:
        low, high = sorted((light(letters), light(ground)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (letters, ground)


@pytest.mark.parametrize("shape", ["portrait", "preview"])
@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Bản tin nghị quyết tuần 47", LINES),
        ("Nghị quyết " * 200, tuple(line * 50 for line in LINES)),
        ("N" * 2000, ("x" * 2000,)),
        ("", ()),
        ("🚨", ("🚨", LINES[0])),
    ],
)
def test_a_card_has_its_size_and_margins_whatever_the_words(
    title: str, lines: tuple[str, ...], shape: pictures.Shape
) -> None:
    content = pictures.card(title, lines, ADDRESS, ORGANISATION, DAY, shape)
    assert len(content) < 150_000
    picture = opened(content)
    assert picture.size == pictures.SIZES[shape]
    right = picture.crop((picture.width - 50, 0, picture.width, picture.height))
    for y in range(picture.height):  # nothing but the ground reaches the edge
        assert len({right.getpixel((x, y)) for x in range(0, 50, 7)}) == 1


def test_a_card_without_an_address_has_no_code() -> None:
    place = (800, 1180, 1080, 1300)
    with_code = opened(pictures.card("Bản tin", (), ADDRESS, ORGANISATION, DAY)).crop(place)
    without = opened(pictures.card("Bản tin", (), None, ORGANISATION, DAY)).crop(place)
    assert len(with_code.getcolors() or ()) >= 2
    assert len(without.getcolors() or ()) == 1


def test_an_address_that_fits_no_code_makes_no_card() -> None:
    with pytest.raises(PictureError):
        pictures.card("Bản tin", LINES, "https://hoidap.example/" + "a" * 3000, ORGANISATION, DAY)


def test_a_code_is_drawn_with_its_quiet_zone() -> None:
    squares = qr.modules(ADDRESS)
    picture = opened(qr.png(ADDRESS, 4))
    assert picture.size == ((len(squares) + 8) * 4,) * 2
    assert picture.getpixel((15, 15)) == (255, 255, 255)
    for row, line in enumerate(squares):
        for column, dark in enumerate(line):
            assert picture.getpixel((16 + column * 4 + 1, 16 + row * 4 + 1)) == (
                (0,) * 3 if dark else (255,) * 3
            )


def test_lines_are_cut_at_a_word_and_broken_where_there_is_none() -> None:
    size = font("Regular", 40)
    words = "một hai ba bốn năm sáu bảy tám chín mười"
    lines = wrapped(words, size, 300, 2)
    assert len(lines) == 2
    assert lines[1].removesuffix("…").split(" ")[-1] in words.split(" ")
    broken = wrapped("x" * 60, size, 300, 9)
    assert "".join(broken) == "x" * 60
    assert all(size.getlength(line) <= 300 for line in (*lines, *broken))


def test_a_report_is_as_high_as_it_needs_to_be_and_adds_up_what_does_not_fit() -> None:
    def height(units: int) -> int:
        bars = [(f"Tổ dân phố {number}", number) for number in range(units)]
        return opened(
            pictures.report("Kết quả", [("Lượt mở", "1.234")], bars, organisation=ORGANISATION)
        ).height

    assert height(0) < height(5) < height(12) == height(13) == height(300)
    assert opened(pictures.report("Kết quả", [], [("Một", 0)])).width == 1080
