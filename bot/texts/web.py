"""What the web page says: its own words, and the errors that its server answers with."""

from __future__ import annotations

from bot.texts.chat import SOURCE

TITLE = "Hỏi Đáp nghị quyết"
DESCRIPTION = "Hỏi bằng lời của Bạn, nhận câu trả lời ngắn kèm văn bản gốc."
AUTOMATIC = "Trả lời tự động"

# The page

ERASE = "Xóa cuộc trò chuyện"
ERASE_QUESTION = "Xóa cuộc trò chuyện này?"
ERASE_EXPLAINED = "Lịch sử trên máy này và dữ liệu của Bạn trên máy chủ sẽ bị xóa ngay. Không lấy lại được."
ERASE_YES = "Xóa hết"
ERASE_NO = "Giữ lại"
INTRO_GREETING = "Chào Bạn!"
INTRO = (
    "Bạn hỏi về nghị quyết, chỉ thị, kế hoạch… bằng lời của mình, có dấu hay không dấu đều được. "
    "Câu trả lời ghi rõ văn bản gốc; điều gì chưa biết thì nói là chưa biết."
)
INTRO_FACTS = (
    ("Ai trả lời?", "Hệ thống trả lời tự động do {organisation} vận hành, không phải người trực."),
    (
        "Lưu những gì?",
        "Lịch sử chỉ nằm trên máy của Bạn. Máy chủ giữ câu hỏi để bổ sung nội dung, không kèm người hỏi. "
        "Đừng gửi số căn cước, số tài khoản.",
    ),
)
EXAMPLES_LABEL = "Hỏi thử"
LOG_LABEL = "Cuộc trò chuyện"
COMPOSER_LABEL = "Câu hỏi của Bạn"
COMPOSER_HINT = "Nhập câu hỏi…"
SEND = "Gửi"
NEWEST = "Xuống tin mới nhất"
SKIP = "Đến ô nhập câu hỏi"
NO_SCRIPT = (
    "Trang này cần JavaScript để trò chuyện. Bạn hãy bật JavaScript, hoặc hỏi trực tiếp {organisation}."
)

# Sentences that the page's script shows

SCRIPT = {
    "source": SOURCE.partition("{")[0],  # how a source line begins
    "you": "Bạn:",
    "bot": "Trả lời tự động:",
    "sending": "Đang gửi…",
    "unsent": "Chưa gửi được.",
    "again": "Thử lại",
    "later": "Sẽ tự gửi lại sau {seconds} giây.",
    "typing": "Đang soạn câu trả lời…",
    "offline": "Mất kết nối mạng. Tin của Bạn được giữ lại và sẽ gửi khi có mạng.",
    "reconnecting": "Đang kết nối lại…",
    "cookies": "Trình duyệt đang chặn cookie nên trang không nhận được câu trả lời. Bạn hãy cho phép cookie của trang này.",
    "today": "Hôm nay",
    "yesterday": "Hôm qua",
    "left": "Còn {count} ký tự",
    "over": "Dài quá {count} ký tự",
    "new_tab": "(mở trang khác)",
    "erased": "Đã xóa lịch sử trên máy này.",
}

# Errors

NOT_OUR_PAGE = "Yêu cầu này không đến từ trang trò chuyện. Bạn hãy mở lại trang rồi gửi lại."
NOT_UNDERSTOOD = "Trang đang mở là bản cũ hoặc bị lỗi. Bạn hãy tải lại trang rồi gửi lại."
EMPTY = "Bạn chưa nhập nội dung."
TOO_LONG = "Tin nhắn dài quá 4.000 ký tự. Bạn hãy rút gọn hoặc chia thành nhiều tin."
TOO_FAST = "Nhiều tin gửi đến cùng lúc quá. Tin của Bạn được giữ lại và sẽ gửi sau ít giây."
BUSY = "Hệ thống đang bận. Tin của Bạn được giữ lại và sẽ gửi lại sau ít giây."
PAGE_BUSY = "Hệ thống đang bận. Bạn chờ một lát rồi mở lại trang này giúp nhé."
NOBODY_YET = "Chưa có cuộc trò chuyện nào từ trình duyệt này."
