"""A question that leaves its document unsaid: "còn mục tiêu thì sao?", "ai thực hiện?", "nghị quyết này …", "kinh phí"."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.letters import clean, fold
from knowledge.numbers import facts
from knowledge.tables import table

_LONGEST = 12  # words of a question that only its beginning or its end makes a follow-up
_LONGEST_POINTING = 30
_PUNCTUATION = re.compile(r"[.,;:!?…\"“”()]+(?=\s|$)|(?<=\s)[\"“(]+|^[\"“(]+")
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked, without the words that lead back. `leans`: it makes no sense without a document ("nghị quyết này …",
    "kinh phí?"); `noun` is how it calls the document, "" where any will do."""

    asked: str
    leans: bool
    noun: str = ""

    def may_mean(self, kind: str) -> bool:
        return self.noun in ("", kind.lower())


def read(text: str) -> FollowUp | None:
    """The text as a follow-up; None for a question that names its document itself, or does not look back."""
    said = " ".join(_PUNCTUATION.sub(" ", clean(text)).split())
    if not said or len(said.split()) > _LONGEST_POINTING:
        return None
    found = _looking_back(said)
    if not found:  # asked first, for it is quick, and so it is with most questions
        return None
    stated = facts(said)
    return None if stated.references or stated.terms else found


def asks_of_any(text: str) -> bool:
    """Whether every document could be asked that ("kinh phí thực hiện nghị quyết lấy từ đâu", "chỉ thị này nói gì"): by
    itself it is about none of them."""
    found = read(text)
    if found is None or not found.leans:
        return False
    return not found.asked or bool(
        _forms(not found.asked.isascii()).only_aspects.fullmatch(f"{found.asked} ")
    )


def _looking_back(said: str) -> FollowUp | None:
    forms = _forms(not said.isascii())
    said = forms.polite_end.sub("", f"{said} ").strip()
    if found := forms.points.search(said):
        before = forms.opener.sub("", f"{said[: found.start()]} ", count=1)
        asked = forms.polite_start.sub("", f"{before} {said[found.end() :]}".lstrip())
        return FollowUp(" ".join(asked.split()), leans=True, noun=forms.nouns[found["noun"]])
    if len(said.split()) > _LONGEST:
        return None
    if found_on := _going_on(said, forms):
        return found_on
    return _of_some_document(forms.polite_start.sub("", said), forms)


def _going_on(said: str, forms: "_Forms") -> FollowUp | None:
    """ "còn mục tiêu thì sao", "thế còn kinh phí", "giáo viên thì sao"; not "nếu tôi vắng mặt thì sao", and not "còn nhận
    hồ sơ không", which asks whether it is still so."""
    closed = forms.closer.search(said)
    rest = said[: closed.start()] if closed else said
    opened = forms.opener.match(rest)
    if opened:
        if opened["unsure"] and not closed and forms.asks_whether.search(said):
            return None
        rest = rest[opened.end() :]
    elif not closed or forms.supposing.match(said):
        return None
    else:
        rest = forms.polite_start.sub("", rest)
    rest = rest.strip()
    if not rest:
        return None
    return _of_some_document(rest, forms) or FollowUp(rest, leans=False)


def _of_some_document(said: str, forms: "_Forms") -> FollowUp | None:
    """ "ai thực hiện"; also where a document is spoken of, but not which: "kinh phí thực hiện nghị quyết"."""
    if _asks_an_aspect(said, forms):
        return FollowUp(said, leans=True)
    if not (named := forms.noun.search(said)):
        return None
    rest = " ".join(f"{said[: named.start()]} {said[named.end() :]}".split())
    return (
        FollowUp(rest, leans=True, noun=forms.nouns[named["noun"]]) if _asks_an_aspect(rest, forms) else None
    )


def _asks_an_aspect(said: str, forms: "_Forms") -> bool:
    """ "ai thực hiện", "kinh phí", "mục tiêu đến năm 2030": of every document somebody may ask that."""
    return bool(forms.only_aspects.fullmatch(f"{said} ") and forms.asks.search(said))


@dataclass(frozen=True, slots=True)
class _Forms:
    """knowledge/data/follow_up.json as patterns, for text with accents or without."""

    polite_start: re.Pattern[str]
    polite_end: re.Pattern[str]
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    supposing: re.Pattern[str]
    asks_whether: re.Pattern[str]
    points: re.Pattern[str]
    noun: re.Pattern[str]
    only_aspects: re.Pattern[str]
    asks: re.Pattern[str]
    nouns: dict[str, str]


@cache
def _forms(accents: bool) -> _Forms:
    data = table("follow_up")

    def one_of(*lists: str) -> str:
        forms = [form for name in lists for form in data[name]]
        forms = forms if accents else [fold(form) for form in forms]
        return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))

    polite = one_of("polite")
    unsure = one_of("openers with accents") if accents else r"(?!)"
    pointers = one_of("pointers", *(["pointers with accents"] if accents else []))
    nouns = {form if accents else fold(form): kind for form, kind in data["nouns"].items()}
    return _Forms(
        polite_start=re.compile(rf"^(?:(?:{polite})\s+)+"),
        polite_end=re.compile(rf"(?:\s+(?:{polite}))+\s*$"),
        opener=re.compile(
            rf"^(?:(?:{polite})\s+)*?(?:(?:{one_of('openers')})|(?P<unsure>{unsure}))(?:\s+|$)"
        ),
        closer=re.compile(rf"(?:^|\s+)(?:{one_of('closers')})$"),
        supposing=re.compile(rf"(?:(?:{polite})\s+)*(?:{one_of('supposing')})\b"),
        asks_whether=re.compile(rf"\s(?:{one_of('asks whether')})$"),
        points=re.compile(rf"(?<!\w)(?P<noun>{one_of('nouns')})\s+(?:{pointers})(?!\w)"),
        noun=re.compile(rf"(?<!\w)(?P<noun>{one_of('nouns')})(?!\w)"),
        only_aspects=re.compile(rf"(?:(?:{one_of('aspects', 'questions', 'between')}|{_YEAR})\s+)+"),
        asks=re.compile(rf"(?<!\w)(?:{one_of('aspects', 'questions')})(?!\w)"),
        nouns=nouns,
    )
