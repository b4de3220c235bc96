"""The example rows of a template; import knows them by how their id or number begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.exchange.forms import EXAMPLE
from bot.exchange.kinds import Item

ENTRIES: Sequence[Item] = (
    {
        "id": f"{EXAMPLE} 1",
        "question": "Bao giờ xã tổ chức hội nghị học tập nghị quyết?",
        "phrasings": ["Lịch học nghị quyết của xã", "Học nghị quyết ngày nào?"],
        "answer": "Hội nghị tổ chức vào sáng thứ Bảy, 14/11/2026, tại nhà văn hóa xã.",
        "detail": "Thành phần: toàn thể đảng viên của chi bộ; mời thêm trưởng các đoàn thể.",
        "cites": "12-KH/ĐU ngày 02/11/2026",
        "article": "Mục 3",
        "source": "",
        "topic": "Học tập nghị quyết",
        "status": "draft",
        "review_by": date(2026, 12, 31),
    },
    {
        "id": f"{EXAMPLE} 2",
        "question": "Gửi góp ý cho Đảng ủy xã ở đâu?",
        "phrasings": [],
        "answer": "Gửi tại bộ phận tiếp công dân của xã, giờ hành chính các ngày làm việc.",
        "detail": "",
        "cites": "",
        "article": "",
        "source": "Văn phòng Đảng ủy xã",
        "topic": "Góp ý",
        "status": "draft",
        "review_by": None,
    },
)
DOCUMENTS: Sequence[Item] = (
    {
        "number": f"{EXAMPLE} 12-KH/ĐU",
        "kind": "Kế hoạch",
        "title": "Học tập, quán triệt nghị quyết năm 2026",
        "issuer": "Đảng ủy xã Ví Dụ",
        "level": "xã",
        "issued_on": date(2026, 11, 2),
        "address": "https://example.vn/ke-hoach-12",
        "file": "",
        "summary": "Thời gian, địa điểm và thành phần các hội nghị học tập nghị quyết của xã.",
        "topics": ["Học tập nghị quyết", "Công tác đảng"],
        "status": "in force",
        "superseded_by": None,
        "sample": False,
    },
)
