"""What people read who want to hear of new documents by themselves. {dangky} and {huydangky} come from Context.words."""

STARTED = "Đã đăng ký. Khi có văn bản mới, tôi sẽ gửi Bạn bản tin ngắn."
SUBSCRIBED = "Bạn đang nhận bản tin về văn bản mới."
CHANGED = "Đã ghi lựa chọn của Bạn."
MOVED = "Từ nay bản tin gửi ở đây, không gửi ở {network} nữa, để Bạn khỏi nhận hai lần."
CARD = "• Chủ đề: {topics}\n• Cấp: {levels}\n• Giờ yên tĩnh, không gửi tin: {quiet}"
HOW_TO_STOP = "Muốn đổi giờ yên tĩnh, gõ ví dụ: đăng ký 20:00-07:00. Muốn thôi nhận, gõ {huydangky}."
EVERY_TOPIC, EVERY_LEVEL = "mọi chủ đề", "mọi cấp"
OA_WINDOW = "Zalo chỉ cho gửi tin trong vài ngày kể từ lần Bạn nhắn gần nhất; quá hạn, bản tin chờ tới khi Bạn nhắn lại."

CHOOSE_TOPICS, CHOOSE_LEVELS, STOP = "Chọn chủ đề", "Chọn cấp", "Thôi nhận"
TOPICS = "Bạn muốn nhận văn bản về chủ đề nào? Chọn được nhiều; chọn lại lần nữa là bỏ."
WHICH_LEVELS = "Bạn muốn nhận văn bản của cấp nào? Chọn được nhiều; chọn lại lần nữa là bỏ."
ALL_TOPICS, ALL_LEVELS = "Mọi chủ đề", "Mọi cấp"
CHOSEN, NOT_CHOSEN = "✓ {name}", "{name}"
DONE = "Xong"
NO_TOPICS = "Hiện chưa có chủ đề nào để chọn; Bạn sẽ nhận mọi văn bản mới."
UNKNOWN_TOPIC = "Tôi chưa có chủ đề “{text}”. Bạn chọn trong các chủ đề hiện có, hoặc nhận mọi chủ đề. Tôi chưa ghi gì cả."

STOPPED = "Đã thôi gửi bản tin và xóa lựa chọn của Bạn. Khi nào cần, Bạn gõ {dangky} nhé."
NOT_SUBSCRIBED = "Bạn chưa đăng ký nhận bản tin. Muốn nhận, Bạn gõ {dangky}."
NOT_HERE = "Ở đây tôi không tự gửi tin cho Bạn được. Bạn đăng ký trên {networks} nhé."
NOWHERE = (
    "Dịch vụ chưa nối với Telegram hay Zalo nên chưa gửi bản tin được. Bạn cứ gõ {tracuu} để xem văn bản mới."
)
IN_GROUP = (
    "Để cả nhóm nhận bản tin, quản trị viên nhóm gõ {thietlap}. Muốn nhận riêng, Bạn nhắn {dangky} cho tôi ở cuộc trò "
    "chuyện riêng."
)

# Elsewhere

PRIVACY_OFF = "Bạn hiện chưa đăng ký nhận bản tin."
PRIVACY_ON = (
    "Bạn đang nhận bản tin về văn bản mới ({topics}; {levels}); gõ {huydangky} để thôi. Để không gửi trùng, dịch vụ nhớ văn "
    "bản nào đã gửi tới đây, tối đa 90 ngày."
)
LINKED = "Bản tin Bạn đã đăng ký ở hai nơi từ nay chỉ gửi ở đây."
UNLINKED = "Bản tin Bạn đã đăng ký vẫn gửi ở {network}."
