"""What stands beside a poll in a group, and what staff hear of such polls."""

# Beside the question; `most` only where fewer may be chosen than there are
DESCRIPTION = (
    "{organisation} hỏi ý kiến bà con: {title} (câu {at}/{of}). {choose}\n"
    "Mục đích: {purpose}.\n"
    "Không ai thấy ai chọn gì, kể cả chúng tôi. Chọn rồi thì không đổi được. Kết quả hiện khi kết thúc, hết ngày "
    "{until:%d/%m/%Y}. Tham gia hay không là tùy Bạn."
)
CHOOSE = {"one": "Bạn chọn một ý.", "several": "Bạn có thể chọn nhiều ý.", "scale": "Bạn chọn từ 1 đến 5."}
CHOOSE_AT_MOST = "Bạn chọn tối đa {most} ý."

# To staff

NEWS = "Thăm dò “{title}” trong nhóm {network} “{group}” (câu {questions}): {what}"
WHAT = {
    "stopped": "quản trị viên của nhóm đã đóng bình chọn trước giờ. Số phiếu đến lúc đó vẫn được tính ({voters} người).",
    "deleted": "không còn tìm thấy bình chọn, có lẽ đã bị xóa. Tính theo số phiếu đã biết sau cùng ({voters} người).",
    "left": "chúng ta không còn ở trong nhóm này nữa. Tính theo số phiếu đã biết sau cùng ({voters} người).",
    "small": "nhóm còn dưới {least} thành viên nên không đặt bình chọn ở đó; nhóm nhận đường liên kết.",
    "forbidden": "nhóm không cho gửi bình chọn; nhóm nhận đường liên kết.",
    "unsent": "không gửi được bình chọn vào nhóm.",
    "unknown": "mạng không trả lời khi đóng bình chọn. Tính theo số phiếu đã biết sau cùng ({voters} người).",
}
GONE_GROUP = "đã rời nhóm"
