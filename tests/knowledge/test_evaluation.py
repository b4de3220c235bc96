from knowledge.evaluation import asked, evaluate
from tests.knowledge import small_base


def test_figures_rows_and_confusions() -> None:
    questions = asked(
        [
            {"query": "mức đóng đảng phí", "expect": ["dang-phi"]},
            {"query": "xã tiếp công dân ngày nào", "expect": ["hop-chi-bo"]},
            {"query": "giá vàng hôm nay", "expect": []},
            {"query": "chào bạn", "expect": []},
        ]
    )
    evaluation = evaluate(small_base.index(), questions)
    figures = evaluation.figures()
    assert (figures["questions"], figures["top1"]) == (2, 0.5)
    assert (figures["direct"], figures["direct_right"], figures["direct_wrong"]) == (2, 1, 1)
    assert (figures["negatives"], figures["negatives_answered"], figures["small_talk"]) == (2, 0, 1)
    assert [row.as_json()["query"] for row in evaluation.rows] == [each.query for each in questions]
    assert evaluation.rows[0].as_json()["ranked"][0] == "dang-phi"
    (worst, *_) = evaluation.confusions()
    assert (worst["query"], worst["got"], worst["outcome"]) == (
        "xã tiếp công dân ngày nào",
        "lich-tiep-dan",
        "answer",
    )


def test_no_questions_give_figures_of_zero() -> None:
    assert evaluate(small_base.index(), []).figures()["top1"] == 0.0
