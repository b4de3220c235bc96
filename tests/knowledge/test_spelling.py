"""Trigrams of many texts at once are those of each."""

from knowledge.spelling import spelling, trigrams


def test_many_texts_at_once() -> None:
    texts = ["", "a", "nghi quyet 57", "nghi nghi nghi", "漢字 ab", *(f"cau {at}" for at in range(250)), ""]
    rows = spelling(texts)
    assert [rows.row(at).tolist() for at in range(len(texts))] == [trigrams(text).tolist() for text in texts]


def test_no_text() -> None:
    assert len(spelling([]).shape) == 0
