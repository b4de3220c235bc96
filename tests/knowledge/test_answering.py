from dataclasses import replace
from datetime import date
from threading import Thread

import pytest

from knowledge.answering import Finding, Thresholds, find
from knowledge.matcher import Cited, Index, Indexed
from tests.knowledge import small_base


@pytest.fixture(scope="module")
def index() -> Index:
    return small_base.index()


@pytest.mark.parametrize(
    "text", ["nghị quyết 57", "57-NQ/TW", "nq57", "cho tôi xem nghị quyết 57", "NQ 57 năm 2024"]
)
def test_a_number_alone_opens_the_document(index: Index, text: str) -> None:
    finding = find(text, index)
    assert (finding.outcome, [each.number for each in finding.documents]) == ("none", ["57-NQ/TW"])


def test_a_number_that_two_documents_have_lists_both_newest_first(index: Index) -> None:
    issued = [each.issued_on for each in find("nghị quyết 18", index).documents]
    assert issued == [date(2022, 6, 16), date(2017, 10, 25)]
    assert [each.issued_on for each in find("nq 18 năm 2017", index).documents] == [date(2017, 10, 25)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nghị quyết 99", "nghị quyết 99"), ("57/NQ-CP", "57/nq-cp"), ("mục tiêu của nghị quyết 58", "nghị quyết 58"),
        ("kết luận 57 đặt mục tiêu gì", "kết luận 57"), ("nq 57 năm 2020", "nq 57 năm 2020"),
    ],
)  # fmt: skip
def test_a_document_that_is_not_there_is_named_and_never_answered(
    index: Index, text: str, named: str
) -> None:
    finding = find(text, index)
    assert finding.unknown_document == named
    assert finding.outcome != "answer"
    assert finding.documents == ()


@pytest.mark.parametrize(
    "text", ["nghị quyết 57 là gì", "chào bạn cho tôi hỏi nq57 nói về gì", "nq 68 nêu nội dung gì"]
)
def test_what_a_document_is_about_is_not_answered_by_one_of_its_aims(index: Index, text: str) -> None:
    finding = find(text, index)
    assert finding.entry is None
    assert len(finding.documents) == 1


def test_a_number_in_question_texts_alone_must_agree_too() -> None:
    entries = [
        Indexed(at, f"kl{at}", f"Kết luận {at}-KL/TW nêu nhiệm vụ gì về cán bộ?", (), "Nêu rõ.", None)
        for at in (21, 22, 23)
    ]
    index = Index.build(entries, [])
    assert (
        find("kết luận 22 nêu nhiệm vụ gì về cán bộ", index).entry
        == find("kl 22 nêu nhiệm vụ gì về cán bộ", index).entry
    )
    entry = find("kết luận 22 nêu nhiệm vụ gì về cán bộ", index).entry
    assert entry is not None
    assert entry.id == "kl22"
    assert find("kết luận 24 nêu nhiệm vụ gì về cán bộ", index).outcome != "answer"
    assert find("nghị quyết 22 nêu nhiệm vụ gì về cán bộ", index).outcome != "answer"


@pytest.mark.parametrize("other", ["năm thứ hai", "Đại hội XIII", "năm 2019"])
def test_other_exact_facts_must_agree(other: str) -> None:
    asked = {"năm thứ hai": "năm thứ nhất", "Đại hội XIII": "Đại hội XIV", "năm 2019": "năm 2026"}[other]
    question = f"Nhiệm vụ của đoàn viên {asked} là gì?"
    index = Index.build([Indexed(1, "a", question, (), "Học tập tốt.", None)], [])
    assert find(question, index).outcome == "answer"
    assert find(question.replace(asked, other), index).outcome != "answer"


def test_small_talk_and_grave_matters_are_never_matched(index: Index) -> None:
    assert find("chào bạn", index) == replace(find("chào bạn", index), outcome="none", small_talk="greeting")
    finding = find("tôi muốn khiếu nại việc mua bảo hiểm y tế hộ gia đình ở xã", index)
    assert (finding.outcome, finding.sensitive, finding.suggestions) == ("none", "complaint", ())


def test_a_greeting_before_a_question_does_not_hide_it(index: Index) -> None:
    finding = find("chào bạn, xã tiếp công dân ngày nào vậy ạ", index)
    assert finding.entry is not None
    assert finding.entry.id == "lich-tiep-dan"


def test_groups_are_stricter_and_leave_sample_entries_out() -> None:
    entries = [
        replace(each, in_groups=False) if each.id == "dang-phi" else each for each in small_base.entries()
    ]
    index = Index.build(entries, small_base.documents())
    assert find("mức đóng đảng phí", index).outcome == "answer"
    group = find("mức đóng đảng phí", index, group=True)
    assert group.outcome != "answer"
    assert all(each.in_groups for each in (*group.ranked, *group.suggestions))
    assert Thresholds().group_answer > Thresholds().answer > Thresholds().suggest


def test_suggestions_are_at_most_five_and_best_first(index: Index) -> None:
    finding = find("nghị quyết bàn về việc gì", index)
    scores = [each.score for each in finding.ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(finding.suggestions) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "😀😀", "'; DROP TABLE entries; --", "<script>alert(1)</script>", "0", "123456789", "là gì", "?",
        "приве́т как дела", "你好吗", "\u202e\u200b", "của và là thì mà", "nghị quyết", "57", "a" * 10_000,
    ],
)  # fmt: skip
def test_nothing_to_go_by_is_never_an_answer(index: Index, text: str) -> None:
    assert find(text, index).outcome != "answer"


@pytest.mark.parametrize("text", ["xã tiếp công dân ngày nào", "", "nghị quyết 57"])
def test_an_empty_knowledge_base_has_nothing_to_say(text: str) -> None:
    finding = find(text, Index.build([], []))
    assert (finding.outcome, finding.ranked) == ("none", ())


def test_a_thousand_equal_questions_are_no_trouble() -> None:
    entries = [Indexed(at, str(at), "Lịch phun thuốc muỗi?", (), "Thứ bảy.", None) for at in range(1, 1001)]
    finding = find("lịch phun thuốc muỗi", Index.build(entries, []))
    assert len(finding.ranked) == 5


def test_questions_that_read_the_same_are_offered_once() -> None:
    written = ("Lịch phun thuốc muỗi ở thôn?", "LỊCH PHUN THUỐC MUỖI ở thôn?", "Lịch phun thuốc mối ở thôn?")
    entries = [Indexed(at, str(at), text, (), f"Ngày {at}.", None) for at, text in enumerate(written)]
    finding = find("lịch phun thuốc ở thôn", Index.build([*entries, *small_base.entries()[20:]], []))
    offered = [each.question for each in (finding.entry, *finding.suggestions) if each]
    assert len([each for each in offered if "muỗi" in each.lower()]) == 1


@pytest.fixture(scope="module")
def bitten() -> Index:
    asked = ("Bị chó cắn phải làm gì?", "Chó cắn người thì chủ chó phải bồi thường thế nào?")
    bites = [Indexed(900 + at, f"b{at}", text, (), "Theo quy định.", None) for at, text in enumerate(asked)]
    return Index.build([*bites, *small_base.entries()[1:]], [])


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("bị chó cắn phải làm gì", "b0"),
        ("Bi cho can phai lam gi?", "b0"),
        ("cho can nguoi thi chu cho phai boi thuong the nao", "b1"),
    ],
)
def test_an_emergency_has_the_answer_that_was_written_for_it(bitten: Index, text: str, id: str) -> None:
    finding = find(text, bitten)
    assert (finding.outcome, finding.sensitive, finding.entry and finding.entry.id) == (
        "answer",
        "emergency",
        id,
    )


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("chó cắn con tôi chảy máu cứu với", "emergency"), ("cứu tôi với", "emergency"),
        ("tôi muốn khiếu nại. bị chó cắn phải làm gì", "emergency"),
        ("tôi muốn khiếu nại việc mua bảo hiểm y tế hộ gia đình ở xã", "complaint"),
    ],
)  # fmt: skip
def test_what_is_not_surely_answered_is_only_told_where_to_turn(
    bitten: Index, text: str, concern: str
) -> None:
    finding = find(text, bitten)
    assert (finding.outcome, finding.sensitive, finding.suggestions) == ("none", concern, ())


def test_one_index_serves_several_threads(index: Index) -> None:
    expected = find("mức đóng đảng phí", index)
    found: list[Finding] = []
    threads = [Thread(target=lambda: found.append(find("mức đóng đảng phí", index))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_a_change_is_visible_in_the_new_index_only(index: Index) -> None:
    new = Indexed(900, "moi", "Bao giờ phun thuốc muỗi ở khu phố?", ("lịch phun muỗi",), "Thứ bảy.", None)
    changed = index.with_changes([new], removed=[small_base.entries()[-1].key])
    entry = find("lich phun muoi", changed).entry
    assert entry is not None
    assert entry.id == "moi"
    assert find("lich phun muoi", index).outcome != "answer"
    assert "wifi-nha-van-hoa" not in [each.id for each in changed.ranked("nhà văn hóa có wifi không")]
    assert len(changed) == len(index)


def test_a_replaced_entry_is_found_by_its_new_words_only(index: Index) -> None:
    old = next(each for each in small_base.entries() if each.id == "hop-chi-bo")
    changed = index.with_changes(
        [replace(old, question="Ai chủ trì ngày hội bánh chưng?", phrasings=(), answer="Thôn.")]
    )
    found = find("ai chủ trì ngày hội bánh chưng", changed).entry
    assert found is not None
    assert found.key == old.key
    assert old.id not in [each.id for each in changed.ranked("chi bộ họp thường kỳ mấy lần một tháng")]


def test_a_changed_index_is_the_one_that_would_have_been_built(index: Index) -> None:
    kept, changed, gone = small_base.entries()[:-2], *small_base.entries()[-2:]
    changed = replace(changed, question="Ai chủ trì ngày hội bánh chưng xanh?", phrasings=("hội bánh chưng",))
    built = Index.build([*kept, changed], small_base.documents())
    other = index.with_changes([changed], removed=[gone.key])
    for text in ("mức đóng đảng phí", "hội bánh trưng", "nhà văn hóa có wifi không", "nghị quyết 57"):
        assert find(text, other) == find(text, built)


def test_a_document_cited_by_an_entry_is_known(index: Index) -> None:
    document = Cited(50, "33-NQ/TW", "Nghị quyết", "Văn hóa", "Ban Chấp hành Trung ương", date(2014, 6, 9))
    changed = index.with_changes(
        [Indexed(901, "vh", "Văn hóa là gì với phát triển?", (), "Nền tảng.", document)]
    )
    assert find("nq33", changed).documents == (document,)


@pytest.fixture(scope="module")
def dues() -> Index:
    asked = ("Đảng phí đóng bao nhiêu?", "Thủ tục gồm những gì?")
    return Index.build(
        [Indexed(at, f"e{at}", text, (), "Một phần trăm lương.", None) for at, text in enumerate(asked)], []
    )


@pytest.mark.parametrize(
    "text", ["phí", "lệ phí", "bao nhiêu", "thủ tục", "học phí", "học phí đóng bao nhiêu"]
)
def test_words_that_any_entry_could_be_asked_about_are_not_answered(dues: Index, text: str) -> None:
    """However small the knowledge base: that no other entry is alike does not make this one right."""
    assert find(text, dues).outcome == "suggest"


@pytest.mark.parametrize("text", ["đảng phí", "dang phi dong bn", "thủ tục gồm những gì"])
def test_what_an_entry_asks_is_answered(dues: Index, text: str) -> None:
    assert find(text, dues).outcome == "answer"


def test_what_was_written_word_for_word_is_answered_beside_others_much_like_it() -> None:
    written = ("Đổi thẻ thư viện thế nào?", "Làm thế nào để đổi thẻ thư viện?", "Đổi thẻ thư viện ra sao?")
    entries = [Indexed(at, f"{at}", text, (), f"Cách {at}.", None) for at, text in enumerate(written)]
    index = Index.build(entries, [])
    found = [find(text, index, group=True).entry for text in written]
    assert [entry.question if entry else None for entry in found] == [*written]


def test_what_two_entries_say_word_for_word_is_answered_by_neither() -> None:
    entries = [
        Indexed(1, "cu", "Đổi thẻ thư viện cũ thế nào?", ("đổi thẻ thư viện",), "Mang thẻ cũ.", None),
        Indexed(2, "mat", "Mất thẻ thư viện thì sao?", ("đổi thẻ thư viện",), "Mang căn cước.", None),
    ]
    finding = find("đổi thẻ thư viện", Index.build(entries, []), Thresholds(answer=0.6))
    assert {each.id for each in finding.suggestions} == {"cu", "mat"}


_LETTER = (
    "Kính gửi quý cơ quan, gia đình tôi ở cuối ấp đã ba đời làm ruộng, mùa này mưa dầm nên lúa ngã rạp, đàn vịt chạy đồng "
    "cũng hao mất mấy chục con, hai đứa cháu nội thì ham coi điện thoại, tối nào bà nó cũng rầy. Hôm qua thằng út dắt chiếc "
    "xe cũ ra tiệm thay nhớt, thợ bảo phải rã máy, tốn kha khá. "
)


@pytest.fixture(scope="module")
def large() -> Index:
    meetings = [
        Indexed(
            1_000 + at, f"hop-{at}", f"Tổ dân phố số {at} họp vào ngày nào?", (), f"Ngày {at % 28 + 1}.", None
        )
        for at in range(100)
    ]
    return Index.build([*small_base.entries(), *meetings], [])


def test_what_shares_next_to_nothing_with_anything_is_compared_with_nothing(large: Index) -> None:
    recipe = (
        "Thả mực khô lên bếp than hồng, nướng vàng thơm phức, xé nhỏ rưới giấm ớt, cuốn rau thơm chấm mắm gừng, nhâm nhi ly "
        "trà sen"
    )
    assert find(recipe, large).ranked == ()


def test_a_letter_that_comes_to_its_question_at_the_end_finds_it(large: Index) -> None:
    asked = "Xin hỏi đảng viên hưởng lương đóng đảng phí bao nhiêu?"
    assert find(2 * _LETTER + asked, large).ranked[0].id == "dang-phi"


def test_in_a_group_a_sample_does_not_stand_before_what_the_department_asks_itself() -> None:
    question = "Hộ kinh doanh còn nộp thuế khoán không?"
    own = Indexed(1, "own", question, (), "Không, từ năm 2026 hộ kinh doanh kê khai.", None)
    sample = replace(own, key=2, id="sample", in_groups=False)
    near = replace(sample, key=3, id="near", question="Hộ kinh doanh có còn phải nộp thuế khoán không?")
    index = Index.build(
        [*small_base.entries()[5:], *(replace(each, key=900 + each.key) for each in (sample, near, own))], []
    )
    for group in (False, True):
        finding = find(question, index, group=group)
        assert finding.entry
        assert finding.entry.id == "own"
