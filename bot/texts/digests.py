"""What is said about digests: their texts, schedules in words, and what is wrong with one."""

# What staff cannot do with a digest

GONE = "Bản tin này không còn nữa."
TOO_LATE = "Bản tin này đã quá hạn gửi. Nội dung sẽ có trong bản tin lần sau."
LAST_ITEM = "Bản tin chỉ còn một văn bản. Nếu không gửi nữa, đồng chí hủy cả bản tin."
NO_SUCH_ITEM = "Bản tin này không có văn bản đó."
TEXT_TOO_LONG = (
    "Đoạn này dài {length} ký tự; bản tin chỉ nhận tối đa {limit} ký tự. Đồng chí viết gọn lại giúp tôi."
)
ONLY_URGENT = "Chỉ tin khẩn mới gửi được trong giờ yên tĩnh."
POSTPONED_TO_THE_PAST = "Giờ này đã qua. Đồng chí chọn một giờ còn ở phía trước."
POSTPONED_TOO_FAR = "Bản tin chỉ hoãn được tối đa {days} ngày; nếu lâu hơn, đồng chí hủy rồi để lần sau."
NOT_NOW = {
    "draft": "Bản tin này chưa được duyệt.",
    "approved": "Bản tin này đã được duyệt và đang chờ đến giờ.",
    "sending": "Bản tin này đang gửi.",
    "paused": "Bản tin này đang tạm dừng.",
    "sent": "Bản tin này đã gửi xong.",
    "skipped": "Bản tin này đã bỏ qua vì quá hạn.",
    "cancelled": "Bản tin này đã hủy.",
}

# Schedules in words: as they are shown, and as they may be written

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
ONCE = "ngày {day}"
DAILY = "hằng ngày"
WORKDAYS = "ngày làm việc"
WEEKLY = "{days} hàng tuần"
MONTHLY = "ngày {days} hàng tháng"
LAST_DAY = "ngày cuối tháng"
LAST_AMONG = "ngày cuối"
FIRST_OF_MONTH = "{days} đầu tiên hàng tháng"
LAST_OF_MONTH = "{days} cuối cùng hàng tháng"
AND = "và"

_FOR_EXAMPLE = (
    "Ví dụ: thứ Hai hàng tuần 07:30; hằng ngày 06:45; ngày 1 và 15 hàng tháng 08:00; ngày cuối tháng 17h."
)
NOT_UNDERSTOOD = f"Tôi chưa hiểu “{{text}}” trong lịch gửi. {_FOR_EXAMPLE}"
NO_TIME = f"Lịch gửi chưa có giờ. {_FOR_EXAMPLE}"
NO_DAY = f"Lịch gửi chưa có ngày. {_FOR_EXAMPLE}"
BAD_TIME = "Không có giờ “{text}”. Đồng chí ghi giờ từ 00:00 đến 23:59, ví dụ: 07:30 hoặc 17h."
SEVERAL_WAYS = (
    "Lịch gửi này ghi nhiều kiểu ngày cùng lúc. Đồng chí ghi một kiểu, và tạo thêm một lịch khác cho kiểu kia. "
    + _FOR_EXAMPLE
)
SEVERAL_DATES = "Một lịch gửi chỉ ghi được một ngày cụ thể. Đồng chí tạo thêm một lịch cho ngày kia."
UNSUPPORTED = (
    "Lịch gửi chỉ lặp theo ngày, theo thứ hoặc theo ngày trong tháng. Với lần gửi khác, đồng chí ghi ngày cụ thể, "
    "ví dụ: 30/11/2026 07:30."
)
NO_SUCH_DAY = "Tháng {month} không có ngày {day}. Đồng chí kiểm tra lại ngày giúp tôi."
NO_SUCH_MONTH = "Không có tháng {month}. Ngày ghi theo thứ tự ngày/tháng/năm, ví dụ: 30/11/2026 07:30."
NO_YEAR = "Ngày cần ghi đủ cả năm, ví dụ: 30/11/2026 07:30."
NO_DAY_OF_MONTH = "Không tháng nào có ngày {day}. Đồng chí ghi ngày từ 1 đến 28, hoặc “ngày cuối tháng”."
NOT_EVERY_MONTH = (
    "Không phải tháng nào cũng có ngày {day}. Đồng chí ghi ngày từ 1 đến 28, hoặc “ngày cuối tháng”."
)
BACKWARDS = "Khoảng ngày ghi từ thứ trước đến thứ sau, ví dụ: thứ Hai đến thứ Sáu 07:30."
OTHER_WEEKDAY = "Ngày {day} là {weekday}. Đồng chí kiểm tra lại ngày hoặc thứ giúp tôi."
IN_THE_PAST = (
    "Thời điểm này đã qua nên bản tin sẽ không bao giờ gửi. Đồng chí ghi một thời điểm còn ở phía trước."
)

# Schedules

AUDIENCES = {"all": "nhóm và cá nhân", "groups": "chỉ các nhóm", "private": "chỉ cá nhân"}
AUTOMATIC, APPROVED_BY_HAND = "gửi không cần duyệt", "cần duyệt trước khi gửi"
LEVELS = "cấp {names}"
SWITCHES = {"on": "bật", "off": "tắt"}
LINE_TOO_LONG = "Lịch gửi chỉ cần tối đa {limit} ký tự. Đồng chí viết gọn lại giúp tôi."
SCHEDULE_NAME = "Bản tin {words}"
NAME_LENGTH = "Tên lịch gửi từ 1 đến {limit} ký tự."
UNKNOWN_TOPIC = "Chưa có văn bản nào thuộc chủ đề “{text}”. Các chủ đề đang có: {known}."
NO_TOPICS = "chưa có chủ đề nào"
NO_SUCH_SCHEDULE = "Lịch gửi này không còn nữa."
VALID_HOURS = "Thời hạn gửi tính bằng giờ, từ 1 đến {most}."
AHEAD_HOURS = "Thời gian gửi bản thảo trước tính bằng giờ, từ 0 đến {most}."

# A file of schedules

EXAMPLES = ("thứ Hai hàng tuần 07:30", "ngày 1 và 15 hàng tháng 08:00")
UNKNOWN_LEVEL = "không có cấp “{text}”. Ghi một hay nhiều cấp: {known}; để trống là mọi cấp."
UNKNOWN_UNIT = "không có đơn vị “{text}”. Đồng chí nhập danh sách đơn vị trước, hoặc để trống để gửi mọi nơi."
SEVERAL_UNITS = "có {count} đơn vị tên “{text}”. Đồng chí ghi mã, hoặc ghi thêm cấp trên sau dấu phẩy."
NAME_TWICE = "lịch “{name}” đã có ở {place}."

# A digest

TITLE = "Văn bản mới đến ngày {date}"
URGENT = "TIN KHẨN"
NOT_PUBLISHED = "Văn bản này chưa được công bố hoặc không còn hiệu lực nên chưa gửi đi được."

# A digest as people get it

URGENT_TITLE = "🔴 {title}"
NUMBERED = "{kind} số {number}"
DATED = "{name} ngày {date}"
ISSUED_BY = "{name} của {issuer}"
ADDRESS = "Toàn văn: {address}"
MORE_AT = "Và {count} văn bản khác. Xem đủ tại: {address}"
MORE = "Và {count} văn bản khác. Để xem, gõ {browse}."
BROWSE = {True: "/tracuu", False: "“tra cứu”"}  # whether people there know slash commands
PAGE = "Xem và chia sẻ: {address}"
MOST_ASKED = "Được hỏi nhiều trong tuần: {question}"
POLL = "Đang lấy ý kiến: {poll}"
POLL_BUTTON = "Cho ý kiến"
POLL_WORDS = {
    True: "Muốn cho ý kiến, Bạn nhắn riêng cho tôi: /khaosat {code}",
    False: "Muốn cho ý kiến, Bạn nhắn riêng cho tôi: khao sat {code}",
}
ASK_ABOUT = "Hỏi thêm: {name}"
ASK_ABOUT_ITEM = "Hỏi thêm: mục {number}"
FORWARD = "Chuyển tiếp"
NO_CARD = (
    "Không vẽ được ảnh cho bản tin “{title}”, nên bản tin gửi đi chỉ có chữ. Đồng chí nhờ người vận hành xem nhật ký "
    "của máy chủ."
)
CARD_ALT = "Ảnh bản tin: {title}"
SEE_PAGE = "Xem trên trang web"
HOW_TO_ASK = "Hỏi thêm: nhắn số hiệu văn bản, ví dụ: {number}"
HOW_TO_ASK_IN_GROUP = "Hỏi thêm: nhắc tên tôi kèm số hiệu văn bản, ví dụ: {number}"
HOW_TO_FORWARD = "Chuyển tiếp: nhắn {words}"
HOW_TO_FORWARD_IN_GROUP = "Chuyển tiếp: nhắc tên tôi kèm {words}"
FORWARD_WORDS = {True: "/chuyentiep {code}", False: "“chuyển tiếp {code}”"}
