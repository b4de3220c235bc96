"""Our own sentences as machines from before Unicode would have written them."""

import unicodedata

from bot.files import legacy

SENTENCES = (
    "Nghị quyết của Bộ Chính trị về đột phá phát triển khoa học, công nghệ",
    "Thủ tục đăng ký thường trú gồm những giấy tờ nào?",
    "Người dân gửi góp ý ở đâu, vào giờ nào, cho ai",
    "Được miễn học phí; trường tổ chức dạy hai buổi mỗi ngày",
    "Trụ sở xã tiếp công dân vào thứ Năm hằng tuần",
    "Khuỷu tay, quýt ngọt, kỹ sư, nghẽn mạch, bướm, huệ, loè loẹt, nguội",
)


def in_tcvn3(text: str) -> str:
    """As Latin letters. TCVN3 writes an accented capital as a small letter in another font: leave those out."""
    table = {letter: chr(code) for code, letter in legacy.TCVN3.items()}
    return "".join(table.get(char, char) for char in text)


def in_vni(text: str) -> str:
    table = {letter: written for written, letter in legacy.VNI.items()}
    return "".join(table.get(char, char) for char in text)


def in_windows_1258(text: str) -> bytes:
    """Letters with their hat or horn, tones as marks after them."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", char)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode(
                "cp1258"
            )
    return out
