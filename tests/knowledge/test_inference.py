import pytest

from knowledge.exchange import inference


@pytest.mark.parametrize(
    ("number", "title", "kind"),
    [
        ("57-NQ/TW", "Đột phá", "Nghị quyết"),
        ("01-CT/TW", "", "Chỉ thị"),
        ("127-KL/TW", "", "Kết luận"),
        ("09-KH/ĐU", "", "Kế hoạch"),
        ("178/2024/NĐ-CP", "", "Nghị định"),
        ("23/2025/NQ-HĐND", "", "Nghị quyết"),
        ("294-QĐ/TW", "Quy định thi hành Điều lệ Đảng", "Quy định"),
        ("294-QĐ/TW", "Thi hành Điều lệ Đảng", None),
        ("202/2025/QH15", "Sắp xếp đơn vị hành chính", None),
        (None, "Nghị quyết Đại hội Đảng bộ tỉnh", "Nghị quyết"),
        (None, "Nghị quyết", None),
    ],
)
def test_kind(number: str | None, title: str, kind: str | None) -> None:
    assert inference.kind(number, title) == kind


@pytest.mark.parametrize(
    ("number", "issuer", "level"),
    [
        ("57-NQ/TW", "Bộ Chính trị", "Trung ương"),
        (None, "Ban Chấp hành Trung ương", "Trung ương"),
        (None, "Bộ Nội vụ", "Trung ương"),
        ("06-HD/TW", "Cơ quan nào đó", "Trung ương"),
        ("18/2025/NQ-HĐND", "HĐND tỉnh Thanh Hóa", "tỉnh"),
        (None, "Ban Tuyên giáo và Dân vận Tỉnh ủy", "tỉnh"),
        (None, "Ủy ban nhân dân thành phố Huế", "tỉnh"),
        (None, "Đảng ủy xã Tân Hội, tỉnh An Giang", "xã"),
        (None, "HĐND phường Ba Đình", "xã"),
        (None, "Đảng ủy đặc khu Phú Quốc", "xã"),
        (None, "Bảo hiểm xã hội Việt Nam", None),
        (None, "Sở Phát triển địa phương", None),
    ],
)
def test_level(number: str | None, issuer: str, level: str | None) -> None:
    assert inference.level(number, issuer) == level
