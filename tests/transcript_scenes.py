"""What happens in each scene of docs/transcripts.md: what people do there, on which networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.audience.staff import Role

NAMES = {
    "telegram": "Telegram",
    "zalo-bot": "Zalo Bot",
    "zalo-oa": "Zalo OA",
    "web": "web chat",
    "terminal": "terminal",
}


CHATS = ("telegram", "zalo-bot", "zalo-oa", "web")


@dataclass(frozen=True, slots=True)
class Says:
    """The person writes; {help}, {riengtu} … are the commands as this network writes them. `replies` come back."""

    words: str
    replies: int = 1


@dataclass(frozen=True, slots=True)
class Picks:
    """The person presses the button that starts like this, or types its number."""

    label: str


@dataclass(frozen=True, slots=True)
class Sends:
    """Something else than text happens."""

    shown: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class CodeFrom:
    """A code that somebody asked for on another network is sent here; "": the one that `serve` has printed; "invitation":
    one that an administrator has made for a new editor."""

    network: str


@dataclass(frozen=True, slots=True)
class Missed:
    """What was sent to the person, and the network's rules did not let through."""

    bulk: str
    reply: str


@dataclass(frozen=True, slots=True)
class SomebodySends:
    """Somebody else sends a question to an officer, and the person, who is one, gets its card."""

    question: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The person answers what the last message is about."""

    words: str


Step = Says | Picks | Sends | CodeFrom | Missed | SomebodySends | Answers


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    steps: Sequence[Step]
    new: bool = False  # whether the person has never written before
    group: bool = False
    role: Role | None = None  # what the person is for the department
    on: Sequence[str] = field(default=tuple(NAMES))


SCENES = (
    Scene("The first words", [Says("{start}")], new=True),
    Scene("A question as the first message", [Says("mục tiêu kinh tế số của nghị quyết 57")], new=True),
    Scene(
        "An answer, its detail, related questions",
        [
            Says("muc tieu kinh te so cua nghi quyet 57"),
            Picks("Xem chi tiết"),
            Says("mục tiêu kinh tế số của nghị quyết 57"),
            Picks("Câu hỏi liên quan"),
            Picks("Nghị quyết 57 dành"),
        ],
    ),
    Scene("Thumbs up", [Says("mục tiêu kinh tế số của nghị quyết 57"), Picks("👍")]),
    Scene(
        "Thumbs down asks why",
        [Says("mục tiêu kinh tế số của nghị quyết 57"), Picks("👎"), Picks("Khó hiểu")],
    ),
    Scene(
        "Thumbs down for an answer to another question",
        [Says("mục tiêu kinh tế số của nghị quyết 57"), Picks("👎"), Picks("Không đúng câu")],
        on=CHATS,
    ),
    Scene(
        "An answer that nobody has approved yet",
        [Says("nghị quyết 68 đặt mục tiêu có bao nhiêu doanh nghiệp")],
    ),
    Scene(
        "An answer from a superseded document",
        [
            Says("nghị quyết 19 quy định thời hạn giao đất nông nghiệp ra sao"),
            Picks("Xem văn bản mới"),
        ],
    ),
    Scene("Suggestions", [Says("giao đất năm nay thế nào"), Picks("Không phải")]),
    Scene("No answer", [Says("lịch tiêm phòng dại")]),
    Scene("A document that is not known", [Says("nghị quyết 58 đặt mục tiêu gì cho kinh tế số")]),
    Scene("A document's page", [Says("nq57"), Picks("Nghị quyết 57 đặt")]),
    Scene("A page with more choices than a network has buttons", [Says("kế hoạch 12"), Picks("Ai được học")]),
    Scene(
        "Several documents with one number", [Says("nghị quyết 18"), Picks("Nghị quyết số 18-NQ/TW ngày 25")]
    ),
    Scene(
        "Looking through the documents",
        [
            Says("{tracuu}"),
            Picks("Mới nhất"),
            Picks("Trang sau"),
            Picks("Về mục lục"),
            Picks("Cấp xã"),
            Picks("12-KH/UBND"),
            Picks("Về danh sách"),
        ],
    ),
    Scene("Documents by topic", [Says("{tracuu}"), Picks("Theo chủ đề"), Picks("Môi trường")]),
    Scene("Looking for words", [Says("{tracuu} đất"), Says("{tracuu} 57"), Says("{tracuu} 58")]),
    Scene(
        "Small talk",
        [Says("xin chào"), Says("bạn là ai"), Says("hướng dẫn sử dụng"), Says("cảm ơn bạn nhiều")],
    ),
    Scene("Help", [Says("{help}")]),
    Scene(
        "A question for an officer, one tap after there was no answer",
        [Says("trạm y tế có bác sĩ trực không"), Picks("Gửi cán bộ"), Picks("Rút lại")],
        on=CHATS,
    ),
    Scene(
        "A question for an officer, by command",
        [Says("{gopy}"), Says("Cầu treo suối Rồng hỏng lan can, gọi tôi 0912 345 678"), Picks("Gửi cán bộ")],
        on=CHATS,
    ),
    Scene("Thinking better of it", [Says("{gopy}"), Picks("Thôi, không gửi")], on=CHATS),
    Scene(
        "Subscribing to digests",
        [Says("{dangky}"), Picks("Chọn chủ đề"), Picks("Môi trường"), Picks("Xong"), Says("{huydangky}")],
        on=("telegram", "zalo-bot", "zalo-oa"),
    ),
    Scene("Subscribing in one's own words", [Says("đăng ký môi trường cấp xã")], on=("telegram", "zalo-bot")),
    Scene("Subscribing where nothing can be sent", [Says("{dangky}")], on=("web",)),
    Scene("Privacy", [Says("{riengtu}")]),
    Scene("Deletion", [Says("nghị quyết 18"), Says("{xoadulieu}"), Says("{xoadulieu}")]),
    Scene("A complaint", [Says("tôi muốn khiếu nại việc thu hồi đất")]),
    Scene("A denunciation", [Says("tôi muốn tố cáo cán bộ xã nhận tiền")]),
    Scene("An emergency", [Says("cứu với nhà tôi đang cháy")]),
    Scene(
        "What cannot be read",
        [Sends("a photo", {"kind": "other"}), Says("😀😀"), Says("nghị quyết về đất đai " * 60)],
    ),
    Scene("A number that stands nowhere", [Says("nghị quyết 18"), Says("9")]),
    Scene("A command that does not exist", [Says("/khongco")]),
    Scene("A button of an older version", [Sends("an old button", {"payload": "what/is/this"})]),
    Scene(
        "A code for another network",
        [Says("{lienket}", replies=2)],
        on=CHATS,
    ),
    Scene("A code where there is no other network", [Says("{lienket}")], on=("terminal",)),
    Scene(
        "A code from another network, and undone",
        [CodeFrom("telegram"), Says("{bolienket}"), Says("{bolienket}")],
        on=("zalo-bot", "zalo-oa", "web"),
    ),
    Scene(
        "A code from another network, on Telegram, and everything deleted",
        [CodeFrom("zalo-bot"), Says("{xoadulieu}")],
        on=("telegram",),
    ),
    Scene(
        "A wrong code",
        [Says("lienket 222-222-222"), Says("quantri 222-222-222")],
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "What Zalo did not let through",
        [
            Missed(
                "Bản tin tuần: ba nghị quyết mới về kinh tế tư nhân, khoa học và pháp luật.",
                "Cán bộ trả lời câu hỏi của Bạn: lớp kỹ năng số mở lại vào thứ bảy.",
            ),
            Says("cảm ơn bạn nhiều", replies=3),
            Picks("Xem tin"),
            Sends("the button again, a day later", {"payload": "held"}),
        ],
        on=("zalo-oa",),
    ),
    Scene("Becoming administrator", [CodeFrom("")], on=("zalo-bot",)),
    Scene(
        "An officer answers a question of the people",
        [
            SomebodySends("Trạm y tế có bác sĩ trực buổi tối không? Gọi tôi 0912 345 678"),
            Picks("Nhận"),
            Answers("Trạm y tế có bác sĩ trực đến 21 giờ hằng ngày."),
            Picks("Gửi #"),
            Picks("Đưa vào kho"),
        ],
        role="editor",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "A question that is none of our business",
        [SomebodySends("Cho tôi hỏi giá thuê sạp ở chợ"), Picks("Ngoài phạm vi"), Picks("Gửi #")],
        role="editor",
        on=("telegram",),
    ),
    Scene(
        "A polite refusal, thought better of",
        [
            SomebodySends("Cho tôi hỏi giá thuê sạp ở chợ"),
            Picks("Từ chối"),
            Picks("Việc riêng"),
            Picks("Chưa gửi"),
        ],
        role="editor",
        on=("zalo-bot",),
    ),
    Scene("What waits for a member", [Says("{viec}")], role="administrator", on=("telegram", "zalo-bot")),
    Scene(
        "A document by chat, asked line by line",
        [
            Says("thêm văn bản"),
            Says("71-NQ/TW ngày 31/02/2025"),
            Says("Nghị quyết số 71-NQ/TW ngày 22/8/2025 của Bộ Chính trị"),
            Says("Đột phá phát triển giáo dục và đào tạo"),
            Says("Nêu quan điểm, mục tiêu đến năm 2030 và tám nhóm nhiệm vụ."),
            Picks("Không có"),
            Picks("Thôi"),
        ],
        role="editor",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "A schedule in words",
        [
            Says("thêm lịch thứ Hai"),
            Says("thêm lịch thứ Hai hàng tuần 07:30, cấp xã, chỉ nhóm, tên: Tin xã"),
            Says("{lichbantin}"),
            Picks("Tin xã"),
            Picks("Xóa lịch"),
            Picks("Xóa"),
        ],
        role="approver",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "Inviting somebody",
        [Says("mời biên tập"), Says("mời biên tập Nguyễn Văn An", replies=2)],
        role="administrator",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "Which unit a member belongs to",
        [Says("{donvi}"), Picks("Thôn Đoài")],
        role="editor",
        on=("telegram",),
    ),
    Scene(
        "Passing a digest on",
        [Says("{chuyentiep}", replies=3), Says("đã gửi 3 nhóm"), Picks("Rút lại")],
        role="collaborator",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "A talk in one line, corrected, and the report",
        [
            Says("buoi tuyen truyen: 45 nguoi nghe, thon dong, nghi quyet 57"),
            Picks("Sửa"),
            Picks("Số người nghe"),
            Says("54 người"),
            Says("{baocao}"),
        ],
        role="collaborator",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "A talk in three taps",
        [Says("{buoi}"), Picks("30 người"), Picks("Nghị quyết số 57"), Picks("Rút lại")],
        role="collaborator",
        on=("telegram", "zalo-bot"),
    ),
    Scene(
        "A talk that cannot be right",
        [Says("buổi tuyên truyền: 0 người, 25/12, thôn đông, nghị quyết 57"), Says("40"), Says("hôm qua")],
        role="collaborator",
        on=("zalo-bot",),
    ),
    Scene("Accepting an invitation", [CodeFrom("invitation")], on=("telegram", "zalo-bot")),
    Scene(
        "Privacy and deletion of a member",
        [Says("{riengtu}"), Says("{xoadulieu}")],
        role="editor",
        on=("telegram",),
    ),
    Scene("A code for a group", [Says("mã nhóm", 2)], role="collaborator", on=("zalo-bot",)),
    Scene(
        "Added to a group",
        [
            Sends("added", {"kind": "joined"}),
            Picks("Thiết lập nhóm"),
            Picks("Chọn đơn vị"),
            Says("{thietlap} 20:00-07:00"),
            Picks("Cách cho tôi"),
        ],
        group=True,
        on=("telegram",),
    ),
    Scene(
        "Added to a group of an account", [Sends("added", {"kind": "joined"})], group=True, on=("zalo-oa",)
    ),
    Scene("Setting up a group without a code", [Says("{thietlap}")], group=True, on=("zalo-bot",)),
    Scene(
        "A question in a group",
        [Says("mục tiêu kinh tế số của nghị quyết 57"), Picks("Câu hỏi liên quan")],
        group=True,
        on=("telegram", "zalo-bot", "zalo-oa"),
    ),
    Scene(
        "Looking through the documents in a group",
        [Says("{tracuu}"), Picks("Mới nhất")],
        group=True,
        on=("telegram", "zalo-bot"),
    ),
    Scene("Deletion in a group", [Says("{xoadulieu}")], group=True, on=("telegram", "zalo-bot")),
    # Last: what it changes is seen a moment later by everybody.
    Scene(
        "One document in the place of another",
        [
            Says("thay thế 9-KH/UBND bằng 12-KH/UBND"),
            Picks("Xác nhận"),
            Picks("Tạm ngừng"),
            Picks("Mở lại"),
            Picks("Bỏ đánh dấu thay thế"),
        ],
        role="editor",
        on=("telegram", "zalo-bot"),
    ),
)
