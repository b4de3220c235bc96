"""What members of staff read about questions that people send to an officer. {number} is "12" of "#12"."""

from __future__ import annotations

COMRADE = "đồng chí"  # in what staff read and citizens never do

# The card

CARD = "Câu hỏi #{number}"
FROM = "{network}, {time} ngày {date}"
ALIKE = "Cùng nhóm: #{number} “{text}”"
PERHAPS_THE_SAME = "Có thể cùng ý với #{number} “{text}”. Nếu đúng, gõ: #{this} gộp #{number}"
AND_MORE = "… và {count} câu khác cùng nhóm."
ASKED = "{people} người đã hỏi trong 30 ngày; {waiting} người chờ trả lời."
NOBODY_WAITS = "Không còn ai chờ trả lời (người hỏi đã rút lại, đã chặn bot, hoặc quá 30 ngày)."
TAKEN_BY = "Đồng chí {name} đã nhận."
CLOSE = "Gần nhất trong kho:"
CLOSE_LINE = "• {question} ({score}, mã {id})"
NOTHING_CLOSE = "Trong kho chưa có câu nào gần."
HOW = "Để trả lời: trả lời (reply) vào chính tin này, hoặc gõ #{number} rồi nội dung. Trước khi gửi đồng chí được xem lại."
HOW_NUMBER = "Để trả lời: gõ #{number} rồi nội dung, trong một tin. Trước khi gửi đồng chí được xem lại."
DEADLINE = "Zalo OA: gửi miễn phí nếu trả lời trước {free}."
DEADLINE_PASSED = "Zalo OA: đã quá 48 giờ từ lần nhắn gần nhất của người hỏi."
AFTER_DEADLINE = "Sau đó câu trả lời được giữ tối đa 7 ngày, tự gửi khi người hỏi nhắn lại cho OA."
AFTER_DEADLINE_PAID = (
    "Sau đó mỗi tin bị tính phí; từ {closed} Zalo không cho gửi: câu trả lời được giữ tối đa 7 ngày, tự gửi khi người hỏi "
    "nhắn lại cho OA."
)
TIME = "{time} ngày {date}"

TAKE = "Nhận #{number}"
HAND_ON = "Chuyển #{number} cho…"
OUT_OF_SCOPE = "Ngoài phạm vi #{number}"
REFUSE = "Từ chối #{number}…"
SPLIT = "Tách nhóm #{number}…"
USE_ENTRY = "Trả lời #{number} bằng câu có sẵn…"

# Working on it

GONE = (
    "Không có câu hỏi #{number}. Có thể người hỏi đã rút lại, hoặc số chưa đúng. Gõ “việc của tôi” để xem các câu đang "
    "chờ."
)
NOT_YOURS = "Trả lời câu hỏi của người dân cần vai trò biên tập trở lên. Đồng chí có thể đề xuất câu hỏi – trả lời cho kho."
TAKEN = "Đồng chí đã nhận câu hỏi #{number}. Người khác sẽ thấy là đã có người nhận."
TAKEN_BEFORE = "Đồng chí {name} đã nhận câu hỏi #{number} trước rồi."
TO_WHOM = "Chuyển câu hỏi #{number} cho ai?"
NOBODY_ELSE = "Chưa có thành viên nào khác có vai trò biên tập trở lên để chuyển câu hỏi #{number}."
HANDED_ON = "Đã chuyển câu hỏi #{number} cho đồng chí {name}."
HANDED_TO_YOU = "Đồng chí {name} chuyển câu hỏi này cho đồng chí."
NOT_REACHED = (
    "Chưa chuyển được cho đồng chí {name}: không còn vai trò biên tập trở lên, hoặc chưa nhắn tin với bot ở mạng nào đang "
    "bật."
)
WHICH_APART = "Tách câu nào ra khỏi nhóm #{number}?"
ALONE = "Câu hỏi #{number} đang đứng riêng, không có gì để tách."
APART = "Đã tách #{number} thành câu riêng."
JOINED = "Đã gộp #{number} vào nhóm của #{to}. Một câu trả lời sẽ gửi cho cả nhóm."
NOT_JOINED = "Không gộp được #{number} với #{to}: cả hai phải đang chờ trả lời và chưa cùng nhóm."
WHICH_ENTRY = "Dùng câu nào trong kho cho #{number}?"
NO_ENTRY = "Trong kho chưa có câu nào đủ gần câu hỏi #{number}."

# Words after the number that are no answer (folded): what they do
WORDS = {
    "nhan": "take",
    "nhan viec": "take",
    "chuyen": "hand",
    "ngoai pham vi": "scope",
    "tu choi": "refuse",
    "tach": "split",
    "vao kho": "entry",
}

# The preview

PREVIEW = "Đồng chí xem lại. Người hỏi #{number} sẽ nhận đúng như sau:"
PREVIEW_SEVERAL = (
    "Đồng chí xem lại. {count} người ({numbers}) sẽ nhận như sau, mỗi người kèm đúng câu mình đã hỏi:"
)
PREVIEW_NOBODY = "Đồng chí xem lại. Không còn ai chờ câu hỏi #{number} nên sẽ không gửi cho ai, chỉ ghi nhận là đã trả lời:"
LINE = "————————"
SOMEBODY_ELSE = "Lưu ý: đồng chí {name} đang nhận câu hỏi này."
SEND = "Gửi #{number}"
SEND_PRIVATELY = "Gửi riêng #{number}, không dùng lại"
SEND_LATER = "Chờ duyệt rồi mới gửi #{number}"
DROP = "Chưa gửi"
DROPPED = "Chưa gửi gì cho câu hỏi #{number}. Đồng chí gõ lại khi sẵn sàng."
PRIVATELY = "“Gửi riêng” là để trả lời việc riêng của một người: bot không giữ câu trả lời và không dùng lại cho người khác."
DRAFT_GONE = "Bản nháp này đã quá một ngày, đã gửi, hoặc đã được thay bằng bản mới. Đồng chí gõ lại #{number} kèm nội dung."
CHANGED = "Nhóm của #{number} vừa thay đổi. Đồng chí xem lại rồi bấm gửi."

TOO_LONG = (
    "Câu trả lời #{number} dài {length} ký tự; tối đa {longest} ký tự để người dân đọc được trên điện thoại. Bot chưa gửi "
    "gì. Đồng chí rút gọn rồi gõ lại #{number} kèm nội dung."
)
MARKED = (
    "Bot chưa gửi gì cho câu hỏi #{number}: nội dung có dấu “{mark}”. Tài liệu mật hoặc lưu hành nội bộ không được gửi qua "
    "ứng dụng nhắn tin."
)
ONLY_TEXT = "Bot chỉ gửi được câu trả lời bằng chữ: ảnh hoặc tệp vừa rồi chưa gửi đi. Đồng chí gõ #{number} kèm nội dung."

# Sent

SENT = "Đã gửi câu trả lời #{number} cho {count} người."
SENT_NOBODY = "Đã ghi nhận câu trả lời #{number}. Không còn ai chờ nên không gửi cho ai."
UNSENT = "{count} người không gửi được vì mạng nhắn tin của họ đang tắt."
SENT_BY_OTHER = "Đồng chí {name} vừa trả lời câu hỏi #{number} mà đồng chí đã nhận."
TOO_LATE = (
    "Câu hỏi #{number} đã được đồng chí {name} {how} lúc {time}, trước đồng chí. Nội dung của đồng chí chưa gửi đi. Địa "
    "chỉ người hỏi đã xóa nên không gửi bổ sung được, nhưng có thể đưa vào kho."
)
CLOSED_BY_YOU = (
    "Câu hỏi #{number} đã được chính đồng chí {how} lúc {time}. Nội dung vừa gõ chưa gửi đi. Địa chỉ người hỏi đã xóa nên "
    "không gửi bổ sung được, nhưng có thể đưa vào kho."
)
HOW_CLOSED = {
    "answered": "trả lời",
    "out of scope": "báo là ngoài phạm vi",
    "refused": "từ chối",
}
CLOSED = "Câu hỏi #{number}: đồng chí {name} đã {how} lúc {time}."
CLOSED_ANSWER = "Câu trả lời: “{answer}”"
CLOSED_PRIVATELY = "Câu trả lời chỉ gửi riêng người hỏi nên không được giữ lại."
DELIVERED = {
    "sent": "{count} người đã nhận",
    "waiting": "{count} người đang chờ gửi",
    "held": "{count} người sẽ nhận khi nhắn lại cho OA",
    "lost": "{count} người không gửi được (đã chặn bot hoặc đã xóa dữ liệu)",
}
UNDELIVERED = (
    "Câu trả lời #{number} không gửi được: người hỏi đã chặn bot, đã xóa dữ liệu, hoặc mạng nhắn tin từ chối."
)

# Ready texts, which the department may set for itself (out_of_scope_text)

REFUSE_WHY = "Từ chối câu hỏi #{number} với lý do nào?"
REFUSALS = (
    (
        "unclear",
        "Chưa rõ câu hỏi",
        "Chúng tôi chưa rõ Bạn muốn hỏi việc gì. Bạn vui lòng gửi lại, ghi cụ thể hơn: việc gì, ở đâu, khi nào.",
    ),
    (
        "private",
        "Việc riêng, cần hồ sơ",
        "Đây là việc riêng cần xem hồ sơ nên chúng tôi không trả lời qua tin nhắn được. Bạn vui lòng mang giấy tờ đến bộ "
        "phận một cửa của xã, phường để được hướng dẫn.",
    ),
    (
        "words",
        "Lời lẽ không phù hợp",
        "Chúng tôi chưa thể trả lời nội dung này vì lời lẽ chưa phù hợp. Bạn vui lòng nêu lại câu hỏi, chúng tôi sẵn sàng "
        "trả lời.",
    ),
)

# Many at once, in the morning

SEVERAL = "Có {count} câu hỏi mới gửi tới cán bộ ngoài giờ làm việc:"
SEVERAL_LINE = "#{number} “{question}”"
SEVERAL_HOW = "Gõ #{number} để xem từng câu."

# The desk

SECTION = "Câu hỏi của người dân ({count})"
SECTION_LINE = "#{number} “{question}” · {people} người hỏi · chờ {days}{taken}"
DAYS, TODAY = "{count} ngày", "từ hôm nay"
SECTION_TAKEN = " · đồng chí {name} đã nhận"
SHOW = "Xem #{number}"

# Into the knowledge base

INTO_KNOWLEDGE = "Đưa vào kho (bản nháp)"
AS_PHRASING = "Thêm cách hỏi cho câu có sẵn…"
NOTHING_TO_KEEP = "Câu hỏi #{number} chưa có câu trả lời dùng chung để đưa vào kho."
ALREADY_IN = "Câu hỏi #{number} đã có trong kho, hoặc đang chờ duyệt."
PROPOSED = "Đã tạo bản nháp từ câu hỏi #{number}."
PROPOSED_THEN_SENT = "Đã tạo bản nháp từ câu hỏi #{number}. Duyệt xong, bot tự gửi cho người hỏi."
PHRASING_PROPOSED = "Đã đề xuất thêm cách hỏi cho: “{question}”."
PHRASING_KNOWN = "Câu “{question}” đã có cách hỏi này, hoặc đề xuất này từng không được duyệt."

# As a file

ROW_NUMBER = "không phải số của một câu hỏi, ví dụ #12."
ROW_TWICE = "câu hỏi #{number} có hai dòng."
ROW_GONE = "không có câu hỏi #{number}; có thể người hỏi đã rút lại."
ROW_CLOSED = "câu hỏi #{number} đã có người trả lời nên dòng này không gửi."
ROW_OTHER_REPLY = (
    "#{number} cùng nhóm với #{other} nhưng câu trả lời khác; đồng chí tách nhóm trước, hoặc ghi một dòng."
)
PLACE_REPLIES = "Trả lời"
WILL_BE_SENT = (
    "{count} câu trả lời cho {people} lượt hỏi sẽ được gửi trong khoảng một phút, khi bot đang chạy."
)
BY_FILE = "dùng bảng tính"
