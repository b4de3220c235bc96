"""What members of staff read about digests: drafts to approve, what was done with them, how sending goes, urgent news."""

STATES = {
    "draft": "chờ duyệt",
    "approved": "đã duyệt, chờ đến giờ",
    "sending": "đang gửi",
    "paused": "đang tạm dừng",
    "sent": "đã gửi xong",
    "skipped": "đã bỏ qua",
    "cancelled": "đã hủy",
}
REASONS = {
    "not approved": "quá hạn mà chưa được duyệt",
    "missed": "quá hạn gửi",
    "nobody": "không có nơi nào cần nhận, vì chưa ai đăng ký hoặc mọi nơi đã nhận các văn bản này",
    "withdrawn": "các văn bản trong bản tin không còn hiệu lực",
}

# The card

HEADING = "Bản tin #{key}: {title}"
WHEN = "Gửi lúc {when} ({state})"
STATE = "Bản tin {state}"
SKIPPED_BECAUSE = "Lý do: {reason}"
OF_SCHEDULE = "Theo lịch: {name}"
APPROVED_BY = "Người duyệt: {name}"
QUIET_WAITS = "Đang trong giờ yên tĩnh: gửi từ {when}."
QUIET_IGNORED = "Gửi ngay, kể cả trong giờ yên tĩnh."
GREETING = "Lời chào: {text}"
ITEM = "{name}: {title}"
MORE_ITEMS = "… và {count} văn bản nữa"
REACHES = "Gửi tới {chats} nơi ({groups} nhóm, {people} cá nhân): {networks}."
CALLS = "{messages} tin, hết khoảng {minutes} phút theo tốc độ các mạng cho phép."
REACHES_NOBODY = (
    "Hiện bản tin này chưa có ai nhận: chưa có nhóm hay người nào đăng ký, hoặc mọi nơi đã nhận các văn bản "
    "này."
)
OA = (
    "Zalo OA: {open} người trong 48 giờ (gửi được ngay), {paid} người trong 7 ngày ({paid_how}), "
    "{closed} người ngoài 7 ngày (nhận khi họ nhắn lại)."
)
OA_PAID, OA_NOT_PAID = "tính phí", "chờ họ nhắn lại, vì đơn vị chưa đồng ý trả phí"
NETWORK = "{name} {count}"

RENDERED = "Trên {where}, người nhận thấy đúng như sau:"
PLACE_GROUP, PLACE_PRIVATE = "{network} (nhóm)", "{network} (cá nhân)"
BUTTONS = "Nút bấm: {labels}"
WITH_PICTURE = "(kèm ảnh thẻ)"

# Buttons

APPROVE = "Duyệt"
APPROVE_NOW = "Duyệt, gửi ngay"
OVERRIDE_QUIET = "Gửi cả trong giờ yên tĩnh"
KEEP_QUIET = "Chờ hết giờ yên tĩnh"
EDIT = "Sửa lời"
DROP = "Bỏ mục"
POSTPONE = "Hoãn"
CANCEL = "Hủy bản tin"
TEST = "Gửi thử"
FULL = "Xem bản đầy đủ"
PAUSE, RESUME, STOP = "Tạm dừng", "Gửi tiếp", "Dừng hẳn"
FAILED = "Xem lỗi"
BACK = "Quay lại"

# What is done

APPROVED = "Đã duyệt. Bản tin gửi lúc {when}."
APPROVED_NOW = "Đã duyệt. Bản tin bắt đầu gửi trong một phút nữa."
APPROVED_QUIET = "Đã duyệt. Đang trong giờ yên tĩnh nên bản tin gửi từ {when}."
APPROVED_TO_AUTHOR = "Đồng chí {name} đã duyệt bản tin #{key} “{title}” của đồng chí. Bản tin gửi từ {when}."
CANCELLED_TO_AUTHOR = "Đồng chí {name} đã hủy bản tin #{key} “{title}” của đồng chí."
CHANGED_SINCE = "Bản tin đã thay đổi sau khi thẻ này được gửi. Đồng chí xem bản mới dưới đây rồi quyết định."
OWN = "Lời của bản tin do đồng chí viết nên cần một người duyệt khác (quy định hai người)."
OWN_URGENT = "Tin khẩn do đồng chí soạn nên cần một người duyệt khác (quy định hai người)."
BACK_TO_DRAFT = "Bản tin đã sửa nên cần được duyệt lại."
DONE_BY = "{what} Đồng chí {name} đã làm việc này."
EDIT_WHICH = "Đồng chí muốn sửa phần nào?"
EDIT_GREETING = "Lời chào"
EDIT_ASK = "Gõ nội dung mới. Hiện tại:\n{now}\n\nGõ “xóa” để bỏ trống, “thôi” để giữ nguyên."
EDIT_NONE = "(đang trống)"
EDITED = "Đã sửa."
UNCHANGED = "Giữ nguyên, không sửa gì."
DROP_WHICH = "Bỏ văn bản nào khỏi bản tin? Văn bản đã bỏ không vào bản tin sau của lịch này."
DROPPED = "Đã bỏ {name} khỏi bản tin."
POSTPONE_ASK = "Hoãn đến khi nào? Chọn dưới đây, hoặc gõ: “2 giờ”, “sáng mai”, “15h30”, “25/11 07:30”."
POSTPONE_CHOICES = (
    ("1h", "1 giờ nữa"),
    ("3h", "3 giờ nữa"),
    ("evening", "18:00 chiều nay"),
    ("morning", "Sáng mai 07:30"),
)
POSTPONED = "Đã hoãn: bản tin gửi lúc {when}."
NOT_A_TIME = "Tôi chưa hiểu “{text}”. Đồng chí gõ: “2 giờ”, “sáng mai”, “15h30” hoặc “25/11 07:30”."
CANCEL_SURE = "Hủy bản tin này? Nội dung sẽ có trong bản tin lần sau."
STOP_SURE = "Dừng hẳn? Những nơi chưa nhận sẽ không nhận bản tin này nữa."
YES_CANCEL, YES_STOP, NO = "Hủy", "Dừng hẳn", "Không, giữ lại"
CANCELLED = "Đã hủy bản tin."
STOPPED_AT_END = "Đã dừng. Trước đó mọi tin đã gửi xong."
STOPPED = "Đã dừng. {count} tin chưa gửi sẽ không gửi nữa."
PAUSED = "Đã tạm dừng. Tin đang gửi dở vẫn đi nốt."
RESUMED = "Đang gửi tiếp."
RESUMED_QUIET = "Đang trong giờ yên tĩnh nên bản tin gửi tiếp từ {when}."
TEST_WHERE = "Gửi thử tới đâu? Chỉ nơi được chọn nhận bản thử; bản thử không tính là đã gửi."
TEST_OWN = "Gửi cho tôi"
TEST_GROUP = "Nhóm {title}"
TEST_GROUP_UNNAMED = "Nhóm số {key} trên {network}"
TEST_MARK = "[Gửi thử] "
TEST_SENT = "Đã gửi thử tới {where}."
TEST_SENT_OWN = "Bản gửi thử ở ngay trên đây."
TEST_GONE = "Nhóm này không còn nhận được tin."
NO_EARLIER = "Đây là bản tin đầu tiên của lịch này, chưa có lần trước để so sánh."
SINCE_TEST = "So với lần gửi thử trước:"
SINCE_LAST = "So với bản tin lần trước (ngày {date}):"
SAME = "không có gì thay đổi"
NEW_GREETING, NEW_TITLE = "lời chào đã đổi", "tên bản tin đã đổi"
MORE_OR_LESS = "{now} văn bản (trước: {before})"
ADDED, REMOVED, REWORDED = "thêm {names}", "bỏ {names}", "sửa lời {names}"
CHATS = "gửi tới {now} nơi (trước: {before})"

# What approvers are told by itself

TOLD_DRAFT = "Bản tin sắp gửi, chờ đồng chí duyệt"
TOLD_AUTOMATIC = "Bản tin sắp gửi tự động; đồng chí vẫn sửa, hoãn hoặc hủy được"
TOLD_LATE = (
    "Đã đến giờ gửi mà bản tin chưa được duyệt. Bản tin còn gửi được đến {until}; sau đó sẽ bị bỏ qua."
)
TOLD_SKIPPED = "Bản tin #{key} “{title}” đã bị bỏ qua: {reason}."
COMES_AGAIN = "Nội dung sẽ có trong bản tin lần sau."
TOLD_SENDING = "Bản tin #{key} “{title}” bắt đầu gửi tới {chats} nơi."
TOLD_SENT = "Bản tin #{key} “{title}” đã gửi xong."
PROGRESS = "Đang gửi: {done}/{all} tin ({percent}%)"
PROGRESS_PAUSED = "Đang tạm dừng: {done}/{all} tin ({percent}%)"
SENT_COUNT = "Đã nhận: {count} tin"
HELD_COUNT = "Chờ người nhận nhắn lại: {count} tin"
FAILED_COUNT = "Không gửi được: {count} tin"
FAILURE = "• {network}: {error} ({count} tin)"
DOUBTS = "Có thể đến hai lần: {count} tin"
NO_FAILURES = "Không có tin nào lỗi."
NO_REASON = "không rõ lý do"
ERRORS = {
    "blocked": "người nhận đã chặn hoặc nhóm đã gỡ bot",
    "left": "người nhận đã chặn hoặc nhóm đã gỡ bot",
    "cancelled": "đã dừng theo yêu cầu",
    "channel was off": "mạng này bị tắt quá lâu",
    "paused for too long": "đã tạm dừng quá lâu",
    "not reachable": "không kết nối được với mạng này",
    "no answer in time": "mạng này không trả lời kịp",
    "connection broke": "kết nối với mạng này bị đứt",
    "nobody wrote there": "người nhận lâu chưa nhắn, Zalo chưa cho gửi",
    "kicked": "nhóm đã gỡ bot",
    "not enough rights": "nhóm không cho bot gửi tin",
    "chat not found": "không còn cuộc trò chuyện này",
    "deactivated": "người nhận đã xóa tài khoản",
}

# Lists

NOTHING = "Hiện không có bản tin nào đang chờ. Gõ {lichbantin} để xem lịch gửi."
LIST = "Bản tin đang chờ hoặc đang gửi:"
LATEST = "Gần đây:"
LINE = "#{key} {title} – {state}, {when}"
SECTION_DRAFTS = "Bản tin chờ duyệt: {count}"
SECTION_SENDING = "Bản tin đang gửi: {count}"
SECTION_LINE = "{title} ({when})"

# Urgent news

URGENT_HOW = "Gõ “tin khẩn” kèm số hiệu một văn bản đã công bố, ví dụ: tin khẩn 57-NQ/TW"
URGENT_UNKNOWN = (
    "Chưa có văn bản “{text}” đã công bố. Đồng chí gõ “thêm văn bản” trước, hoặc ghi đủ số hiệu và ngày."
)
URGENT_WHICH = "Có nhiều văn bản khớp. Đồng chí chọn một văn bản:"
URGENT_MADE = "Đã soạn tin khẩn, chờ người duyệt:"
URGENT_ALREADY = "Tin khẩn về văn bản này đã có, đang ở trạng thái: {state}."
NOBODY_TO_APPROVE = (
    "Hiện chưa có người duyệt nào khác đồng chí; quản trị viên mời thêm người duyệt, hoặc tắt quy định hai "
    "người."
)
