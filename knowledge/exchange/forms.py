"""The forms in which staff keep questions and documents: what their columns are called, in a sheet and in .jsonl.

Import reads the kind of a file from these headings; export writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.normalise import clean, fold

ENTRY_STATUSES = {"draft": "nháp", "sample": "mẫu", "published": "đã duyệt", "archived": "lưu trữ"}
DOCUMENT_STATUSES = {"draft": "nháp", "in force": "còn hiệu lực", "expired": "hết hiệu lực"}
LEVELS = ("Trung ương", "tỉnh", "xã")
YES = "có"
EXAMPLE = "VÍ DỤ"  # what the id or number of a template's example rows begins with

_NUMBERING = frozenset(("stt", "tt", "so thu tu", "no"))  # columns that everybody has and nobody misses


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `name` is the attribute of the draft, `key` its name in .jsonl.

    aliases   further headings, folded ("cau tra loi")
    several   may be spread over numbered columns ("Cách hỏi khác 1", "Cách hỏi khác 2")
    lines     line breaks mean something
    longest   characters; a cell of Excel holds 32,767
    """

    name: str
    key: str
    heading: str
    aliases: tuple[str, ...] = ()
    width: int = 20
    longest: int = 300
    choices: tuple[str, ...] = ()
    several: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """`needed` are the fields without which a header row is not of this form."""

    kind: str
    sheet: str
    fields: tuple[Field, ...]
    needed: tuple[str, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Headings:
    """A header row understood: field name to the positions of its columns, and what was not understood."""

    form: Form
    columns: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        return tuple(self.form.field(name) for name in self.form.needed if name not in self.columns)


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
        Field("cites", "document", "Văn bản", ("can cu", "van ban can cu"), width=26),
        Field("article", "article", "Điều/mục", ("dieu", "muc", "dieu khoan"), width=16),
        Field("source", "source", "Nguồn", ("nguon tin",), width=24, longest=1_000),
        Field("topic", "topic", "Chủ đề", ("linh vuc", "chuyen de"), width=22),
        Field("status", "status", "Trạng thái", width=14, choices=tuple(ENTRY_STATUSES.values())),
        Field("review_by", "review_by", "Hạn rà soát", ("ngay ra soat", "han"), width=14),
    ),
    ("question", "answer"),
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
        Field("topics", "topics", "Chủ đề", ("topic", "linh vuc"), width=24, longest=1_000, lines=True),
        Field("status", "status", "Trạng thái", ("tinh trang", "hieu luc"), width=14,
              choices=tuple(DOCUMENT_STATUSES.values())),
        Field("superseded_by", "superseded_by", "Được thay thế bởi", ("thay the boi", "bi thay the boi"), width=30,
              longest=500),
        Field("sample", "sample", "Mẫu", ("noi dung mau",), width=8, choices=(YES,)),
    ),
    ("title", "issuer"),
)  # fmt: skip

FORMS: Mapping[str, Form] = {form.kind: form for form in (ENTRIES, DOCUMENTS)}


@lru_cache(maxsize=256)  # each line of a .jsonl file has headings of its own, mostly the same
def understood(cells: tuple[str, ...]) -> Headings | None:
    """The row as a header row of the form that it fits best; None where it looks like none at all.

    A row that has some columns of a form but lacks needed ones is returned too: see `missing`.
    """
    best = max((_against(form, cells) for form in FORMS.values()), key=_closeness)
    return best if len(best.columns) >= 2 and len(best.missing) < len(best.form.needed) else None


def folded(heading: str) -> str:
    """ "Điều/mục (*)" becomes "dieu muc"."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(clean(heading))).split())


def _against(form: Form, cells: tuple[str, ...]) -> Headings:
    names = {
        folded(name): field
        for field in form.fields
        for name in (field.heading, field.key, field.name, *field.aliases)
    }
    columns: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    twice: list[str] = []
    for at, cell in enumerate(cells):
        heading = folded(cell)
        field = names.get(heading) or names.get(heading.rstrip("0123456789 "))
        if field is None or (heading not in names and not field.several):
            if heading and heading not in _NUMBERING:
                unknown.append(cell)
        elif field.name in columns and not field.several:
            twice.append(cell)
        else:
            columns[field.name] = (*columns.get(field.name, ()), at)
    return Headings(form, columns, tuple(unknown), tuple(twice))


def _closeness(headings: Headings) -> tuple[int, int]:
    return -len(headings.missing), len(headings.columns)
