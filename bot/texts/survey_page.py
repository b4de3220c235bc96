"""What the public page of a poll says: the form while it is open, the result once it is closed."""

# The form

ALL_OPTIONAL = "Câu nào không muốn trả lời, Bạn để trống hoặc chọn bỏ qua."
SEVERAL = "Bạn có thể chọn nhiều ý."
SEVERAL_AT_MOST = "Bạn chọn tối đa {most} ý."
SKIP = "Bỏ qua câu này"
LOOK_BACK = "Xem lại trước khi gửi"
LEFT = "Còn {left} chữ cái"
CHANGE = "Sửa câu trả lời"

TOO_MANY = "Bạn đã chọn {count} ý, câu này chỉ nhận tối đa {most} ý. Bạn bỏ bớt giúp nhé."
TOO_LONG = "Câu trả lời hơi dài ({count} chữ cái, tối đa {longest}). Bạn rút gọn giúp nhé."
FORGED = "Câu này có lựa chọn không hợp lệ. Bạn chọn lại giúp nhé."
NOTHING = "Bạn chưa trả lời câu nào. Bạn trả lời ít nhất một câu rồi gửi nhé."
HAS_PROBLEMS = "Có câu cần Bạn xem lại, được đánh dấu bên dưới."
NO_COOKIE = (
    "Trình duyệt này đang chặn cookie, nên trang không thể bảo đảm mỗi trình duyệt chỉ gửi một phiếu. Bạn cho phép cookie "
    "của trang này rồi bấm lại, hoặc trả lời qua tin nhắn. Những gì Bạn đã chọn vẫn còn bên dưới."
)
BUSY = "Máy chủ đang bận, phiếu chưa được gửi. Những gì Bạn đã chọn vẫn còn đây; Bạn chờ một lát rồi bấm lại nhé."
TOO_FAST = (
    "Đang có nhiều người gửi cùng lúc. Những gì Bạn đã chọn vẫn còn đây; Bạn chờ một phút rồi bấm lại nhé."
)

# Plain pages

THANKS_TITLE = "Phiếu đã gửi"
ANSWERED_TITLE = "Bạn đã trả lời rồi"
ANSWERED = "Trình duyệt này đã gửi một phiếu cho cuộc thăm dò; mỗi trình duyệt một phiếu. Cảm ơn Bạn!"
DECLINED_TITLE = "Bạn không tham gia"
DECLINED = "Cảm ơn Bạn đã ghé xem. Trang không lưu gì về việc này."
PAUSED_TITLE = "Đang tạm dừng"
PAUSED = "Cuộc thăm dò này đang tạm dừng. Bạn quay lại sau giúp nhé."
PAUSED_KEPT = "Cuộc thăm dò đang tạm dừng, phiếu chưa được gửi. Những gì Bạn đã chọn vẫn còn đây, Bạn gửi lại sau giúp nhé."
NOT_YET_TITLE = "Chưa mở"
NOT_YET = "Cuộc thăm dò này chưa mở."
NOT_YET_FROM = "Cuộc thăm dò này sẽ mở ngày {day}."
LATE_TITLE = "Đã hết hạn nhận ý kiến"
LATE = "Cuộc thăm dò nhận ý kiến đến {moment}. Phiếu gửi trước lúc đó đều được tính; kết quả sẽ có tại trang này."
UNKNOWN_TITLE = "Không có cuộc thăm dò này"
UNKNOWN = "Liên kết bị thiếu ký tự, hoặc cuộc thăm dò không còn nữa. Bạn thử mở lại liên kết từ tin nhắn gốc."
REFUSED_TITLE = "Chưa gửi được"
HOME = "Hỏi đáp về nghị quyết, chính sách"

# The result

RESULT_OF = "Kết quả thăm dò ý kiến"
PERIOD = "Nhận ý kiến đến hết {until}"
WHY_ASKED = "Mục đích: {purpose}."
NOT_A_SAMPLE = (
    "Những người trả lời là do tự chọn tham gia, không phải mẫu được chọn ngẫu nhiên. Vì vậy kết quả cho biết ý kiến của "
    "những người đã trả lời, không đại diện cho mọi người."
)
WHY_HIDDEN = "Số dưới {least}, và số có thể dùng để suy ra chúng, ghi là “{hidden}” để không ai bị nhận ra qua câu trả lời."
HIDDEN = "không nêu"
WAYS_APART = "Mỗi cách trả lời được đếm riêng, không cộng lại, vì một người có thể trả lời bằng hai cách."
WAYS = {"chat": "Qua tin nhắn riêng", "web": "Qua trang web", "groups": "Trong các nhóm"}
BALLOTS = "{count} phiếu"
BALLOTS_FEW = "dưới {least} phiếu, nên không nêu kết quả"
ANSWERED_BY = "{count} người trả lời"
ANSWERED_BY_FEW = "Không nêu số người trả lời"
SHARE = "{share}%"
LINE = "{count} người"
MEAN = "Trung bình {mean} trên 5"
SEVERAL_NOTE = "Mỗi người có thể chọn nhiều ý, nên các tỷ lệ cộng lại có thể quá 100%."
CROSSED = "Xem theo: {question}"
NOT_SAID = "Không cho biết"
WORDS = "Ý kiến viết ({count})"
WORDS_NOTE = "Xếp ngẫu nhiên; số điện thoại, số giấy tờ đã được che. Đây là lời của người trả lời, không phải của cơ quan."
WORDS_FEW = "Có ít hơn {least} ý kiến viết, hoặc không có, nên không nêu."
NOBODY = "Chưa đủ {least} người trả lời bằng cùng một cách, nên không có kết quả để nêu."
SPOILT = "Có {count} phiếu không đọc được nữa (mất khóa), không tính vào kết quả."
DONE_ABOUT_IT = "Đã làm gì với kết quả này"
VERSIONS = "Các bản của cuộc thăm dò"
VERSION = "Bản {version}: {state}"
THIS_VERSION = "trang này"
VERSION_CLOSED = "đóng vì đã sửa câu hỏi"
VERSION_OPEN = "đang nhận ý kiến"
VERSION_OVER = "đã kết thúc"
CHANGED = "Bản này đóng sớm vì câu hỏi đã được sửa; phiếu đã gửi vẫn được đếm ở đây."
CHANGED_OPEN = "Trả lời bản mới"
ENDED = {
    "staff": "Cuộc thăm dò được kết thúc sớm.",
    "restored": "Cuộc thăm dò kết thúc sớm vì máy chủ phải khôi phục từ bản sao lưu; phiếu gửi sau đó có thể mất.",
    "keys lost": "Cuộc thăm dò kết thúc sớm vì mất khóa bảo vệ phiếu; phiếu chưa đếm lúc đó không đọc được nữa.",
}
CARD_OPEN = "Mời Bạn cho ý kiến: {questions} câu, khoảng {minutes} phút"
CARD_NOBODY = "Không ai biết ai trả lời gì"
CARD_ALT = "Ảnh thăm dò: {title}, {organisation}"
DESCRIPTION_OPEN = (
    "{organisation} mời Bạn cho ý kiến: {questions} câu, khoảng {minutes} phút, không ai biết ai trả lời gì."
)
DESCRIPTION_CLOSED = "Bà con đã trả lời thế nào: kết quả thăm dò ý kiến của {organisation}."
ABOUT = "Trang do {organisation} phát hành."
