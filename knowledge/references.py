"""Documents as people name them: "nq 57", "Nghị quyết số 18-NQ/TW ngày 25/10/2017", "nghị quyết 57, 59 và 68"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.letters import clean, fold
from knowledge.places import place_at

KINDS = {
    "nghị quyết": "nq", "chỉ thị": "ct", "kết luận": "kl", "quyết định": "qd", "quy định": "qd",
    "kế hoạch": "kh", "hướng dẫn": "hd", "chương trình hành động": "cthd", "chương trình": "ctr",
    "thông báo": "tb", "thông tư": "tt", "thông tri": "ttri", "nghị định": "nd", "công văn": "cv",
    "báo cáo": "bc", "tờ trình": "ttr", "quy chế": "qc", "công điện": "cd", "đề án": "da",
}  # fmt: skip
KIND_WORDS = {code: words for words, code in reversed(KINDS.items())}
_KIND_CODES = {fold(words): code for words, code in KINDS.items()}
_ISSUERS = {
    "bo chinh tri": "tw", "bct": "tw", "ban bi thu": "tw", "bbt": "tw", "ban chap hanh trung uong": "tw",
    "bch trung uong": "tw", "bch tw": "tw", "bchtw": "tw", "trung uong": "tw", "tw": "tw",
    "chinh phu": "cp", "cp": "cp", "thu tuong chinh phu": "ttg", "thu tuong": "ttg", "ttg": "ttg",
    "uy ban thuong vu quoc hoi": "ubtvqh", "ubtvqh": "ubtvqh", "quoc hoi": "qh",
    "hoi dong nhan dan": "hdnd", "hdnd": "hdnd", "uy ban nhan dan": "ubnd", "ubnd": "ubnd",
    "quan uy trung uong": "qutw", "tinh uy": "tu", "thanh uy": "tu", "huyen uy": "hu", "dang uy": "du",
}  # fmt: skip

_words = "|".join(sorted(_KIND_CODES, key=len, reverse=True))
_codes = "|".join(sorted(set(_KIND_CODES.values()), key=len, reverse=True))
_issuers = "|".join(sorted(_ISSUERS, key=len, reverse=True))
_REFERENCE = re.compile(
    rf"(?:(?<!\w)(?P<kind>{_words}|{_codes})[\s.:]*(?:so\b)?[\s.:#-]*)?"
    r"(?<![\w/,.])?(?P<number>\d{1,5})(?![\d%]|[.,]\d)"
    r"(?:\s?[/-]\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?P<tail>\s?[-/]?\s?(?:(?P<code>{_codes})(?P<suffix>(?:\s?[-/]\s?(?!\d)[a-z]+\d*|\s(?:tw|cp|ttg|hdnd|ubnd)\b)*)"
    r"|(?P<body>qh|ubtvqh)\d{1,2}|(?P<short>tw|cp|ttg|hdnd|ubnd))(?!\w))?"
)
_BEFORE_NUMBER = 64  # characters of a reference before its number, at most: the search begins there
_KINDS = (*_KIND_CODES, *_KIND_CODES.values())
_SIGN = re.compile(rf"(?:\s?[/-]\s?(?:19|20)\d\d)?\s?[-/]?\s?(?:{_codes}|qh|ubtvqh|tw|cp|ttg|hdnd|ubnd)")
_BETWEEN = " .:#-"  # what stands between a kind and its number
_FURTHER = re.compile(
    r"\s*(?:,|;|va|voi|hay|hoac|&|\+)\s*(?:so\s+)?(?P<number>\d{1,4})(?![\d%/.]|\s*(?:nam|ngay|thang)\b)"
)
_ISSUER = re.compile(rf"[\s,(]*(?:do\s+|cua\s+)?(?P<issuer>{_issuers})\b(?:\s+dang\b)?(?:\s+ban hanh)?")
_DATE = re.compile(
    r"[\s,(]*(?:ban hanh\s+)?(?:ngay\s+)?(?P<day>\d{1,2})\s*(?:[/.-]|\s+thang\s+)\s*(?P<month>\d{1,2})"
    r"\s*(?:[/.-]|\s*nam\s+)\s*(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r"[\s,(]*(?:ban hanh\s+)?(?:nam\s+|/\s*|\(\s*)?(?P<year>(?:19|20)\d\d)(?!\d|\s*[-–]\s*\d)")
_TIMES = r"\s+(?:nam(?!\s+(?:19|20)\d\d(?!\s*-))|ngay(?!\s+\d)|thang|gio|lan|buoc|trieu|ty|dong|nguoi"
_COUNTED = {
    True: re.compile(_TIMES + r")\b"),  # after "nghị quyết 57", "mục tiêu" is the next thought
    False: re.compile(
        _TIMES + r"|noi dung|muc tieu|nhiem vu|van ban|diem|nhom|giai phap|loai|phan|cau|cai|tinh|xa)\b"
    ),
}
_NUMBERED = frozenset(("nq", "ct", "kl", "qd", "nd", "tt"))  # kinds that people call by their number
_FORM = re.compile(r"(?:mau|mau so|bieu|bieu mau|to khai|phieu|hinh|bang)\s*$")
_BODIES = frozenset(body for body in _ISSUERS if " " not in body)
_USUAL = {"TTG": "TTg", "CTR": "CTr", "TTR": "TTr", "TTRI": "TTri"}
_MIXED = re.compile(rf"\b(?:{'|'.join(_USUAL)})\b")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as somebody names it; None where it was not said. `kind` is a code such as "nq", `issuer` the
    body in the number ("tw", "cp", "hdnd"), `place` the province or commune of that body, folded."""

    number: str
    kind: str | None = None
    issuer: str | None = None
    year: int | None = None
    issued_on: date | None = None
    place: str | None = None
    text: str = ""

    def conflicts(self, other: "DocumentRef") -> bool:
        """Whether the two cannot be the same document."""
        return self.number != other.number or any(
            mine is not None and theirs is not None and not _same(mine, theirs)
            for mine, theirs in zip(self._said(), other._said(), strict=True)
        )

    def confirmed_by(self, other: "DocumentRef") -> bool:
        """Whether everything that this reference says is known of the other and equal."""
        return self.number == other.number and all(
            mine is None or (theirs is not None and _same(mine, theirs))
            for mine, theirs in zip(self._said(), other._said(), strict=True)
        )

    def fits(self, number: str, kind: str = "", issued_on: date | None = None, issuer: str = "") -> bool:
        """Whether a document with this canonical number ("18-NQ/TW"), kind and date may be the one meant."""
        known = document_ref(number, kind, issued_on, issuer)
        return known is not None and not self.conflicts(known)

    def _said(self) -> tuple[str | int | date | None, ...]:
        return self.kind, self.issuer, self.year, self.issued_on, self.place


def document_ref(
    number: str | None, kind: str = "", issued_on: date | None = None, issuer: str = ""
) -> DocumentRef | None:
    """A document of the database as a reference; None where it has no number that can be read."""
    cleaned = clean(number or "")
    found = [ref for _, _, refs in references(cleaned, fold(cleaned)) for ref in refs]
    if not found:
        digits = re.fullmatch(r"\s*(\d{1,5})\s*", number or "")
        if not digits:
            return None
        found = [DocumentRef(digits[1].lstrip("0") or "0")]
    ref = found[0]
    body, place = _body(" " + clean(issuer))
    return DocumentRef(
        ref.number,
        ref.kind or _KIND_CODES.get(fold(clean(kind))),
        ref.issuer or body,
        issued_on.year if issued_on else ref.year,
        issued_on,
        place,
        number or "",
    )


def references(cleaned: str, bare: str) -> Iterator[tuple[int, int, list[DocumentRef]]]:
    """Where a clean text, given with accents and without, names documents; several at once in "nghị quyết 57, 59"."""
    at = 0
    while digits := _DIGITS.search(bare, at):
        begin, at = max(at, digits.start() - _BEFORE_NUMBER), digits.end()
        if not _may_be_of_document(bare[begin : digits.start()], bare, at):
            continue
        match = _REFERENCE.search(bare, begin)
        if not match:
            return
        at = match.end()
        if not _is_reference(match, bare):
            at = max(match.start() + 1, match.end("number"))
            continue
        end, ref = _described(match, cleaned, bare)
        found = [ref]
        while ref.kind and not match["tail"] and (more := _FURTHER.match(bare, end)):
            end = more.end()
            found.append(DocumentRef(more["number"].lstrip("0") or "0", ref.kind, text=more["number"]))
        at = end
        yield (
            match.start(),
            end,
            [_with_text(one, cleaned[match.start() : end].strip(" ,(")) for one in found],
        )


def in_usual_case(text: str) -> str:
    """ "57/nq-cp" as it is printed, "57/NQ-CP"; so are short names ("NQ 58", "UBND"), and other words stay."""
    said = []
    for at, word in enumerate(text.split()):
        bare = fold(word.lower())
        is_sign = any(map(str.isdigit, bare)) or bare in _BODIES or (at == 0 and bare in KIND_WORDS)
        said.append(_MIXED.sub(lambda found: _USUAL[found[0]], word.upper()) if is_sign else word)
    return " ".join(said)


def _may_be_of_document(before: str, bare: str, end: int) -> bool:
    """Whether a kind may stand before a number, or a sign behind it. Most have neither, and to see that is quicker
    than to search."""
    front = before.rstrip(_BETWEEN)
    return (
        front.endswith(_KINDS)
        or (front.endswith("so") and front[:-2].rstrip(_BETWEEN).endswith(_KINDS))
        or _SIGN.match(bare, end) is not None
    )


def _is_reference(match: re.Match[str], bare: str) -> bool:
    before = bare[: match.start()]
    if before and (before[-1].isalnum() or before[-1] in "/."):
        return False
    if match["body"]:
        return match["year"] is not None or match["kind"] is not None
    if match["code"]:  # "57-NQ/TW"; a bare "57 kh" is not a number of a document
        return bool(match["kind"] or match["suffix"] or re.match(r"\s?[-/]", match["tail"]))
    if not match["kind"]:
        return False
    if len(match["kind"]) <= 3 and _FORM.search(before):
        return False  # "mẫu CT07" is a form
    return bool(match["short"]) or not _COUNTED[_code(match) in _NUMBERED].match(bare, match.end())


def _described(match: re.Match[str], cleaned: str, bare: str) -> tuple[int, DocumentRef]:
    kind = _code(match)
    issuer = match["body"] or match["short"]
    if match["suffix"]:
        issuer = re.sub(r"[^a-z]+", " ", match["suffix"]).split()[-1]
    year = int(match["year"]) if match["year"] else None
    end, day, place = match.end(), None, None
    for _ in range(2):  # "của Bộ Chính trị năm 2024" and "năm 2024 của Bộ Chính trị"
        if said := _ISSUER.match(bare, end):
            issuer, end = issuer or _ISSUERS[said["issuer"]], said.end()
            if of := place_at(cleaned, bare, end):
                end, place = of[0], of[1] or place
        if day is None and (dated := _DATE.match(bare, end)):
            day, end = _day(dated), dated.end()
            year = day.year if day else year
        elif year is None and (dated := _YEAR.match(bare, end)) and not _is_target(int(dated["year"])):
            year, end = int(dated["year"]), dated.end()
    return end, DocumentRef(match["number"].lstrip("0") or "0", kind, issuer, year, day, place)


def _code(match: re.Match[str]) -> str | None:
    return match["code"] or (match["kind"] and _KIND_CODES.get(match["kind"], match["kind"]))


def _is_target(year: int) -> bool:
    """Years that plans aim at ("nq57 năm 2030"). Left in the text, where it must still agree with the entry."""
    return year >= 2030 and year % 5 == 0


def _with_text(ref: DocumentRef, text: str) -> DocumentRef:
    return DocumentRef(ref.number, ref.kind, ref.issuer, ref.year, ref.issued_on, ref.place, text)


def _body(issuer: str) -> tuple[str | None, str | None]:
    bare = fold(issuer)
    found = _ISSUER.search(bare) if issuer.strip() else None
    if not found:
        return None, None
    of = place_at(issuer, bare, found.end())
    return _ISSUERS[found["issuer"]], of[1] if of else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _same(mine: object, theirs: object) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str) and " " in mine + theirs:
        short, long = sorted((mine.split(), theirs.split()), key=len)
        return long[: len(short)] == short
    return mine == theirs
