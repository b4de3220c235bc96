"""Lines and pages are reckoned as a word processor makes them: checked against LibreOffice when the rules were written."""

from __future__ import annotations

import pytest

from bot.files.times import width
from bot.files.typesetting import Block, Setting, count_lines, pages

REGULAR = Setting("regular", size=10, leading=12, after=6)
LINE = Block(1, 10, 0)


def test_marks_do_not_widen_a_letter_and_horns_do() -> None:
    assert width("ế", "regular") == width("e", "regular")
    assert width("Ặ", "bold") == width("A", "bold")
    assert width("ờ", "regular") == width("ơ", "regular") > width("o", "regular")
    assert width("đ", "italic") == width("d", "italic")
    assert width("語", "regular") == width("0", "regular")


def test_a_line_takes_as_many_words_as_fit() -> None:
    # Ten digits are 50 points wide at 10 points, a space 2.5.
    ten = "0123456789"
    assert count_lines(ten, REGULAR, 50) == 1
    assert count_lines(f"{ten} {ten}", REGULAR, 102.4) == 2
    assert count_lines(f"{ten} {ten}", REGULAR, 102.6) == 1
    assert count_lines("", REGULAR, 50) == 1


def test_the_first_line_is_shorter_by_its_indent() -> None:
    indented = Setting("regular", size=10, leading=12, after=6, indent=20)
    assert count_lines("0123456789 0123456789", indented, 110) == 2
    assert count_lines("0123456789 0123456789", REGULAR, 110) == 1


def test_a_range_may_be_broken_after_its_dash_and_a_number_nowhere() -> None:
    assert count_lines("00000–00000", REGULAR, 40) == 2
    assert count_lines("0 57-NQ/TW", REGULAR, 50) == 2  # the number goes to the next line, whole


def test_a_word_longer_than_a_line_is_broken_anywhere() -> None:
    assert count_lines("0" * 35, REGULAR, 50) == 4


def test_pages_fill_up_line_by_line() -> None:
    assert pages([LINE] * 5, 20) == [1, 1, 2, 2, 3]
    assert pages([], 20) == []


def test_space_below_the_last_paragraph_of_a_page_needs_no_room() -> None:
    spaced = Block(1, 10, after=5)
    assert pages([spaced, spaced, spaced], 25) == [1, 1, 2]


def test_what_is_whole_and_what_belongs_to_the_next_moves_on_together() -> None:
    heading = Block(1, 10, 0, whole=True, with_next=True)
    whole = Block(3, 10, 0, whole=True)
    assert pages([LINE, heading, whole], 50) == [1, 1, 1]
    assert pages([LINE, heading, whole], 40) == [1, 2, 2]
    assert pages([LINE, heading, heading, whole], 50) == [1, 2, 2, 2]


@pytest.mark.parametrize(
    ("room", "found"),
    [
        (30, [1, 1, 2, 2]),  # three lines here, two there
        (20, [1, 1, 2, 3]),  # two here, three there
        (10, [1, 2, 3, 3]),  # one would stand alone; and of four on the next page, the fifth
    ],
)
def test_no_line_of_a_broken_paragraph_stands_alone(room: int, found: list[int]) -> None:
    before = Block(1, 40 - room, 0)
    long = Block(5, 10, 0)
    assert pages([before, long, LINE, LINE], 40) == found


def test_a_paragraph_of_many_pages() -> None:
    assert pages([Block(11, 10, 0), LINE], 40) == [1, 3]
    assert pages([Block(3, 10, 0, whole=True), Block(9, 10, 0, whole=True), LINE], 40)[-1] == 3
