"""How people answered and what was done about it: what chats read of it, and how staff write it."""

# To the chats that were asked

RESULT = "Bà con đã trả lời thế này: {title}"
RESULT_BALLOTS = "({count} phiếu {way})"
RESULT_LINE = "{number}. {question}\n→ {label}: {share}%"
AND, EACH = " và ", ", mỗi ý"  # where as many have chosen two
CARD_LINE = "{label}: {share}% – {question}"
RESULT_MORE = "… và {count} câu nữa"
RESULT_NOTE = "Đây là ý kiến của những người đã tự chọn trả lời, không đại diện cho mọi người. Cảm ơn mọi người đã góp ý!"
FOLLOW_UP = "Mọi người đã góp ý qua thăm dò “{title}”. {organisation} xin báo lại đã làm gì:\n\n{text}"
SEE = "Xem kết quả"
WAYS = {"chat": "qua tin nhắn", "web": "qua trang web", "groups": "trong các nhóm"}

# Staff

LONGEST = 1_500  # characters of what was done: a message holds it on every network
HOW = (
    "Đồng chí viết trong một tin: thăm dò {code} đã làm: (việc đã làm với kết quả, ngắn gọn). Sau khi được duyệt, tin được "
    "gửi tới những nơi đã mời trả lời và hiện ở trang kết quả."
)
NO_POLL = "Không có cuộc thăm dò nào mã “{code}”."
NOT_CLOSED = "Cuộc thăm dò “{title}” chưa kết thúc, nên chưa có kết quả để báo đã làm gì."
TOO_LONG = "Tin này dài {count} chữ cái, tối đa {longest}. Đồng chí rút gọn giúp."
PREVIEW = "Đúng như mọi người sẽ đọc ({chats} nơi, cùng trang kết quả):"
PROPOSED = "Đã chuyển người duyệt. Khi được duyệt, tin sẽ được gửi đi."
NOBODY_TO_DECIDE = "Hiện chưa có người duyệt nào khác; cần một đồng chí có vai trò duyệt."
WAITS = "{name} đề nghị báo lại việc đã làm sau thăm dò “{title}”."
PUBLISH, DROP = "Công bố và gửi", "Không dùng"
PUBLISHED = "Đã công bố ở trang kết quả; tin đang được gửi tới {chats} nơi."
DROPPED = "Đã bỏ, không gửi gì."
OWN = "Tin do chính đồng chí viết; cần một người duyệt khác."
GONE = "Tin này đã được duyệt, đã bỏ, hoặc vừa được viết lại."
SECTION = "Việc đã làm sau thăm dò, chờ duyệt ({count})"
ACCEPTED_TO_AUTHOR = "Tin của đồng chí về việc đã làm sau thăm dò “{title}” đã được duyệt và đang gửi đi."
DROPPED_TO_AUTHOR = "Tin của đồng chí về việc đã làm sau thăm dò “{title}” không được dùng."
