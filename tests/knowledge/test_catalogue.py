"""What can be browsed, and found by the words of titles and topics."""

from datetime import date, timedelta

import pytest

from knowledge.catalogue import Catalogue, topic_key
from knowledge.documents import Document
from knowledge.titles import says_something


def document(key: int, title: str, *topics: str, number: str | None = None, **more: object) -> Document:
    values = {
        "kind": "Nghị quyết",
        "issuer": "Bộ Chính trị",
        "level": "Trung ương",
        "issued_on": date(2026, 1, 1) - timedelta(days=key),
        "summary": "",
        "address": None,
        "status": "in force",
        "superseded_by": None,
        "sample": False,
        "has_file": False,
    } | more
    return Document(key=key, number=number or f"{key}-NQ/TW", title=title, topics=topics, **values)  # type: ignore[arg-type]  # made for a test


SHELF = Catalogue(
    [
        document(1, "Quản lý và sử dụng đất đai", "Đất đai"),
        document(2, "Đạt chuẩn phổ cập, kéo dài tuổi nghề", "Giáo dục", level="xã"),
        document(3, "Phát triển kinh tế tư nhân", "Kinh tế", sample=True),
        document(4, "Phát triển kinh tế nhà nước", "kinh  tế", superseded_by=3),
        document(5, "Bản thảo đất đai", "Đất đai", status="draft"),
        document(6, "Kinh tế tập thể", "Kinh tế", superseded_by=5),
        document(7, "Tự nó", superseded_by=7),
        document(8, "Tổ chức đại hội", kind="Chỉ thị"),
    ]
)


def keys(found: list[Document]) -> list[int]:
    return [each.key for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("đất đai", [1]),
        ("dat dai", [1]),
        ("văn bản về đất đai", [1]),
        ("nghị quyết về đất đai", [1]),
        ("chỉ thị về đất đai", []),
        ("chỉ thị", [8]),
        ("kinh tế", [3, 4, 6]),
        ("kinh te tu nhan", [3]),
        ("kinh tế phát triển", [3, 4]),
        ("chuẩn tuổi", [2]),
        ("giá vàng", []),
        ("của các những", []),
    ],
)
def test_search(text: str, found: list[int]) -> None:
    assert keys(SHELF.search(text, samples=True)) == found


def test_without_samples() -> None:
    assert keys(SHELF.search("kinh tế", samples=False)) == [4, 6]
    assert keys(SHELF.documents(samples=False)) == [1, 2, 4, 6, 7, 8]
    assert [(topic.name, topic.count) for topic in SHELF.topics(samples=False)] == [
        ("Kinh tế", 2),
        ("Đất đai", 1),
        ("Giáo dục", 1),
    ]


def test_levels_and_topics_that_are_empty_are_not_there() -> None:
    assert SHELF.levels(samples=True) == [("Trung ương", 6), ("xã", 1)]
    assert [topic.name for topic in SHELF.topics("xã", samples=True)] == ["Giáo dục"]
    assert keys(SHELF.documents("Trung ương", topic_key("KINH TẾ"), samples=True)) == [3, 4, 6]
    assert keys(SHELF.documents("tỉnh", samples=True)) == []


def test_only_a_published_document_supersedes() -> None:
    assert [each.key for each in SHELF.documents(samples=True) if SHELF.is_superseded(each)] == [4]


@pytest.mark.parametrize("name", ["x" * 200, "a/b;c", "Ấ\u202e😀", "\ud83d", " "])
def test_the_key_of_a_topic_fits_a_button(name: str) -> None:
    assert topic_key(name).isascii()
    assert len(topic_key(name)) == 12


def test_what_says_nothing() -> None:
    assert [says_something(text) for text in ("", "giúp em với ạ", "văn bản", "57", "đất")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_a_thousand_documents() -> None:
    many = Catalogue(
        [document(key, f"Việc số {key} của thôn", f"Chủ đề {key % 300}") for key in range(1_000)]
    )
    assert len(many.topics(samples=True)) == 300
    assert keys(many.search("việc số 999", samples=True)) == [999]
    assert len(many.documents(topic=topic_key("chủ đề 7"), samples=True)) == 4
