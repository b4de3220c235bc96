"""The forms in which staff keep questions and documents."""

from __future__ import annotations

from bot.exchange.forms import Field, Form
from bot.texts import staff
from knowledge.citations import of_object

ENTRY_STATUSES = {"draft": "nháp", "sample": "mẫu", "published": "đã duyệt", "archived": "lưu trữ"}
DOCUMENT_STATUSES = {"draft": "nháp", "in force": "còn hiệu lực", "expired": "hết hiệu lực"}
LEVELS = ("Trung ương", "tỉnh", "xã")

ENTRIES = Form(
    "entries",
    "Câu hỏi",
    (
        Field("id", "id", "Mã", ("ma so", "ma cau hoi"), width=24, longest=100),
        Field("question", "question", "Câu hỏi", ("noi dung cau hoi",), width=45, longest=1_000),
        Field(
            "phrasings",
            "phrasings",
            "Cách hỏi khác",
            ("cac cach hoi khac", "phrasing"),
            width=40,
            longest=1_000,
            several=True,
            listed=True,
            lines=True,
        ),
        Field(
            "answer",
            "answer",
            "Trả lời",
            ("cau tra loi", "noi dung tra loi", "dap an"),
            width=60,
            longest=20_000,
            lines=True,
        ),
        Field("detail", "detail", "Chi tiết", ("noi dung chi tiet",), width=40, longest=20_000, lines=True),
        Field("cites", "document", "Văn bản", ("can cu", "van ban can cu"), width=26, of_object=of_object),
        Field("article", "article", "Điều/mục", ("dieu", "muc", "dieu khoan"), width=16),
        Field("source", "source", "Nguồn", ("nguon tin",), width=24, longest=1_000),
        Field("topic", "topic", "Chủ đề", ("linh vuc", "chuyen de"), width=22),
        Field("status", "status", "Trạng thái", width=14, choices=tuple(ENTRY_STATUSES.values())),
        Field("review_by", "review_by", "Hạn rà soát", ("ngay ra soat", "han"), width=14),
    ),
    ("question", "answer"),
    "id",
)

DOCUMENTS = Form(
    "documents",
    "Văn bản",
    (
        Field("number", "number", "Số hiệu", ("so ky hieu", "so van ban", "so"), width=18, longest=100),
        Field("kind", "kind", "Loại", ("loai van ban",), width=14, longest=100),
        Field(
            "title", "title", "Trích yếu", ("trich yeu tieu de", "tieu de", "ten van ban"), width=60, longest=1_000
        ),
        Field("issuer", "issuer", "Cơ quan ban hành", ("noi ban hanh", "co quan"), width=26),
        Field("level", "level", "Cấp", ("cap ban hanh",), width=13, choices=LEVELS),
        Field("issued_on", "issued_on", "Ngày ban hành", ("ngay",), width=14),
        Field("address", "address", "Địa chỉ", ("duong dan", "lien ket", "url", "link"), width=30, longest=1_000),
        Field("file", "file", "Tệp", ("tep dinh kem",), width=30, longest=500),
        Field("summary", "summary", "Tóm tắt", ("noi dung tom tat",), width=60, longest=10_000, lines=True),
        Field("topics", "topics", "Chủ đề", ("topic", "linh vuc"), width=24, longest=1_000, listed=True, lines=True),
        Field("status", "status", "Trạng thái", ("tinh trang", "hieu luc"), width=14,
              choices=tuple(DOCUMENT_STATUSES.values())),
        Field("superseded_by", "superseded_by", "Được thay thế bởi", ("thay the boi", "bi thay the boi"), width=30,
              longest=500, of_object=of_object),
        Field("sample", "sample", "Mẫu", ("noi dung mau",), width=8, choices=(staff.YES,)),
    ),
    ("title", "issuer"),
    "number",
)  # fmt: skip
