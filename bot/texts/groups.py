"""What the bot says in groups and about them. {thietlap} and the other commands come from Context.words."""

# Greeting a group

GREETING = (
    "Xin chào cả nhóm! Tôi là trợ lý trả lời tự động của {organisation}. Cần hỏi về nghị quyết, chủ trương, hãy nhắc "
    "tên tôi trong câu hỏi hoặc trả lời tin nhắn của tôi. Ngoài ra tôi giữ im lặng."
)
GREETING_ADMINS = "Quản trị viên nhóm bấm nút dưới đây nếu muốn nhóm nhận bản tin về văn bản mới."
GREETING_CODE = "Muốn nhóm nhận bản tin về văn bản mới, xin cán bộ của {organisation} một mã nhóm."
SET_UP = "Thiết lập nhóm"

# The set-up, as a group's administrators see it

CARD = (
    "Thiết lập của nhóm\n• Bản tin: {state}\n• Đơn vị: {unit}\n• Chủ đề: {topics}\n"
    "• Không gửi trong giờ yên tĩnh: {quiet}"
)
ANSWERS_LINE = "• Tự trả lời câu hỏi trong nhóm: {answers}"
STATES = {"new": "chưa nhận", "on": "đang nhận", "off": "đang tạm ngừng theo quyết định của cán bộ"}
YES, NO = "có, khi chắc chắn", "không"
NO_UNIT, EVERY_TOPIC = "chưa chọn", "mọi chủ đề"
THREAD = "Bản tin sẽ gửi vào đúng mục thảo luận này."
SAVED = "Đã ghi."
CHOOSE_UNIT, CHOOSE_TOPICS, CHOOSE_QUIET = "Chọn đơn vị", "Chọn chủ đề", "Đổi giờ yên tĩnh"
START, STOP = "Nhận bản tin", "Thôi nhận bản tin"
ANSWER_ON, ANSWER_OFF, ANSWER_HOW = (
    "Cho tôi tự trả lời khi chắc chắn",
    "Thôi tự trả lời",
    "Cách cho tôi tự trả lời",
)
WHICH_UNIT = "Nhóm thuộc đơn vị nào?"
TOPICS = "Nhóm muốn nhận văn bản về chủ đề nào? Chọn được nhiều; chọn lại lần nữa là bỏ."
WHICH_QUIET = (
    "Trong những giờ nào xin đừng gửi bản tin vào nhóm? Tin đến trong giờ đó sẽ chờ tới khi hết giờ. Cũng gõ được, ví dụ: "
    "{thietlap} 20:00-07:00"
)
QUIET_AS_DEPARTMENT = "{quiet} (như mọi nhóm)"
HOW_TO_LET_READ = (
    "Hiện ứng dụng chỉ chuyển cho tôi tin nhắn có nhắc tên tôi hoặc trả lời tôi, nên tôi chưa tự trả lời được. Muốn "
    "bật: trưởng nhóm cho tôi làm quản trị viên của nhóm (không cần quyền nào khác), rồi gõ lại {thietlap}. Tôi chỉ "
    "trả lời khi chắc chắn, còn lại giữ im lặng, và không lưu tin nhắn của nhóm."
)
MAY_ANSWER = (
    "Từ nay, khi có câu hỏi trong nhóm mà tôi chắc chắn câu trả lời, tôi sẽ trả lời; còn lại tôi giữ im lặng."
)
OFF_BY_STAFF = (
    "Cán bộ của {organisation} đang tạm ngừng gửi bản tin vào nhóm này. Bạn liên hệ cán bộ để mở lại nhé."
)
UNKNOWN_UNIT = "Tôi không tìm thấy đơn vị “{text}”. Bạn gõ lại đúng tên giúp tôi, hoặc chọn trong danh sách."
NO_UNITS = "Chưa có danh mục đơn vị, nên nhóm chưa cần chọn đơn vị."
WHICH = "Nhóm thuộc đơn vị nào trong các đơn vị này?"

# Who may

ONLY_ADMINS = "Việc này dành cho quản trị viên của nhóm. Bạn nhờ quản trị viên nhóm giúp nhé."
ONLY_WITH_CODE = (
    "Ở đây tôi không kiểm tra được ai là trưởng nhóm. Bạn xin cán bộ của {organisation} một mã nhóm, rồi gửi mã vào "
    "nhóm, kèm nhắc tên tôi."
)
CANNOT_CHECK = "Tôi chưa kiểm tra được ai là quản trị viên của nhóm. Bạn thử lại sau ít phút giúp tôi nhé."
ONLY_IN_GROUP = "Lệnh này dùng trong nhóm: đưa tôi vào nhóm, rồi quản trị viên nhóm gõ {thietlap} ở đó."

# A code for a group

CODE = (
    "Mã cho một nhóm{unit}, dùng một lần, đến {until}. Đồng chí đưa tôi vào nhóm, rồi gửi vào nhóm đúng dòng tin nhắn "
    "ngay dưới đây, kèm nhắc tên tôi (gõ @ rồi chọn tên)."
)
CODE_UNIT = " của đơn vị {unit}"
CODE_LINE = "/nhom {code}"
CODE_ONLY_BELOW = "Đồng chí lấy được mã cho đơn vị của mình và các đơn vị bên dưới. Đơn vị khác, đồng chí nhờ biên tập giúp."
CODE_NO_UNIT = "Đồng chí chưa chọn đơn vị của mình. Gõ {donvi} để chọn, rồi gõ lại “mã nhóm”."
CODE_IN_GROUP_ONLY = "Mã này để gửi trong nhóm, kèm nhắc tên tôi. Mã vẫn còn nguyên."
CODE_WRONG = "Mã này không đúng, hoặc đã được dùng. Bạn xin cán bộ mã mới giúp tôi nhé."
CODE_EXPIRED = "Mã này đã hết hạn vì quá 7 ngày. Bạn xin cán bộ mã mới giúp tôi nhé."
TOO_MANY_TRIES = "Vừa có nhiều mã không đúng, nên tôi tạm dừng nhận mã. Bạn thử lại sau một giờ nhé."
ACCEPTED = "Mã đúng. Từ nay nhóm nhận bản tin về văn bản mới."

# Groups as staff see them

NONE = "Chưa có nhóm nào. Telegram: đưa tôi vào nhóm, quản trị viên nhóm bấm “Thiết lập nhóm”. Zalo: gõ “mã nhóm” để lấy mã."
LIST = "Các nhóm: {count}. Chọn một nhóm để xem."
LIST_PAGE = "Các nhóm: {count}, trang {page}/{pages}. Chọn một nhóm để xem."
LINE = "{title} – {unit}, {state}"
UNTITLED = "Nhóm {network} số {key}"
MEMBERS = "{count} người"
MEMBERS_UNKNOWN = "chưa rõ"
LAST_NEVER = "chưa có"
STAFF_STATES = {"new": "chưa thiết lập", "on": "nhận bản tin", "off": "tạm ngừng"}
FORBIDDEN = "không cho gửi tin"
ONE = (
    "{title}\nỨng dụng: {network}\nĐơn vị: {unit}\nSố người: {members}\nTình trạng: {state}\nChủ đề: {topics}\nBản "
    "tin gần nhất: {last}"
)
TAKE_OUT, PUT_BACK, CHANGE_UNIT, BACK = "Ngừng gửi vào nhóm", "Gửi lại vào nhóm", "Đổi đơn vị", "Về danh sách"
TAKEN_OUT = "Đã ngừng gửi bản tin vào nhóm này. Ai nhắc tên tôi trong nhóm thì tôi vẫn trả lời."
BACK_IN = "Từ nay nhóm này nhận bản tin."
UNIT_CHANGED = "Đã đổi đơn vị của nhóm."
GONE = "Nhóm này không còn: tôi đã được đưa ra khỏi nhóm. Gõ {nhom} để xem danh sách mới."
FORBIDDEN_TOLD = (
    "Nhóm “{title}” ({network}) hiện không cho tôi gửi tin, nên bản tin không tới được. Đồng chí nhờ quản trị viên "
    "nhóm mở quyền gửi tin cho tôi; mở xong, tôi tự gửi tiếp."
)
