"""Whether a word is spelled like a Vietnamese syllable: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SYLLABLE = re.compile(
    """
    (?: b | c | ch | d | đ | g | gh | gi | h | k | kh | l | m | n | ng | ngh | nh | p | ph | q(?=u) | qu | r | s | t | th
        | tr | v | x )?
    (?P<rime>
        a | ac | ach | ai | am | an | ang | anh | ao | ap | at | au | ay
        | ăc | ăm | ăn | ăng | ăp | ăt | âc | âm | ân | âng | âp | ât | âu | ây
        | e | ec | em | en | eng | eo | ep | et | ê | êch | êm | ên | êng | ênh | êp | êt | êu
        | i | ia | ich | iêc | iêm | iên | iêng | iêp | iêt | iêu | im | in | inh | ip | it | iu
        | o | oa | oac | oach | oai | oam | oan | oang | oanh | oao | oap | oat | oay | oăc | oăm | oăn | oăng | oăt
        | oc | oe | oen | oeo | oet | oi | om | on | ong | ooc | oong | op | ot
        | ô | ôc | ôi | ôm | ôn | ông | ôp | ôt | ơ | ơi | ơm | ơn | ơp | ơt
        | u | ua | uân | uâng | uât | uây | uc | ue | uê | uêch | uênh | ui | uy | um | un | ung
        | uôc | uôi | uôm | uôn | uông | uôt | uơ | up | ut | uya | uych | uyên | uyêt | uynh | uyt | uyu
        | ư | ưa | ưc | ưi | ưm | ưn | ưng | ươc | ươi | ươm | ươn | ương | ươp | ươt | ươu | ưt | ưu
        | y | yêm | yên | yêng | yêt | yêu
    )
    """,
    re.VERBOSE,
)
_LONGEST = 12  # letters, each with its marks beside it: "nghiễng" so has nine
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS = ("c", "ch", "p", "t")
_TONES_BEFORE_STOPS = frozenset("\u0301\u0323")


def is_syllable(word: str) -> bool:
    """True for "nghị", "QUYẾT", "và"; the tone must be one that the syllable can bear ("quyềt" is none)."""
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(maxsize=50_000)
def _is_syllable(word: str) -> bool:
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        (tones if char in _TONES else letters).append(char)
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", "".join(letters)))
    if match is None or len(tones) > 1:
        return False
    return not match["rime"].endswith(_STOPS) or bool(tones and tones[0] in _TONES_BEFORE_STOPS)
