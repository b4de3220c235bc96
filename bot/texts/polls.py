"""What is said to people who are asked for their opinion. "Bạn" for the reader; nothing presses anybody to take part."""

# The list

OPEN = "Các cuộc thăm dò ý kiến đang mở:"
OPEN_LINE = "• {title}: {questions} câu, đến hết {until}"
OPEN_ANSWERED = "{line} (Bạn đã trả lời)"
OPEN_BEGUN = "{line} (Bạn đang trả lời dở)"
NONE_OPEN = "Hiện không có cuộc thăm dò ý kiến nào đang mở. Khi có, {organisation} sẽ báo trong mục này."
ONLY_IN_PRIVATE = (
    "Ý kiến là chuyện riêng của mỗi người. Bạn hãy nhắn tin riêng cho tôi rồi gõ {khaosat} để trả lời nhé."
)
NOT_HERE = "Cửa sổ dòng lệnh này chỉ để thử hỏi đáp, không nhận ý kiến thăm dò."

# Consent

CONSENT = (
    "{organisation} mời Bạn cho ý kiến: {title}\n\n"
    "• Đây là dịch vụ tự động, chỉ hỏi những câu đã soạn sẵn.\n"
    "• Mục đích: {purpose}.\n"
    "• Gồm {questions} câu, khoảng {minutes} phút; câu nào không muốn trả lời Bạn cứ bỏ qua.\n"
    "• Không ai biết ai trả lời gì: ý kiến được cộng dồn rồi bỏ phiếu đi, không lưu tên, số máy hay tài khoản kèm ý kiến.\n"
    "• Vì vậy, phiếu đã gửi thì không ai tìm lại được nữa, Bạn cũng không rút lại hay sửa được.\n"
    "• {kept} Nhận ý kiến đến hết {until}, xong sẽ công bố kết quả chung.\n"
    "• {copy}\n\n"
    "Bạn có muốn tham gia không? Tham gia hay không là tùy Bạn, không ảnh hưởng gì."
)
KEPT_IN_CHAT = "Bài đang làm dở được giữ ở dạng mã hóa, tối đa một ngày rồi xóa."
COPY_IN_CHAT = "Ứng dụng nhắn tin mà Bạn đang dùng vẫn giữ bản sao cuộc trò chuyện theo quy định của họ; Bạn có thể tự xóa."
KEPT_ON_PAGE = "Trang này không giữ gì của Bạn trước khi Bạn bấm Gửi."
COPY_ON_PAGE = (
    "Để mỗi trình duyệt chỉ gửi một phiếu, trang đặt một cookie ngẫu nhiên khi Bạn tham gia. Cookie không cho biết Bạn là "
    "ai và tự hết hạn khi cuộc thăm dò kết thúc."
)
TAKE_PART, DECLINE = "Tôi tham gia", "Tôi không tham gia"
DECLINED = "Vâng, cảm ơn Bạn. Tôi không lưu gì về việc này."
STOPPED = "Vâng, bài đang làm dở đã được xóa. Cảm ơn Bạn."

# Questions

PROGRESS = "Câu {at}/{of}"
ONE = "Bạn chọn một ý."
SEVERAL = "Bạn có thể chọn nhiều ý, xong thì chọn “{done}”."
SEVERAL_AT_MOST = "Bạn chọn tối đa {most} ý, xong thì chọn “{done}”."
SEVERAL_NUMBERS = "Gõ nhiều số một lúc cũng được, ví dụ: 1, 3."
SCALE = "Bạn chọn từ 1 đến {points}: 1 là {low}, {points} là {high}."
SCALE_BARE = "Bạn chọn từ 1 (thấp nhất) đến {points} (cao nhất)."
OPEN_QUESTION = (
    "Bạn gõ câu trả lời, tối đa {longest} chữ cái. Xin đừng ghi tên, số điện thoại hay địa chỉ của ai."
)
CHOSEN = "✓ {option}"
ANSWERED_BEFORE = "Bạn đang chọn: {answer}"
DONE, BACK, SKIP = "Xong", "Quay lại", "Bỏ qua câu này"
RESUMED = "Bạn đang trả lời dở, ta tiếp tục từ đây."

# The look back

SUMMARY = "Bạn xem lại trước khi gửi nhé:"
SUMMARY_LINE = "{number}. {question}\n→ {answer}"
SKIPPED = "(bỏ qua)"
SEND, EDIT, DISCARD = "Gửi", "Sửa câu {number}", "Thôi, không gửi"
SEND_HINT = "Gửi rồi thì không ai, kể cả Bạn, tìm lại hay sửa được phiếu này."
THANKS = (
    "Cảm ơn Bạn! Phiếu đã được bỏ vào thùng phiếu chung, không kèm tên Bạn. Kết quả sẽ công bố sau khi kết thúc (hết ngày "
    "{until})."
)
# When it does not go on

PROBLEMS = {
    "old": "Lựa chọn này thuộc về một câu khác. Câu hiện giờ là:",
    "most": "Như vậy là quá số ý cho phép. Bạn chọn lại một ý đã chọn để bỏ nó đi, hoặc gõ lại các số.",
    "nothing": "Bạn chưa chọn ý nào. Bạn chọn ít nhất một ý, hoặc bỏ qua câu này.",
    "unclear": "Tôi chưa hiểu Bạn chọn ý nào. Bạn bấm vào một ý, hoặc gõ số của ý đó.",
    "range": "Câu này có {choices} lựa chọn. Bạn gõ số từ 1 đến {choices} giúp tôi nhé.",
    "long": "Câu trả lời hơi dài (tối đa {longest} chữ cái). Bạn rút gọn rồi gửi lại giúp tôi nhé.",
    "empty": "Tôi chưa thấy chữ nào. Bạn gõ câu trả lời, hoặc bỏ qua câu này.",
    "forged": "Lựa chọn này không có trong câu hỏi. Câu hiện giờ là:",
}
ANSWERED = "Bạn đã trả lời cuộc thăm dò này rồi; mỗi người một phiếu. Cảm ơn Bạn!"
CLOSED = "Cuộc thăm dò này đã kết thúc, không nhận thêm ý kiến. Cảm ơn Bạn đã quan tâm."
CLOSED_RESULTS = "Xem kết quả"
PAUSED = (
    "Cuộc thăm dò này đang tạm dừng. Khi mở lại, Bạn gõ {khaosat} để trả lời; bài đang làm dở vẫn được giữ, tối đa "
    "một ngày."
)
NOT_YET = "Cuộc thăm dò này chưa mở."
CHANGED = "Cuộc thăm dò này vừa được sửa câu hỏi, nên phiếu cũ đóng lại. Bạn trả lời bản mới giúp nhé."
UNKNOWN = "Tôi không thấy cuộc thăm dò nào có mã “{code}”. Gõ {khaosat} để xem các cuộc thăm dò đang mở."
BEGIN = "Trả lời: {title}"
CONTINUE = "Trả lời tiếp"

# A reminder, the only one

REMINDER = (
    "Bạn còn bài trả lời dở: {title}. Bài được giữ đến {until} rồi tự xóa, chưa gửi thì không tính. Bạn có muốn làm tiếp "
    "không? Tôi chỉ nhắc một lần này thôi."
)

# An invitation

INVITATION_TITLE = "Mời Bạn cho ý kiến"
INVITATION = (
    "{organisation} đang lấy ý kiến: {title}.\n"
    "Mục đích: {purpose}. Gồm {questions} câu, khoảng {minutes} phút, nhận đến hết {until}.\n"
    "Tham gia hay không là tùy Bạn; không ai biết ai trả lời gì."
)
INVITATION_AGAIN = (
    "Cuộc thăm dò này đã sửa câu hỏi: phiếu trước không tính vào bản này, mời Bạn trả lời lại nhé."
)
INVITATION_BUTTON = "Xem và trả lời"
INVITATION_BUTTON_PRIVATE = "Trả lời riêng với bot"
INVITATION_WORDS = {
    True: "Hoặc gõ /khaosat {code} bất cứ lúc nào.",
    False: "Hoặc gõ: khao sat {code} (bất cứ lúc nào trong thời gian trên).",
}
INVITATION_IN_GROUP = "Bạn bấm nút dưới đây để trả lời riêng; trong nhóm không ai thấy câu trả lời của Bạn."
INVITATION_WORDS_IN_GROUP = {
    True: "Bạn nhắn riêng cho tôi: /khaosat {code}. Trong nhóm không ai thấy câu trả lời của Bạn.",
    False: "Bạn nhắn riêng cho tôi: khao sat {code}. Trong nhóm không ai thấy câu trả lời của Bạn.",
}
INVITATION_PAGE = "Bạn trả lời tại {address}, hoặc:"
