"""What citizens read about questions that they send to an officer."""

SEND = "Gửi cán bộ"
OFFER = (
    "Nếu muốn được cán bộ trả lời riêng, Bạn chọn “Gửi cán bộ”. Khi đó chúng tôi giữ địa chỉ trò chuyện của Bạn đến khi có "
    "trả lời, tối đa 30 ngày."
)
OFFER_IN_GROUP = "Muốn hỏi cán bộ phụ trách, Bạn nhắn riêng cho tôi."

# /gopy

ASK = "Bạn gõ câu hỏi hoặc góp ý trong một tin nhắn, tối đa {longest} ký tự. Cán bộ của {organisation} sẽ trả lời tại đây."
WAITING = "Bạn đang có câu hỏi chờ trả lời: {numbers}."
NEVER_MIND = "Thôi, không gửi"
CANCELLED = "Tôi chưa gửi gì đi. Khi cần, Bạn cứ hỏi tôi như thường."
PREVIEW = "Gửi nội dung này tới {organisation}?\n\n“{text}”"
PREVIEW_KEPT = "Nếu gửi, chúng tôi giữ địa chỉ trò chuyện của Bạn đến khi có trả lời, tối đa 30 ngày."
PREVIEW_MASKED = (
    "Số điện thoại, số căn cước, e-mail đã được che: cán bộ trả lời ngay tại đây, không cần gọi lại."
)
SEE_ANSWER = "Xem câu trả lời có sẵn"
HAS_ANSWER = "Trong kho có câu trả lời gần với nội dung này, Bạn có thể xem ngay."

# Sent

SENT = (
    "Đã gửi câu hỏi của Bạn tới {organisation}, số #{number}. Khi có trả lời, tôi nhắn cho Bạn ngay tại đây."
)
SENT_WEB = (
    "Đã gửi câu hỏi của Bạn tới {organisation}, số #{number}. Câu trả lời sẽ chờ Bạn tại trang này, trong chính trình duyệt "
    "này: vài hôm nữa Bạn mở lại để đọc, đừng xóa dữ liệu trình duyệt."
)
SENT_KEPT = (
    "Chúng tôi giữ địa chỉ trò chuyện của Bạn đến khi có trả lời, tối đa 30 ngày, chỉ để gửi câu trả lời này."
)
AFTER_HOURS = "Hiện ngoài giờ làm việc ({hours}). Cán bộ sẽ xem câu hỏi từ {time} ngày {date}."
SENT_ALREADY = "Câu hỏi này Bạn đã gửi rồi nên tôi không gửi thêm lần nữa."
TAKE_BACK = "Rút lại câu hỏi #{number}"
TAKEN_BACK = "Đã rút lại câu hỏi #{number}. Địa chỉ trò chuyện và nội dung câu hỏi đã được xóa."
NOT_WAITING = "Câu hỏi #{number} không còn chờ trả lời nên không cần rút lại."

# Somebody has asked the same, and has been answered

ANSWERED_ALIKE = "{organisation} vừa trả lời một câu hỏi tương tự:\n\n“{question}”\n\n{answer}"
SEND_ANYWAY = "Chưa đúng ý tôi, gửi cán bộ"

# The answer

ANSWER = "{organisation} trả lời câu hỏi #{number} của Bạn:"
QUESTION = "“{text}”"
ANSWERED = "Địa chỉ trò chuyện của Bạn giữ cho câu hỏi này đã được xóa. Cần hỏi thêm, Bạn cứ nhắn cho tôi."
EXPIRED = (
    "Rất tiếc, sau 30 ngày câu hỏi #{number} của Bạn vẫn chưa có trả lời: “{question}”. Như đã hẹn, chúng tôi xóa địa chỉ "
    "trò chuyện đã giữ. Nếu vẫn cần, Bạn gửi lại hoặc hỏi trực tiếp {organisation}."
)

# What cannot be sent

TOO_OLD = "Đã quá một ngày nên tôi không còn giữ nội dung để gửi. Bạn gõ lại câu hỏi giúp tôi nhé."
TOO_MANY = "Bạn đang có {count} câu hỏi chờ trả lời ({numbers}). Bạn đợi cán bộ trả lời bớt rồi gửi tiếp nhé."
BUSY = "Đang có rất nhiều câu hỏi gửi tới cán bộ cùng lúc. Bạn thử gửi lại sau một giờ nhé."
TOO_LONG = "Nội dung dài {length} ký tự, tôi chỉ chuyển được tối đa {longest} ký tự. Bạn rút gọn rồi gửi lại giúp tôi nhé."
NO_WORDS = "Tôi chưa thấy chữ nào để gửi cán bộ. Bạn gõ nội dung bằng chữ giúp tôi nhé."
MARKED = (
    "Tin nhắn có dấu “{mark}” nên tôi không chuyển đi. Bạn đừng gửi tài liệu mật hoặc lưu hành nội bộ qua ứng dụng nhắn "
    "tin."
)
ONLY_IN_PRIVATE = (
    "Để gửi câu hỏi tới cán bộ, Bạn nhắn riêng cho tôi. Trong nhóm tôi không nhận, để giữ kín cho Bạn."
)
NOBODY = "Hiện chưa có cán bộ nào nhận câu hỏi qua dịch vụ này. Bạn hỏi trực tiếp {organisation} nhé."
NOT_HERE = "Cửa sổ lệnh này không giữ lại người dùng nên không gửi cán bộ được."

# The ready answer to what is none of our business, which the department can change (out_of_scope_text)

OUT_OF_SCOPE = (
    "Câu hỏi của Bạn không thuộc phạm vi chúng tôi phụ trách nên chúng tôi không trả lời thay được. Bạn vui lòng hỏi cơ "
    "quan chuyên môn, hoặc bộ phận một cửa của xã, phường nơi Bạn ở."
)
