"""A direct answer speaks about everything that the question is about; else it is a suggestion."""

import pytest

from knowledge.analysis import analysed
from knowledge.normalise import words
from knowledge.unspoken import Spoken, leaves_out, said

LANGUAGE = Spoken.of(
    [
        said(analysed(text))
        for text in (
            "Tiếng Anh có trở thành ngôn ngữ thứ hai trong trường học không?",
            "tiếng anh là ngôn ngữ thứ hai à",
            "tieng anh trong truong hoc",
            "Đột phá phát triển giáo dục và đào tạo",  # the document's title
        )
    ],
    words("Có. Đây là giải pháp được thực hiện từng bước đến năm 2035.").folded,
)


@pytest.mark.parametrize(
    "question",
    [
        "tiếng anh có là ngôn ngữ thứ hai không",
        "tieng anh la ngon ngu thu hai",
        "bao giờ tiếng anh thành ngôn ngữ thứ hai",  # the answer has a year
        "tiếng anh trong giáo dục và đào tạo",
    ],
)
def test_what_the_entry_speaks_about(question: str) -> None:
    assert not leaves_out(analysed(question), LANGUAGE)


@pytest.mark.parametrize(
    "question",
    [
        "tiếng pháp",  # "pháp" of "giải pháp" is not French
        "tiếng nhật có là ngôn ngữ thứ hai không",
        "học tiếng anh ở đâu",
        "ai dạy tiếng anh trong trường học",
    ],
)
def test_what_it_passes_over(question: str) -> None:
    assert leaves_out(analysed(question), LANGUAGE)


def test_a_long_question_that_asks_the_whole_entry_may_tell_its_story() -> None:
    entry = Spoken.of(
        [said(analysed("Thời hạn báo mất thẻ căn cước?"))], words("Ngay khi biết bị mất.").folded
    )
    story = analysed(
        "Hôm qua em đi chợ bị rơi ví, trong đó có thẻ căn cước, vậy thời hạn báo mất thẻ căn cước thế nào ạ"
    )
    assert leaves_out(story, entry)
    assert not leaves_out(story, entry, is_asked_whole=True)
    where = analysed(
        "Hôm qua em đi chợ bị rơi ví, trong đó có thẻ căn cước, vậy báo mất thẻ căn cước trong thời hạn ở đâu ạ"
    )
    assert leaves_out(where, entry, is_asked_whole=True)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("cán bộ mới phải làm gì để giữ kỷ luật công vụ", "Cán bộ phải làm gì để giữ kỷ luật công vụ?"),
        ("hợp tác xã nào lớn nhất", "Bao nhiêu hợp tác xã vào nhóm 100 lớn nhất?"),
    ],
)
def test_a_word_that_makes_it_another_question(asked: str, written: str) -> None:
    entry = Spoken.of([said(analysed(written))], words("Theo quy định.").folded)
    assert leaves_out(analysed(asked), entry)
    assert not leaves_out(analysed(written), entry)


def test_when_something_happens_at_last_is_no_new_thing() -> None:
    entry = Spoken.of([said(analysed("Khi nào được xét thăng hạng?"))], words("Sau ba năm.").folded)
    assert not leaves_out(analysed("khi nào mới được xét thăng hạng"), entry)
