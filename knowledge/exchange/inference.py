"""What a document's number and issuer say about its kind and level, for tables that have no columns for them.

Only what is certain: "QĐ" is a quyết định or a quy định, so its kind is left open.
"""

from __future__ import annotations

import re

from bot.exchange.forms import folded
from knowledge.documents import Level
from knowledge.normalise import clean

_KINDS_BY_CODE = {
    "nq": "Nghị quyết",
    "ct": "Chỉ thị",
    "kl": "Kết luận",
    "kh": "Kế hoạch",
    "hd": "Hướng dẫn",
    "tb": "Thông báo",
    "bc": "Báo cáo",
    "ctr": "Chương trình",
    "cthd": "Chương trình hành động",
    "nd": "Nghị định",
    "tt": "Thông tư",
}
_KINDS_BY_TITLE = {
    folded(kind): kind for kind in (*_KINDS_BY_CODE.values(), "Quyết định", "Quy định", "Luật")
}
# With accents: "xa hoi", "dia phuong" and "Bảo hiểm xã hội" are no communes.
_COMMUNE = re.compile(r"\b(xã(?! hội)|phường|đặc khu)\b")
_PROVINCE = re.compile(r"\b(tỉnh|thành phố|thành ủy)\b")
_CENTRAL = re.compile(r"\b(trung ương|bộ chính trị|ban bí thư|quốc hội|chính phủ|thủ tướng)\b|^bộ ")


def kind(number: str | None, title: str) -> str | None:
    words = folded(number or "").split()
    by_code = next((_KINDS_BY_CODE[word] for word in words if word in _KINDS_BY_CODE), None)
    return by_code or next(
        (kind for start, kind in _KINDS_BY_TITLE.items() if folded(title).startswith(f"{start} ")), None
    )


def level(number: str | None, issuer: str) -> Level | None:
    """From the lowest level up: "HĐND xã …, tỉnh …" is a commune's."""
    where = clean(issuer)
    if _COMMUNE.search(where):
        return "xã"
    if _PROVINCE.search(where):
        return "tỉnh"
    if _CENTRAL.search(where) or folded(number or "").endswith(" tw"):
        return "Trung ương"
    return None
