"""What somebody wants to hear of, in their own words: "giáo dục, đất đai cấp tỉnh". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.catalogue import LEVELS, Topic
from knowledge.documents import Level
from knowledge.normalise import clean, fold

# Folded; what people say around the topics themselves. "a" is also how "ạ" is typed without accents.
_AROUND = frozenset(
    (
        *(
            "nhan",
            "tin",
            "ban",
            "van",
            "ve",
            "chu",
            "de",
            "linh",
            "vuc",
            "cap",
            "moi",
            "nghi",
            "quyet",
            "thong",
        ),
        *("cho", "toi", "em", "xin", "muon", "cac", "va", "hang", "ngay", "tuan", "nhe", "a"),
    )
)
_EVERYTHING = frozenset(("tat ca", "moi thu", "moi chu de", "toan bo", "het"))
_LEVEL_WORDS: dict[str, Level] = {
    "trung uong": LEVELS[0],
    "tw": LEVELS[0],
    "tinh": LEVELS[1],
} | dict.fromkeys(("xa", "phuong", "dac khu"), LEVELS[2])
_LONGEST = 8  # words of a topic's name


@dataclass(frozen=True, slots=True)
class Wish:
    """rest        the words that are neither a topic nor a level
    everything  they said so
    """

    topics: tuple[Topic, ...] = ()
    levels: tuple[Level, ...] = ()
    rest: tuple[str, ...] = ()
    everything: bool = False


def read(text: str, topics: Sequence[Topic]) -> Wish:
    """A topic is named by its whole name or by one side of its "và": "giáo dục" is "Giáo dục và đào tạo"."""
    words = re.findall(r"\w+", fold(clean(text)).lower())
    known = _names(topics)
    chosen: dict[str, Topic] = {}
    levels: list[Level] = []
    rest: list[str] = []
    everything = False
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            said = " ".join(words[at : at + length])
            if said in known:
                chosen |= {topic.key: topic for topic in known[said]}
            elif said in _LEVEL_WORDS:
                levels.append(_LEVEL_WORDS[said])
            elif said in _EVERYTHING:
                everything = True
            elif said not in _AROUND:
                continue
            break
        else:
            length = 1
            rest.append(words[at])
        at += length
    return Wish(tuple(chosen.values()), tuple(dict.fromkeys(levels)), tuple(rest), everything)


def _names(topics: Sequence[Topic]) -> dict[str, list[Topic]]:
    names: dict[str, list[Topic]] = {}
    for topic in topics:
        whole = fold(clean(topic.name)).lower()
        sides = (whole, *re.split(r"\bva\b|[,;&/–-]", whole))
        for name in dict.fromkeys(" ".join(re.findall(r"\w+", side)) for side in sides):
            if name and name not in _AROUND:
                names.setdefault(name, []).append(topic)
    return names
