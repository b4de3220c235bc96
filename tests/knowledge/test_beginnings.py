"""What is tried at each place of a text."""

from knowledge.beginnings import Beginnings

WORDS = [("a",), ("a", "b"), ("a", "b", "c"), ("b",), ("c", "d")]


def test_only_what_begins_with_the_words_there_is_tried() -> None:
    found = Beginnings((words, words) for words in WORDS).found(["a", "b", "x", "c", "a"])
    assert found == [(0, (("a", "b"), ("a", "b", "c"), ("a",))), (1, (("b",),)), (4, (("a",),))]


def test_nothing_begins_in_no_words() -> None:
    assert Beginnings([(("a",), 1)]).found([]) == []
