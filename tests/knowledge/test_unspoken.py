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
