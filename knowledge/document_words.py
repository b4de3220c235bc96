"""The words of which names of documents are made: kinds, codes and bodies in numbers, issuers. Patterns, usual forms."""

from __future__ import annotations

import re

from knowledge.normalise import clean, fold

_KINDS = (
    "Chương trình hành động", "Chương trình", "Thông tư liên tịch", "Thông tư", "Thông tri", "Thông báo", "Nghị quyết",
    "Nghị định", "Chỉ thị", "Kết luận", "Quyết định", "Quy định", "Quy chế", "Kế hoạch", "Hướng dẫn", "Công văn",
    "Công điện", "Báo cáo", "Tờ trình", "Đề án", "Luật", "Pháp lệnh",
)  # fmt: skip
_CODES = {
    "NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "KH": "Kế hoạch", "HD": "Hướng dẫn", "TB": "Thông báo",
    "BC": "Báo cáo", "CTr": "Chương trình", "CTHĐ": "Chương trình hành động", "CTrHĐ": "Chương trình hành động",
    "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "QC": "Quy chế", "TTr": "Tờ trình", "CV": "Công văn",
    "CĐ": "Công điện", "ĐA": "Đề án", "QĐ": "",
}  # fmt: skip
_OPEN = frozenset(("QĐ",))  # a quyết định, or a quy định
_BODIES = {
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "VPCP": "Văn phòng Chính phủ", "QUTW": "Quân ủy Trung ương",
    "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương", "BGDĐT": "Bộ Giáo dục và Đào tạo", "BNV": "Bộ Nội vụ",
    "BYT": "Bộ Y tế", "BTP": "Bộ Tư pháp", "BXD": "Bộ Xây dựng", "BKHCN": "Bộ Khoa học và Công nghệ", "BTC": "Bộ Tài chính",
    "BNNMT": "Bộ Nông nghiệp và Môi trường", "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
}  # fmt: skip
_ASSEMBLIES = {"QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội"}
_SPELT = {fold(clean(body)): body for body in (*_BODIES, "HĐND", "UBND", "TU", "ĐU", "HU", "TW")}
_PARTY = re.compile(r"(?:TW|TU|ĐU|HU)$")

_UPPER = "".join(
    sorted({chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper() and chr(code).isalpha()})
)
_PLACE = rf"(?-i:(?:[{_UPPER}][^\W\d_]*)(?:[\s-]+[{_UPPER}][^\W\d_]*){{0,3}})"
_LAND = r"(?:tỉnh|thành phố|TP\.?|xã|phường|đặc khu|huyện)"
KIND = "(?:" + "|".join(re.escape(kind).replace("\\ ", r"\s+") for kind in _KINDS) + "|NQ)"
CODES = (
    "(?:"
    + "|".join(
        sorted({form for code in _CODES for form in (code, code.replace("Đ", "D"))}, key=len, reverse=True)
    )
    + ")"
)
# The longest first: "Ban Chấp hành Trung ương" before "Ban".
ISSUER = (
    r"(?:Bộ Chính trị(?:,\s*Ban Bí thư)?|Ban Bí thư(?: Trung ương(?: Đảng)?)?|(?-i:BCT)(?![\w])"
    r"|(?:Ban Chấp hành|BCH) Trung ương(?: Đảng)?|(?:Ban Thường vụ )?(?:Quân ủy|Đảng ủy Công an) Trung ương"
    r"|Ủy ban Thường vụ Quốc hội|Quốc hội|Thủ tướng(?: Chính phủ)?|Chính phủ"
    r"|Văn phòng (?:Chính phủ|Trung ương Đảng|Quốc hội)"
    rf"|(?:HĐND|Hội đồng nhân dân|UBND|(?:Ủy|Uỷ) ban nhân dân)\s+{_LAND}\s+{_PLACE}"
    rf"|(?:(?:Ban Thường vụ|BTV|Ban Chấp hành|BCH)\s+)?(?:Tỉnh|Thành|Huyện)\s?ủy(?:\s+{_PLACE})?"
    rf"|(?:(?:Ban Thường vụ|BTV|Ban Chấp hành|BCH)\s+)?Đảng\s(?:ủy|bộ)(?:\s+{_LAND}\s+{_PLACE})?"
    rf"|(?:Đại hội (?:đại biểu )?)Đảng bộ {_LAND} {_PLACE}"
    r"|(?:Ban (?:Tuyên giáo và Dân vận|Tổ chức|Nội chính|Chính sách, chiến lược)|Ủy ban Kiểm tra|Văn phòng) Trung ương"
    r"|Bộ (?:Giáo dục và Đào tạo|Nội vụ|Y tế|Tư pháp|Xây dựng|Khoa học và Công nghệ|Tài chính|Nông nghiệp và Môi trường"
    r"|Công an|Quốc phòng|Công Thương|Ngoại giao|Dân tộc và Tôn giáo|Văn hóa, Thể thao và Du lịch))(?![^\W\d_])"
)
_IN_FULL = (
    (re.compile(r"^BCT$"), "Bộ Chính trị"),
    (re.compile(r"^(?:Ban Chấp hành|BCH) Trung ương(?: Đảng)?$", re.I), "Ban Chấp hành Trung ương"),
    (re.compile(r"^Ban Bí thư.*$", re.I), "Ban Bí thư"),
    (re.compile(r"^Thủ tướng$", re.I), "Thủ tướng Chính phủ"),
    (re.compile(r"^Hội đồng nhân dân\b", re.I), "HĐND"),
    (re.compile(r"^(?:Ủy|Uỷ) ban nhân dân\b", re.I), "UBND"),
    (re.compile(r"^BTV\b"), "Ban Thường vụ"),
    (re.compile(r"^BCH\b"), "Ban Chấp hành"),
    (re.compile(r"\bTP\.?(?=\s)"), "thành phố"),
)


def kind_said(word: str) -> str:
    """ "Nghị quyết" of "NGHỊ  QUYẾT" and of "NQ"."""
    return next((kind for kind in _KINDS if _bare(kind) == _bare(word)), "Nghị quyết")


def kind_of_code(code: str | None, body: str | None) -> str | None:
    """What a number says by itself; None for "QĐ" of the Party and for the Quốc hội, which has laws and resolutions."""
    if not code:
        return None
    usual = _usual_code(code)
    if usual in _OPEN:
        return None if body and _PARTY.search(_usual_body(body)) else "Quyết định"
    return _CODES[usual]


def issuer_said(words: str) -> str:
    """In full, as it is usually written: "Ban Chấp hành Trung ương" of "BCH Trung ương Đảng"."""
    said = " ".join(words.split())
    for short, full in _IN_FULL:
        said = short.sub(full, said)
    known = (*_BODIES.values(), *_ASSEMBLIES.values(), "Bộ Chính trị", "Bộ Chính trị, Ban Bí thư")
    return next((each for each in known if _bare(each) == _bare(said)), said)


def is_half(issuer: str) -> bool:
    """ "Đảng ủy" without whose: the name may go on with words that no pattern knows."""
    return bool(re.search(r"(?:ủy|bộ)$", issuer, re.IGNORECASE)) and not re.search(r"\bTrung ương\b", issuer)


def issuer_of_body(number: str | None) -> str | None:
    """Who alone has such numbers: the Government of "71/NQ-CP"; None for "TW", "HĐND" and what is not known."""
    if not number:
        return None
    if assembly := re.search(r"/(QH|UBTVQH)\d+$", number):
        return _ASSEMBLIES[assembly[1]]
    return _BODIES.get(re.split(r"[-/]", number)[-1])


def number_from(found: re.Match[str]) -> str:
    """The usual form of a number: "57-NQ/TW" in the Party, "71/NQ-CP" in the State, whatever dashes were typed."""
    head = f"{found['at']}/{found['year']}" if found["year"] else found["at"]
    if found["assembly"]:
        return f"{head}/{found['assembly'].upper()}{found['term']}"
    code, body = _usual_code(found["code"]), _usual_body(found["body"])
    party = _PARTY.search(body) and not found["year"]
    return f"{head}-{code}/{body}" if party else f"{head}/{code}-{body}"


def _usual_code(code: str) -> str:
    return next(usual for usual in _CODES if _bare(usual) == _bare(code))


def _usual_body(body: str) -> str:
    return _SPELT.get(_bare(body), body.upper())


def _bare(words: str) -> str:
    return fold(clean(words))
