"""The word tables and the weights that come with the program."""

import json
import re
from importlib.resources import files

import pytest

from bench import evalsets, train_weights
from knowledge.analysis import analysed
from knowledge.answering import Thresholds
from knowledge.features import NAMES
from knowledge.letters import both_forms, clean, fold, tokens
from knowledge.normalise import words
from knowledge.scoring import RANKED, SIGNALS, shipped
from knowledge.short_forms import ShortForms, defaults, shipped_forms
from knowledge.tables import table


def test_no_phrase_stands_for_two_concepts() -> None:
    phrases = [phrase for group in table("concepts") for phrase in group]
    assert len(phrases) == len(set(phrases))
    assert all(words(phrase).folded for phrase in phrases)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phí", "học phí"), ("phí", "viện phí"), ("đảng phí", "đoàn phí"), ("lương", "thu nhập"), ("lương", "lương cơ sở"),
        ("nhập khẩu", "hộ khẩu"), ("chứng thực", "xác thực"), ("hủy", "thu hồi"), ("an toàn", "bảo mật"),
        ("nhà ở", "chung cư"), ("giấy phép", "chứng chỉ"), ("tuyển", "tuyển sinh"), ("sáp nhập", "sáp nhập tỉnh"),
        ("cấp", "cấp huyện"), ("phổ thông", "đại học"), ("bộ đội", "lực lượng vũ trang"), ("lỗi", "không được"),
        ("phạt", "xử lý"), ("hết hạn", "thời hạn"), ("giải thể", "tạm ngừng"), ("hộ nghèo", "hộ cận nghèo"),
        ("sinh con", "khai sinh"), ("mai táng", "tử tuất"), ("khám nghĩa vụ", "nghĩa vụ quân sự"),
        ("kết nạp đoàn viên", "kết nạp đảng viên"), ("nơi", "ở đâu"), ("gia đình", "người thân"),
    ],
)  # fmt: skip
def test_words_that_people_mean_differently_are_no_concept(one: str, other: str) -> None:
    assert analysed(one).units != analysed(other).units


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cúp điện", "cắt điện"), ("giải phóng mặt bằng", "giải tỏa"), ("bìa đất", "sổ đỏ"),
        ("lên thổ cư", "chuyển mục đích"),
        ("đi lính", "nhập ngũ"), ("cả nhà", "hộ gia đình"), ("nước máy", "nước sạch"), ("hốt rác", "thu gom rác"),
        ("tăng ca", "làm thêm giờ"), ("quỵt lương", "nợ lương"), ("nón bảo hiểm", "mũ bảo hiểm"),
    ],
)  # fmt: skip
def test_an_everyday_word_is_the_official_one(one: str, other: str) -> None:
    assert analysed(one).units == analysed(other).units


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("trường hợp", "trường"), ("đất nước", "đất"), ("cách mạng", "mạng"), ("sản xuất", "xuất"), ("lãnh đạo", "lãnh"),
        ("cung cấp", "cấp"), ("cho phép", "phép"), ("giá trị", "giá"), ("độc lập", "lập"), ("con người", "con"),
        ("báo cáo", "báo"), ("từng bước", "bước"), ("bố trí", "bố"), ("thanh tra", "tra"), ("lưu ý", "lưu"),
    ],
)  # fmt: skip
def test_a_syllable_means_nothing_inside_another_word(compound: str, part: str) -> None:
    assert analysed(part).units[0] not in analysed(compound).units


def test_a_compound_is_its_syllables_and_no_other_compound() -> None:
    assert analysed("trường hợp nào").units == ("truong", "hop", "nao")


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("mua bao hiem", "mưa bão"), ("nop ho so", "nộp hộ"), ("lam roi ma", "làm rơi"), ("toi da nop", "tối đa"),
        ("co can cuoc", "có cần"), ("sang chu nhat", "sang chủ"), ("vay thi sao", "vay"),
        ("khi mo quan", "khi mô"), ("luat su dung dat", "luật sư"), ("chuyen dang ky xe", "chuyển đảng"),
    ],
)  # fmt: skip
def test_text_without_accents_is_not_read_as_a_rarer_word(typed: str, other: str) -> None:
    assert not set(analysed(other).units) & {unit for unit in analysed(typed).units if unit.startswith("#")}


def test_short_forms_are_clean_and_mean_something_else() -> None:
    for form in defaults():
        assert form.written == clean(form.written)
        assert form.means == clean(form.means)
        written, means = words(form.written, ShortForms()), words(form.means, ShortForms())
        assert (written.folded, written.marked) != (means.folded, means.marked)


def test_no_short_form_is_read_into_text_that_only_lost_its_accents() -> None:
    """The starter knowledge, typed without accents, has no short form that it does not have with them."""
    for text in _starter_sentences():
        assert _read(fold(text)) - _read(text) <= {"a"}, text  # "à" and "ạ" are particles like it


def test_the_weights_name_every_feature_and_signal() -> None:
    stored = table("weights")
    assert tuple(stored["ranking"]) == RANKED
    assert tuple(stored["confidence"]) == SIGNALS
    assert len(shipped().ranking) == len(NAMES)
    assert 0.5 < Thresholds().answer < Thresholds().group_answer < 1


def test_the_weights_are_of_this_code() -> None:
    """The script notes what the features of some questions came to; other features need other weights."""
    if not evalsets.present():
        pytest.skip(evalsets.MISSING)
    assert table("weights")["features"] == {"checksum": train_weights.checksum()}


def _starter_sentences() -> list[str]:
    lines = (files("knowledge") / "starter" / "entries.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    texts = [text for each in entries for text in (each["question"], each["answer"], *each["phrasings"])]
    return [part for text in texts for part in re.split(r"[.;:!?\n]", text) if part.strip()]


def _read(text: str) -> set[str]:
    cleaned = clean(text)
    typed = tokens(cleaned)
    said = [both_forms(word) for word in typed]
    accents = shipped_forms().accents_typed([bare for bare, _ in said], [mark for _, mark in said])
    found = shipped_forms().found(cleaned, typed, said, accents=accents)
    return {fold(" ".join(typed[start:end])) for start, end, _ in found}
