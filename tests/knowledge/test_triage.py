"""What is small talk, and what a person must handle; many more messages stand in fixtures/triage.json."""

import json
import re
import time
from pathlib import Path

import pytest

from knowledge.tables import table
from knowledge.triage import sensitive, small_talk

_LABELLED: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "fixtures" / "triage.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("chào bạn", "greeting"), ("Xin chào ạ!", "greeting"), ("hello ad", "greeting"), ("alo", "greeting"),
        ("cảm ơn bạn nhiều nhé", "thanks"), ("cam on", "thanks"), ("tks", "thanks"), ("tạm biệt", "goodbye"),
        ("bye bye", "goodbye"), ("bạn là ai vậy", "who"), ("chào bạn, bạn là ai", "who"), ("ban la ai", "who"),
        ("bạn có phải người thật ko", "who"), ("ban co phai nguoi that k", "who"), ("ok cảm ơn", "thanks"),
        ("bạn có phải là bot không", "who"), ("bạn làm được gì", "help"), ("menu", "help"),
        ("cho tôi hỏi chút", "ask"), ("ok", "yes"), ("vâng ạ", "yes"), ("không cần đâu", "no"),
        ("giỏi quá", "praise"), ("ngu thế", "insult"), ("buồn quá", "mood"), ("có ai ở đây không", "presence"),
    ],
)  # fmt: skip
def test_small_talk(text: str, key: str) -> None:
    assert small_talk(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "", "😀", "chào bạn cho tôi hỏi nghị quyết 57 là gì", "nghị quyết 57", "cảm ơn, còn mục tiêu đến 2030 thì sao",
        "ai được vay vốn hộ nghèo", "không đăng nhập được", "giúp tôi làm khai sinh", "lịch tiếp dân",
        "ok vậy đóng đảng phí ở đâu",
        "tôi muốn hỏi về đảng phí",
    ],
)  # fmt: skip
def test_a_question_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cháy nhà ở xóm 3", "emergency"), ("nhà hàng xóm đang cháy to lắm", "emergency"),
        ("cứu tôi với", "emergency"), ("gọi cấp cứu giúp tôi", "emergency"), ("tôi muốn tự tử", "emergency"),
        ("em không muốn sống nữa", "emergency"), ("chồng tôi đánh tôi", "emergency"),
        ("co nguoi bi duoi nuoc", "emergency"), ("đang đánh nhau ngoài chợ", "emergency"),
        ("tôi muốn khiếu nại việc thu hồi đất của nhà tôi", "complaint"), ("tôi khiếu nại", "complaint"),
        ("gia đình tôi xin gửi đơn khiếu nại", "complaint"), ("khiếu nại chủ tịch xã", "complaint"),
        ("tôi muốn tố cáo cán bộ xã", "denunciation"), ("cán bộ địa chính đòi tiền tôi", "denunciation"),
        ("toi muon to cao can bo xa an hoi lo", "denunciation"), ("xin tố giác đường dây đánh bạc", "denunciation"),
    ],
)  # fmt: skip
def test_what_a_person_must_handle(text: str, kind: str) -> None:
    assert sensitive(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Luật Khiếu nại quy định gì", "thủ tục khiếu nại", "thời hạn giải quyết tố cáo", "hồ sơ tố cáo gồm những gì",
        "người tố cáo có được bảo vệ không", "quy định về phòng cháy chữa cháy", "xe đang chạy ở đường nào",
        "luật phòng chống bạo lực gia đình", "số điện thoại cấp cứu là bao nhiêu", "tư vấn giúp tôi về đất đai",
        "nghị quyết 57", "tổ chức đảng", "muốn tư vấn bảo hiểm y tế", "bạo lực gia đình bị xử lý thế nào",
        "khiếu nại và tố cáo khác nhau thế nào", "chương trình chạy thử phần mềm",
    ],
)  # fmt: skip
def test_a_question_about_the_rules_is_a_question(text: str) -> None:
    assert sensitive(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (text, None if kind == "question" else kind)
        for kinds in _LABELLED.values()
        for kind, texts in kinds.items()
        for text in texts
    ],
)
def test_labelled_messages(text: str, kind: str | None) -> None:
    assert sensitive(text) == kind
    assert kind or small_talk(text) is None


def test_the_gravest_sentence_counts_and_another_sentence_about_rules_does_not_hide_it() -> None:
    assert sensitive("Tôi muốn khiếu nại. Tôi tố cáo chủ tịch xã.") == "denunciation"
    assert sensitive("Tôi tố cáo chủ tịch xã. Nhà tôi đang cháy!") == "emergency"
    assert sensitive("Nhà tôi đang cháy! Luật quy định thế nào?") == "emergency"
    assert sensitive("Chào bạn. " * 200 + "Cứu tôi với. " + "Chào bạn. " * 200) == "emergency"


def test_typed_accents_count() -> None:
    assert sensitive("nha hang xom dang chay") == sensitive("nhà hàng xóm đang cháy") == "emergency"
    assert sensitive("nhà hàng xóm đang chạy") is None
    assert sensitive("tự vẫn") == "emergency"
    assert sensitive("can tu van") is None


@pytest.mark.parametrize("text", ["bị em đánh giá " * 700, "a. " * 3400, "x" * 10_000, "cứu\n" * 2500])
def test_long_messages_are_bounded(text: str) -> None:
    sensitive("warm"), small_talk("warm")
    start = time.process_time()
    sensitive(text), small_talk(text)
    assert time.process_time() - start < 0.5


def test_every_word_list_is_used() -> None:
    data = table("triage")
    used = set(re.findall(r'\{([^{}":]+)\}', json.dumps(data, ensure_ascii=False)))
    assert used == set(data["lists"])
