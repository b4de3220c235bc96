"""What members of staff read about the schedules of digests, which they list, add and change by chat."""

HOW = (
    "Đồng chí gõ thời gian gửi, rồi những điều khác nếu cần, ví dụ:\n\n"
    "thêm lịch thứ Hai hàng tuần 07:30\n"
    "thêm lịch ngày 1 và 15 hàng tháng 08:00, cấp xã, chỉ nhóm\n"
    "thêm lịch hằng ngày 06:45, chủ đề Đất đai, đơn vị Xã Bình Minh, tên: Tin đất đai"
)
HOW_TO_CHANGE = (
    "Gõ điều cần đổi, ví dụ: “thứ Ba hàng tuần 08:00”, “cấp xã”, “chỉ nhóm”, “bản thảo trước 24 giờ”, “hạn 6 giờ”, "
    "“kèm câu hỏi nhiều”, “tên: Bản tin tuần”. Điều không nhắc đến thì giữ nguyên. Gõ “thôi” để giữ nguyên tất cả."
)
NONE = "Chưa có lịch gửi bản tin nào."
LIST = "Lịch gửi bản tin:"
LINE = "#{key} {name}: {described}. {next}"
NEXT = "Lần tới: {when}"
OVER = "Không còn lần gửi nào"
OFF = "Đang tạm dừng"
ADD = "Thêm lịch"

CARD = "Lịch #{key}: {name}"
DETAILS = "Bản thảo đến người duyệt trước {ahead} giờ; quá giờ gửi {valid} giờ thì bỏ qua lần ấy."
WITH_MOST_ASKED = "Kèm câu được hỏi nhiều nhất trong tuần."
WITH_POLL = "Kèm khảo sát đang mở."
OVERLAPS = "Cùng giờ với lịch {others}; mỗi văn bản vẫn chỉ đến mỗi nơi một lần."
UNIT_EMPTY = "Đơn vị này chưa có nhóm hay người nào đăng ký nhận."

CHANGE = "Đổi"
PAUSE, GO_ON = "Tạm dừng", "Chạy lại"
AUTOMATIC, BY_HAND = "Gửi không cần duyệt", "Cần duyệt trước khi gửi"
REMOVE = "Xóa lịch"
REMOVE_SURE = "Xóa lịch #{key} “{name}”? Bản tin đã soạn hoặc đã gửi vẫn còn."
YES, NO = "Xóa", "Không, giữ lại"

ADDED = "Đã thêm lịch. Tôi hiểu là:"
CHANGED = "Đã đổi. Lịch nay là:"
UNCHANGED = "Không có gì thay đổi."
PAUSED = "Đã tạm dừng: lịch này không gửi nữa cho đến khi chạy lại."
WENT_ON = "Lịch đã chạy lại."
REMOVED = "Đã xóa lịch #{key} “{name}”."
NAME_TAKEN = "Đã có lịch tên “{name}”. Đồng chí thêm “tên: …” khác, hoặc đổi lịch cũ."
NO_NUMBER = "Đồng chí ghi số của lịch, ví dụ: {example}. Gõ {lichbantin} để xem các lịch."
ONLY_ADMINISTRATORS = (
    "“Gửi không cần duyệt” bỏ qua quy định hai người đang bật, nên chỉ quản trị viên đặt hoặc đổi "
    "được lịch như vậy. Lịch vẫn như cũ."
)
