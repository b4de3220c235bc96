"""The word tables and the weights that come with the program."""

import pytest

from bench import evalsets, train_weights
from knowledge.answering import Thresholds
from knowledge.features import NAMES
from knowledge.normalise import words
from knowledge.scoring import RANKED, SIGNALS, shipped
from knowledge.tables import table


def test_no_phrase_stands_for_two_concepts() -> None:
    phrases = [phrase for group in table("concepts") for phrase in group]
    assert len(phrases) == len(set(phrases))
    assert all(words(phrase).folded for phrase in phrases)


def test_short_forms_are_single_lower_case_words() -> None:
    short = [*table("abbreviations")["always"], *table("abbreviations")["before_number"], *table("chat")]
    assert [form for form in short if form != form.lower() or " " in form] == []


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
