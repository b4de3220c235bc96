"""What members of staff read when they add a document by chat, and when somebody else publishes it."""

from typing import Literal

_Name = Literal["number", "title", "issued_on", "issuer", "level", "kind", "summary", "address", "topics"]

# What lines may begin with, besides the names themselves; each also works without accents.
LABELS: dict[_Name, tuple[str, ...]] = {
    "number": ("số hiệu", "số ký hiệu", "số văn bản", "số", "ký hiệu"),
    "title": ("trích yếu", "tiêu đề", "tên", "tên văn bản", "về việc", "về", "v/v"),
    "issued_on": ("ngày ban hành", "ngày", "ban hành ngày"),
    "issuer": ("cơ quan ban hành", "cơ quan", "nơi ban hành", "của"),
    "level": ("cấp", "cấp ban hành"),
    "kind": ("loại", "loại văn bản"),
    "summary": ("tóm tắt", "nội dung", "nội dung chính", "ý chính"),
    "topics": ("chủ đề", "lĩnh vực"),
    "address": ("địa chỉ", "liên kết", "đường dẫn", "link", "url", "nguồn"),
}
NAMES: dict[_Name, str] = {
    "number": "Số hiệu",
    "title": "Trích yếu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "level": "Cấp",
    "kind": "Loại văn bản",
    "summary": "Tóm tắt",
    "address": "Địa chỉ",
    "topics": "Chủ đề",
}
KINDS = (
    "Nghị quyết",
    "Chỉ thị",
    "Kết luận",
    "Quy định",
    "Quyết định",
    "Kế hoạch",
    "Hướng dẫn",
    "Chương trình hành động",
)
LEVELS = {"Trung ương": "Trung ương", "tỉnh": "Tỉnh, thành phố", "xã": "Xã, phường, đặc khu"}

# Asking

HOW = (
    "Đồng chí gửi văn bản trong một tin nhắn, mỗi dòng một ý, ví dụ:\n\n"
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n"
    "Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia\n"
    "https://…\n"
    "Một, hai câu cho biết văn bản nói gì.\n\n"
    "Hoặc gửi riêng số hiệu, tôi sẽ hỏi lần lượt từng mục."
)
QUESTIONS: dict[_Name, str] = {
    "number": "Số hiệu của văn bản là gì? Ví dụ: 57-NQ/TW",
    "title": "Trích yếu (văn bản về việc gì)?",
    "issued_on": "Ban hành ngày nào? Ví dụ: 22/12/2024",
    "issuer": "Cơ quan nào ban hành?",
    "level": "Văn bản của cấp nào?",
    "kind": "Đây là loại văn bản gì?",
    "summary": "Một, hai câu dễ hiểu cho biết văn bản nói gì? Bản tin gửi người dân sẽ dùng câu này.",
    "address": "Địa chỉ trang có toàn văn (https://…)?",
    "topics": "Văn bản thuộc chủ đề nào? Nhiều chủ đề thì cách nhau bằng dấu chấm phẩy.",
}
SKIPS: dict[_Name, str] = {
    "number": "Không có số",
    "issued_on": "Chưa rõ ngày",
    "summary": "Để sau",
    "address": "Không có",
}
ASK_AGAIN = "{question} (hiện là: {now})"
STOP = "Thôi, không thêm nữa"
STOPPED = "Đã bỏ bản đang soạn, chưa lưu gì."
LEFT_AS_IT_WAS = "Đã thôi: văn bản đã lưu vẫn như trước, không có gì thay đổi."
EXPIRED = "Bản đang soạn này không còn nữa (đã lưu, đã bỏ, hoặc để quá một ngày). Đồng chí gõ “thêm văn bản” để làm lại."

# What cannot be taken

NOT_A_DAY = "“{text}” không phải là một ngày có thật. Đồng chí viết ngày/tháng/năm, ví dụ 22/12/2024."
NOT_A_LEVEL = "“{text}” không phải là cấp ban hành: Trung ương, tỉnh hoặc xã."
NOT_AN_ADDRESS = "“{text}” không phải là địa chỉ trang. Địa chỉ bắt đầu bằng https://"
NOT_A_NUMBER = "“{text}” không giống số hiệu. Ví dụ số hiệu: 57-NQ/TW"
NO_WORDS = "{what} cần có chữ."
TOO_LONG = "{what} dài {length} ký tự, quá giới hạn {longest}. Đồng chí rút gọn giúp."
MARKED = "Tin nhắn có dấu “{mark}”. Tài liệu mật hoặc lưu hành nội bộ không được đưa vào hệ thống; tôi chưa lưu gì."

MESSAGE_TOO_LONG = (
    "Tin nhắn dài {length} ký tự, quá giới hạn {longest}. Đồng chí chỉ gửi phần giới thiệu và địa chỉ trang có toàn "
    "văn."
)
WHICH_DAY = "Có {count} văn bản mang số hiệu này của cùng cơ quan, ban hành vào những ngày khác nhau."

# The preview

PREVIEW = "Văn bản mới, chưa lưu. Đồng chí xem lại:"
KNOWN = "Văn bản này đã có trong hệ thống ({status}). Những mục sẽ thay đổi:"
KNOWN_SAME = "Văn bản này đã có trong hệ thống ({status}), và không có gì khác với bản đồng chí gửi."
STATUSES = {"draft": "bản nháp", "in force": "đã công bố", "expired": "hết hiệu lực"}
LINE = "{name}: {value}"
CHANGE = "{name}: {old} → {new}"
NOTHING = "chưa có"
IN_FUTURE = "Chú ý: ngày ban hành còn ở phía trước. Đồng chí kiểm tra lại."
SAME_NUMBER = "Chú ý: đã có {others} cùng số hiệu, khác ngày. Hệ thống coi đây là một văn bản khác."
NO_SUMMARY = "Chưa có tóm tắt: bản tin sẽ chỉ nêu tên văn bản."
REPLACES = "Có thể văn bản này thay thế {old}. Sau khi lưu, đồng chí bấm nút để đánh dấu, hoặc gõ: thay thế {short} bằng …"
PUBLISH = "Công bố"
UPDATE = "Cập nhật"
PROPOSE = "Gửi duyệt"
KEEP_DRAFT = "Để nháp"
EDIT = "Sửa"
EDIT_WHICH = "Đồng chí muốn sửa mục nào?"
SEE = "Xem văn bản"
MARK_REPLACED = "Đánh dấu thay thế {old}"

# What has been done

PUBLISHED = "Đã công bố {document}. Người dân hỏi số hiệu là thấy, và văn bản sẽ có trong bản tin sắp tới."
UPDATED = "Đã cập nhật {document}."
KEPT = "Đã lưu bản nháp {document}. Người dân chưa thấy; đồng chí tìm lại trong {viec}."
PROPOSED = "Đã lưu {document} và gửi người duyệt. Người dân thấy khi văn bản được duyệt."
NOBODY_TO_DECIDE = (
    "Nhưng hiện chưa có người duyệt nào khác đồng chí. Quản trị viên mời thêm người duyệt, hoặc tắt yêu "
    "cầu hai người."
)
PROPOSED_BEFORE = "{document} đang chờ duyệt rồi."
GONE = "Văn bản này không còn trong hệ thống."
NOT_DRAFT = "{document} đã được công bố từ trước."

# What approvers decide

WAITS = "Văn bản chờ duyệt để công bố"
WAITS_CHANGE = "Sửa đổi chờ duyệt của một văn bản đã công bố"
FROM = "Người gửi: {name}"
ACCEPT = "Duyệt, công bố"
REJECT = "Không duyệt"
DECIDED = {
    "accepted": "Đồng chí {name} đã duyệt văn bản này rồi.",
    "rejected": "Đồng chí {name} đã quyết định không duyệt văn bản này rồi.",
}
OWN = "Văn bản do đồng chí gửi nên cần một người duyệt khác (quy định hai người). Quản trị viên có thể tắt quy định này."
ACCEPTED = "Đã duyệt: {document} được công bố."
REJECTED = "Đã ghi nhận: không duyệt. {document} vẫn như trước."
YOURS_ACCEPTED = "Đồng chí {name} đã duyệt văn bản của đồng chí: {document}. Người dân đã thấy."
YOURS_REJECTED = "Đồng chí {name} chưa duyệt {document}. Đồng chí trao đổi lại, sửa rồi gửi lần nữa."
NO_PROPOSAL = "Không còn đề nghị này."

# Among what waits for a member

SECTION = "Văn bản chờ duyệt: {count}"
DRAFTS = "Văn bản còn để nháp: {count}"
