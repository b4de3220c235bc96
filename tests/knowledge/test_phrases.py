"""How phrases with lists and gaps are found in the words of a text."""

import pytest

from knowledge.normalise import words
from knowledge.phrases import Vocabulary, occurs

_LISTS = {"me": ["tôi", "em"], "kin": ["chồng", "chồng {me}"], "hit": ["đánh", "vẫn!"]}


def _found(pattern: str, text: str) -> bool:
    vocabulary = Vocabulary(_LISTS, ["đánh giá"])
    phrase = vocabulary.phrase(pattern)
    return occurs(phrase, vocabulary.places(words(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{me} bị {hit}", "hôm qua tôi bị đánh", True),
        ("{me} bị {hit}", "tôi hay bị đánh", False),
        ("{me} … bị {hit}", "tôi hay bị đánh", True),
        ("{me} … bị {hit}", "tôi vừa mới ra đường bị đánh", False),
        ("{me} … … bị {hit}", "tôi vừa mới ra đường bị đánh", True),
        ("{me} bị {hit}", "bị đánh tôi", False),
        ("{kin} {hit}", "chồng em đánh", True),
        ("{me} bị {hit}", "toi bi danh", True),
        ("{me} bị {hit}", "tôi bị đành", False),
        ("{me} bị {hit}", "tôi bị đánh giá", False),
        ("{me} bị đánh giá", "tôi bị đánh giá", True),
        ("{hit}", "vẫn", True),
        ("{hit}", "van", False),
        ("^ {hit}", "đánh tôi", True),
        ("^ {hit}", "tôi đánh", False),
        ("{hit} $", "tôi đánh", True),
        ("{hit} $", "đánh tôi", False),
        ("^ … {hit} $", "tôi đánh", True),
        ("{hit}", "", False),
    ],
)
def test_a_phrase_is_found(pattern: str, text: str, found: bool) -> None:
    assert _found(pattern, text) is found


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="nobody"):
        _found("{nobody} bị đánh", "tôi")
