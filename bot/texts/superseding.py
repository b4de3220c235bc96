"""What members of staff read when one document takes the place of another."""

# What they are told once, when it takes effect
TOLD = "Văn bản đã được thay thế"
BY = "{old} đã được thay thế bởi {new}."
ANSWERS = (
    "Từ bây giờ {count} câu trả lời theo văn bản cũ mang lưu ý này và cần được rà soát. Đồng chí xem từng câu, sửa theo văn "
    "bản mới, hoặc tạm ngừng tất cả:"
)
LINE = "• {question}"
AND_MORE = "… và {count} câu khác"
NO_ANSWERS = "Không có câu trả lời nào đang dùng theo văn bản cũ."

# Marking
SURE = "Đồng chí kiểm tra lại giúp:\n• Văn bản cũ: {old}\n• Được thay thế bởi: {new}"
FULL = "{document} ({title})"
SURE_ANSWERS = (
    "{count} câu trả lời theo văn bản cũ sẽ mang lưu ý “đã được thay thế” ngay lập tức, và cần được rà soát."
)
NEW_IS_DRAFT = (
    "Văn bản mới còn là bản nháp, người dân chưa thấy, nên chưa có gì thay đổi. "
    "Lưu ý sẽ hiện ra từ lúc văn bản mới được công bố."
)
OLD_IS_DRAFT = "Văn bản cũ còn là bản nháp: người dân chưa thấy."
OLDER = "Chú ý: văn bản thay thế được ban hành trước văn bản cũ. Đồng chí xem có ghi ngược không."
INSTEAD_OF = "Trước đó văn bản này được đánh dấu thay thế bởi {new}."
YES = "Xác nhận"
MARKED = "Đã ghi: {old} được thay thế bởi {new}."
MARKED_BEFORE = "{old} đã được đánh dấu thay thế bởi {new} từ trước."
WHICH = "Có nhiều văn bản khớp. Đồng chí chọn đúng cặp văn bản cũ → văn bản mới:"
PAIR = "{old} → {new}"
UNKNOWN = (
    "Chưa có văn bản “{text}” trong hệ thống. Đồng chí ghi đủ số hiệu, thêm ngày nếu trùng số, ví dụ: "
    "18-NQ/TW ngày 25/10/2017."
)
WHICH_OLD = "Có nhiều văn bản khớp. Đồng chí chọn một văn bản:"

# A document as editors see it
SUPERSEDED = "Đã được thay thế bởi {new}."
WILL_BE_SUPERSEDED = "Sẽ được thay thế bởi {new} khi cả hai văn bản được công bố."
IN_USE = "Câu trả lời đang dùng: {count}"
TO_REVIEW = "Câu trả lời cần rà soát: {count}"
SUSPENDED_COUNT = "Câu trả lời đang tạm ngừng: {count}"
USAGE = "Trong 30 ngày qua: {views} lượt xem, {downloads} lượt tải"
HOW = "Khi có văn bản mới thay thế, đồng chí gõ: thay thế {old} bằng <số hiệu văn bản mới>"
MANAGE = "Quản lý văn bản"
SUSPEND = "Tạm ngừng {count} câu trả lời"
REOPEN = "Mở lại {count} câu trả lời"
KEEP = "Đã rà soát, giữ nguyên"
RELEASE = "Bỏ đánh dấu thay thế"
SEE_OLD = "Xem văn bản cũ"
SEE_NEW = "Xem văn bản mới"

# What has been done
SUSPENDED = (
    "Đã tạm ngừng {count} câu trả lời theo {document}. "
    "Người dân không nhận được các câu này cho đến khi đồng chí bấm “Mở lại”."
)
NOTHING_TO_SUSPEND = "Không còn câu trả lời nào đang dùng theo {document}."
NOT_SUPERSEDED = "{document} hiện không được đánh dấu là đã thay thế, nên không có gì để tạm ngừng."
REOPENED = "Đã mở lại {count} câu trả lời theo {document}, như trước khi tạm ngừng."
NOTHING_TO_REOPEN = "Không có câu trả lời nào đang tạm ngừng theo {document}."
KEPT = "Đã ghi nhận: {count} câu trả lời theo {document} đã được rà soát và giữ nguyên."
NOTHING_TO_KEEP = "Không còn câu trả lời nào cần rà soát theo {document}."
RELEASED = "Đã bỏ đánh dấu: {document} không còn ghi là đã được thay thế."
NOTHING_TO_RELEASE = "{document} không được đánh dấu là đã thay thế."
GONE = "Văn bản này không còn trong hệ thống."

# Among what waits for a member
WAITING = "Văn bản đã được thay thế, còn câu trả lời chưa rà soát"
WAITING_LINE = "{document} ({count} câu)"
