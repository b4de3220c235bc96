"""What is no question for the knowledge base: small talk, and messages that a person must handle."""

import re
from functools import cache, lru_cache
from typing import Literal

from knowledge.normalise import Words, words
from knowledge.tables import table

Sensitive = Literal["complaint", "denunciation", "emergency"]


def _any(*alternatives: str) -> re.Pattern[str]:
    """Any of the alternatives as whole words; they are written folded, as the text is that they are sought in."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


_ABOUT_RULES = _any(
    r"luat|nghi dinh|thong tu|nghi quyet|quy dinh|ki dinh|thu tuc|quy trinh|trinh tu|ho so|giay to|mau don",
    r"thoi han|thoi hieu|bao lau|o dau|dieu kien|khai niem|la gi|quyen cua|quyen va|nghia vu",
    r"trach nhiem|tham quyen|khac nhau|phan biet|muc phat|xu phat|phong chong|phong chay|chua chay",
    r"huong dan|tuyen truyen|giai quyet (?:khieu nai|to cao)",
    r"(?:quyet dinh|ket qua) (?:giai quyet|khieu nai|to cao)",
    r"nguoi (?:khieu nai|to cao|bi khieu nai|bi to cao)|ai (?:co quyen|duoc)|co duoc|rut don|online",
    r"truc tuyen|qua mang|nhu the nao|the nao|bao nhieu|luc luong|cong tac|tong dai|so dien thoai",
)
_SELF_HARM = _any(
    r"(?:dang |se |dinh |muon |muon duoc )+(?:tu tu|tu sat|chet|ket lieu)",
    r"khong (?:muon|thiet|can) song(?: nua)?|chan song|khong con muon song",
)
_EMERGENCY = _any(
    r"cuu (?:toi|em|minh|con|chau|voi|me|bo|nguoi)",
    r"(?:dang|co|bi|bi dang|vua|lai) (?:chay|no) (?:nha|lon|to|o|tai|rung|xe|kho|cho|quan|rui|roi|ro)",
    r"chay (?:nha|to|lon|roi|rung|cho|kho|xuong|xe)",
    r"(?:nha|xe|kho|xuong|rung|cho)(?: \w+){0,4} (?:dang chay|bi chay|boc chay|bi no|dang boc chay)",
    r"hoa hoan|(?:goi|can|cho|dua di|xin) (?:xe )?cap cuu|cap cuu (?:voi|gap|khan)",
    r"(?:co )?nguoi (?:bi )?(?:ngat|bat tinh|co giat|dot quy|chay mau|bi thuong|hap hoi|sap chet|duoi nuoc)",
    r"tu tu|tu sat|nhay (?:cau|lau)|uong thuoc (?:sau|doc|ngu)|(?:bi |chet )?duoi nuoc",
    r"(?:dang|co nguoi|co|bi) (?:danh nhau|chem nhau|danh dap|hanh hung|dam chem|cam dao|de doa giet)",
    r"(?:chong|vo|bo|me|cha|ong ta|no|anh ta)(?: \w+){0,2} (?:danh|dap|bao hanh|hanh ha|chem|doa giet) (?:toi|"
    r"em|con|chau|minh|me|vo|be)",
    r"(?:toi|em|con|chau|minh|hang xom|be)(?: \w+){0,3} (?:dang )?bi(?: \w+){0,3} (?:danh dap|bao hanh|bao "
    r"luc|hanh ha|xam hai|hiep dam|bat coc|de doa|duoi danh|chem|danh)",
    r"(?:dang|vua) bi (?:cuop|trom|bat coc|danh|xam hai|lua dao)|bat coc (?:tre|con|chau|be)",
    r"tai nan (?:giao thong )?(?:o|tai|vua|nghiem trong|roi|nang)|co (?:vu )?tai nan",
    r"sat lo (?:dat )?(?:o|tai|roi|nghiem trong)|lu (?:cuon|quet) (?:o|roi|nha|troi)",
    r"dang (?:mac ket|bi ngap|bi lu)",
)
_COMPLAIN = _any(
    r"(?:toi|em|minh|chung toi|gia dinh toi|nha toi|ba con|nguoi dan|chau)(?: \w+){0,3} (?:muon|xin|can|phai|"
    r"se|gui|lam|viet|quyet|de nghi|buc xuc|dang|lam don|gui don)(?: \w+){0,3} (?:khieu nai|khieu kien|kien|"
    r"kieu nai)",
    r"(?:toi|em|minh|chung toi) (?:khieu nai|khieu kien|kien)",
    r"^(?:xin |muon |can |don |gui |cho toi )*(?:khieu nai|khieu kien) (?:viec|ve viec|ong|ba|can bo|chu tich|"
    r"uy ban|quyet dinh|xa|phuong|cong an|truong|benh vien|dien luc|hang xom)",
)
_DENOUNCE = _any(
    r"(?:toi|em|minh|chung toi|gia dinh toi|nha toi|ba con|nguoi dan|chau)(?: \w+){0,3} (?:muon|xin|can|phai|"
    r"se|gui|lam|viet|de nghi|dang|lam don|gui don)(?: \w+){0,3} (?:to cao|to giac)",
    r"(?:toi|em|minh|chung toi) (?:to cao|to giac|xin to cao|xin to giac)",
    r"^(?:xin |muon |can |don |gui |cho toi )*(?:to cao|to giac) (?:viec|ve viec|hanh vi|ong|ba|can bo|chu "
    r"tich|co quan|bi thu|giam doc|cong an|hieu truong|doi tuong|mot|nguoi|thang|hang xom|ten|ke|duong day)",
    r"(?:toi|em|minh)(?: \w+){0,2} (?:bao|trinh bao|bao tin) (?:cong an )?(?:ve |co )?(?:nguoi|doi tuong|"
    r"nhom)(?: \w+){0,3} (?:ma tuy|danh bac|trom|cuop|lua dao|buon lau|co bac)",
)
_GRIEVANCE = _any(
    r"(?:ong|ba|anh|chi|can bo|cong chuc|chu tich|bi thu|truong thon|truong ban|cong an|dia chinh|lanh dao|"
    r"hieu truong|giam doc|canh sat)(?: \w+){0,5} (?:nhan tien|nhan hoi lo|an hoi lo|doi tien|voi tien|nhung "
    r"nhieu|hach sach|tham o|tham nhung|an chan|bao ke|lam dung|chiem doat|an tien|lay tien|lan chiem|sai "
    r"pham|bien thu|gay kho de)",
    r"(?:thu hoi|lay|cuong che|chiem|lan chiem|pha)(?: \w+){0,3} (?:dat|nha|ruong)(?: \w+){0,2} (?:cua "
    r")?(?:toi|nha toi|gia dinh toi|chung toi)(?: \w+){0,4} (?:sai|trai|khong den bu|khong thong bao|vo ly|"
    r"oan)",
    r"(?:toi|nha toi|gia dinh toi) bi (?:oan|xu ep|tru dap|oan uc)",
)
_QUESTION_OF_RULES = _any(
    r"xu ly the nao|xu phat|bi phat|muc phat|luat|nghi dinh|quy dinh|bao nhieu nam|bi xu ly|phong chong",
    r"la gi|thi bi",
)
_MEANT = {
    word: frozenset(mark for form in forms.split() for mark in words(form).marked if mark)
    for word, forms in {
        "chay": "cháy", "no": "nổ nó", "cuu": "cứu cấp", "danh": "đánh", "dam": "đâm", "chet": "chết", "to": "tố to",
        "kien": "kiện", "cao": "cáo cao", "tu": "tự tử", "bao": "báo bạo", "chem": "chém", "duoi": "đuối đuổi dưới",
    }.items()
}  # fmt: skip


def sensitive(text: str) -> Sensitive | None:
    """Whether the message must go to people instead of the knowledge base. A question about the rules on
    complaints, denunciations or rescue is a question like any other."""
    flat = _guarded(text)
    if _SELF_HARM.search(flat) and not _QUESTION_OF_RULES.search(flat):
        return "emergency"
    about_rules = bool(_ABOUT_RULES.search(flat))
    if not about_rules and _EMERGENCY.search(flat):
        return "emergency"
    accused = bool(_GRIEVANCE.search(flat)) and not _QUESTION_OF_RULES.search(flat)
    if (_DENOUNCE.search(flat) and not about_rules) or (accused and not _COMPLAIN.search(flat)):
        return "denunciation"
    if _COMPLAIN.search(flat) and (accused or not about_rules):
        return "complaint"
    return None


def _guarded(text: str) -> str:
    """The folded text; a syllable whose typed accents make it another word ("chạy", not "cháy") is spoilt."""
    said = _said(text)
    return " ".join(
        f"{word}_" if mark and word in _MEANT and mark not in _MEANT[word] else word
        for word, mark in zip(said.folded, said.marked, strict=True)
    )


def small_talk(text: str) -> str | None:
    """The key of the small talk that the whole message is ("greeting", "thanks" …), else None."""
    said = list(_said(text).folded)
    if not said or len(said) > 14:
        return None
    flat = " ".join(said)
    for form in (flat, _trimmed(flat)):
        for key, pattern in _patterns():
            if form and pattern.fullmatch(form):
                return key
    return None


@lru_cache(maxsize=64)
def _said(text: str) -> Words:
    return words(text)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Key to the folded phrases of knowledge/data/small_talk.json; one or more of a kind in a row."""
    found = []
    for key, phrases in table("small_talk").items():
        if key != "address":
            forms = "|".join(sorted({str(words(phrase)) for phrase in phrases}, key=len, reverse=True))
            found.append(
                (
                    key,
                    re.compile(
                        rf"(?:(?:{forms}|{_address()})(?: |$))*(?:{forms})(?: (?:{forms}|{_address()}))*"
                    ),
                )
            )
    return tuple(found)


@cache
def _address() -> str:
    return "|".join(
        sorted({str(words(word)) for word in table("small_talk")["address"]}, key=len, reverse=True)
    )


def _trimmed(flat: str) -> str:
    """The message without a greeting before it: "chào bạn, bạn là ai" is the second thing."""
    greeting = "|".join(
        sorted({str(words(one)) for one in table("small_talk")["greeting"]}, key=len, reverse=True)
    )
    return re.sub(rf"^(?:(?:{greeting}|{_address()}) )+", "", flat)
