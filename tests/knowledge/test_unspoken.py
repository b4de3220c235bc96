"""A direct answer speaks about everything that the question is about; else it is a suggestion."""

import pytest

from knowledge.analysis import analysed
from knowledge.normalise import words
from knowledge.spoken import Spoken, said
from knowledge.unspoken import leaves_out


def passes_over(question: str, entry: Spoken) -> bool:
    """As if it was found by all texts of the entry at once."""
    return leaves_out(analysed(question), entry, " ".join(entry.folded))


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
        "tiếng anh trong giáo dục và đào tạo",
    ],
)
def test_what_the_entry_speaks_about(question: str) -> None:
    assert not passes_over(question, LANGUAGE)


@pytest.mark.parametrize(
    "question",
    [
        "tiếng pháp",  # "pháp" of "giải pháp" is not French
        "tiếng nhật có là ngôn ngữ thứ hai không",
        "học tiếng anh ở đâu",
        "ai dạy tiếng anh trong trường học",
        "bao giờ tiếng anh thành ngôn ngữ thứ hai",  # the year in the answer may be of anything
    ],
)
def test_what_it_passes_over(question: str) -> None:
    assert passes_over(question, LANGUAGE)


CARD = Spoken.of(
    [
        said(analysed(text))
        for text in ("Thời hạn báo mất thẻ căn cước?", "rơi thẻ căn cước ở chợ phải báo mất trong bao lâu")
    ],
    words("Ngay khi biết bị mất.").folded,
)


@pytest.mark.parametrize(
    ("question", "is_passed_over"),
    [
        ("Hôm qua tôi đi chợ bị rơi thẻ căn cước, vậy thời hạn báo mất thẻ căn cước là bao lâu ạ", False),
        # What the entry is about is only what the question begins with.
        ("Thời hạn báo mất thẻ căn cước ở chợ là bao lâu thì tôi biết, còn giấy phép lái xe", True),
        ("Báo mất thẻ căn cước rồi thì có được lên máy bay bằng hộ chiếu cùng vợ con không", True),
    ],
)
def test_what_is_asked_stands_at_the_end_of_a_long_question(question: str, is_passed_over: bool) -> None:
    assert passes_over(question, CARD) is is_passed_over


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("cán bộ mới phải làm gì để giữ kỷ luật công vụ", "Cán bộ phải làm gì để giữ kỷ luật công vụ?"),
        ("hợp tác xã nào lớn nhất", "Bao nhiêu hợp tác xã vào nhóm 100 lớn nhất?"),
    ],
)
def test_a_word_that_makes_it_another_question(asked: str, written: str) -> None:
    entry = Spoken.of([said(analysed(written))], words("Theo quy định.").folded)
    assert passes_over(asked, entry)
    assert not passes_over(written, entry)


def test_when_something_happens_at_last_is_no_new_thing() -> None:
    entry = Spoken.of([said(analysed("Khi nào được xét thăng hạng?"))], words("Sau ba năm.").folded)
    assert not passes_over("khi nào mới được xét thăng hạng", entry)


FAILURE = Spoken.of(
    [
        said(analysed(text))
        for text in (
            "Nghiên cứu thất bại thì nộp phí học lại thế nào?",
            "nghien cuu that bai co noi bo khong",
        )
    ],
    words("Phải nộp học phí, mức do phòng nội vụ công bố.").folded,
)


@pytest.mark.parametrize(
    ("question", "is_passed_over"),
    [
        ("thất bại trong nghiên cứu", False),
        ("bại thất", False),  # the other way round
        ("that bai", False),
        ("nội thất", True),
        ("bại nội", True),
        ("nghiên thất", True),
    ],
)
def test_two_syllables_that_the_entry_has_apart_are_another_word(question: str, is_passed_over: bool) -> None:
    assert passes_over(question, FAILURE) is is_passed_over


def test_what_was_typed_without_accents_is_read_as_the_other_texts_spell_it() -> None:
    spelt = [
        said(analysed(text)) for text in ("Trường chuyên có bị bỏ không?", "truong chuyen co bi bo khong")
    ]
    assert passes_over("chuyên cơ", Spoken.of(spelt, ()))
    assert not passes_over("chuyên cơ", Spoken.of(spelt[1:], ()))


HOLIDAYS = Spoken.of(
    [said(analysed(text)) for text in ("Năm nay được nghỉ lễ những ngày nào?", "lịch nghỉ lễ")],
    words("Mười hai ngày.").folded,
)


@pytest.mark.parametrize(
    ("question", "is_passed_over"),
    [
        ("nghi lễ", True),
        ("lịch nghi lễ", True),
        ("lịch nghĩ lễ", False),  # hỏi and ngã are mixed up by many
        ("lich nghi le", False),
        ("lịch nghỉ lễ", False),
    ],
)
def test_other_accents_make_another_word_of_a_short_question(question: str, is_passed_over: bool) -> None:
    assert passes_over(question, HOLIDAYS) == is_passed_over


DOGS = Spoken.of(
    [
        said(analysed(text))
        for text in ("Chó chết thì xử lý xác ở đâu?", "Chó con mấy tháng thì tiêm phòng dại?")
    ],
    words("Chôn sâu một mét.").folded,
)


@pytest.mark.parametrize(
    ("question", "is_passed_over"),
    [
        ("chó chết xử lý xác ở đâu", False),
        ("mọi người cho hỏi chó chết xử lý xác ở đâu", False),
        ("người chết xử lý xác ở đâu", True),
        ("trẻ em mấy tháng thì tiêm phòng dại", True),  # "chó con" is no child
    ],
)
def test_a_person_is_another_subject(question: str, is_passed_over: bool) -> None:
    assert passes_over(question, DOGS) == is_passed_over


def test_a_syllable_of_another_phrasing_is_no_word_of_a_short_question() -> None:
    texts = ("Đóng tiền nước ở đâu?", "trả tiền nước bằng ví điện tử")
    water = Spoken.of([said(analysed(text)) for text in texts], ())
    assert leaves_out(analysed("đóng tiền điện ở đâu"), water, "dong tien nuoc o dau")
    assert not leaves_out(analysed("trả tiền bằng ví điện tử"), water, "tra tien nuoc bang vi dien tu")


def test_a_part_of_a_longer_thing_is_there() -> None:
    exempt = Spoken.of([said(analysed("Ai được miễn nghĩa vụ quân sự?"))], ())
    assert not leaves_out(analysed("ai được miễn nghĩa vụ"), exempt, "ai duoc mien nghia vu quan su")


def test_again_is_another_thing() -> None:
    joining = Spoken.of([said(analysed("Điều kiện để được kết nạp vào Đảng?"))], ())
    assert passes_over("điều kiện kết nạp lại vào Đảng", joining)
    assert passes_over("kết nạp lại", joining)
    assert not passes_over("điều kiện kết nạp vào Đảng", joining)


def test_one_word_of_a_short_question_may_be_what_is_asked() -> None:
    joining = Spoken.of([said(analysed("Đóng bảo hiểm xã hội tự nguyện ở đâu?"))], ())
    assert passes_over("dừng đóng bảo hiểm xã hội tự nguyện ở đâu", joining)
    assert not passes_over("đóng bảo hiểm xã hội tự nguyện ở đâu", joining)


def test_the_number_of_a_list_is_no_part_of_a_question() -> None:
    joining = Spoken.of([said(analysed("Đóng bảo hiểm xã hội tự nguyện ở đâu?"))], ())
    assert not passes_over("1. đóng bảo hiểm xã hội tự nguyện ở đâu", joining)


def test_how_much_is_asked_in_any_measure() -> None:
    height = Spoken.of([said(analysed("Chiều cao của trẻ em đến năm 2030 tăng bao nhiêu?"))], ())
    assert not passes_over("chiều cao của trẻ em đến năm 2030 tăng bao nhiêu cm", height)
