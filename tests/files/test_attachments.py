import io
import zipfile
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.files import attachments

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(*paragraphs: str, header: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, lines in (("word/document.xml", paragraphs), ("word/header1.xml", (header,))):
            body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
            archive.writestr(part, f'<w:root xmlns:w="{_W}">{body}</w:root>')
    return file.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        (_docx("Nghị quyết về bảo mật"), DOCX),
    ],
)
def test_the_content_tells_the_kind(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "tệp.bin"
    path.write_bytes(content)
    assert attachments.read(path) == attachments.Attachment("tệp.bin", kind, content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ\x90", "không phải PDF"),
        (b"", "không phải PDF"),
        (b"PK\x03\x04", "không phải PDF"),
        (b"%PDF-" + b"x" * 5_000_000, "5 MB"),
        (_docx("Điều 1", "TUYỆT MẬT"), "TUYỆT MẬT"),
        (_docx("Điều 1", header="Lưu hành nội bộ"), "LƯU HÀNH NỘI BỘ"),
    ],
)
def test_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        attachments.read(path)


def _packed(method: int, flags: int = 0) -> bytes:
    """A Word file whose parts say that they are packed in this way; flags 1: with a password."""
    content = bytearray(_docx("Điều 1"))
    for sign, at_flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(sign)
        while found >= 0:
            content[found + at_flags] |= flags
            content[found + at_flags + 2] = method
            found = content.find(sign, found + 4)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [_packed(8, flags=1), _packed(99), _packed(8), _packed(12), _packed(14)],
    ids=["password", "a way that nobody knows", "no deflate", "no bzip2", "no lzma"],
)
def test_what_cannot_be_unpacked_is_said_to_be_broken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="bị hỏng"):
        attachments.read(path)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Không tìm thấy"):
        attachments.read(tmp_path / "a.pdf")
