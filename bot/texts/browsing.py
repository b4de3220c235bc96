"""What the bot says when somebody looks through the documents."""

ROOT = (
    "Hiện có {count} văn bản. Bạn muốn xem theo cách nào?\n"
    "Bạn cũng có thể tìm nhanh, ví dụ gõ: tra cứu đất đai, hoặc: tra cứu 57."
)
NOTHING_YET = "Hiện chưa có văn bản nào để tra cứu. Bạn cứ gõ câu hỏi bằng lời của mình nhé."

NEWEST = "Mới nhất"
BY_TOPIC = "Theo chủ đề ({count})"
LEVELS = {"Trung ương": "Trung ương", "tỉnh": "Cấp tỉnh", "xã": "Cấp xã"}
COUNTED = "{name} ({count})"
ALL = "Tất cả ({count})"

# Headings
ALL_DOCUMENTS = "Tất cả văn bản"
OF_LEVEL = "Văn bản {level}"
LEVELS_IN_A_SENTENCE = {"Trung ương": "Trung ương", "tỉnh": "cấp tỉnh", "xã": "cấp xã"}
ON_TOPIC = "{scope}, chủ đề “{topic}”"
CHOOSE_TOPIC = "{scope}. Bạn chọn chủ đề:"
COUNT = "{heading} ({count}), mới nhất trước."
PAGE = "Trang {page}/{pages}"
FOUND = "Tìm thấy {count} văn bản về “{words}”, mới nhất trước."
FOUND_NUMBER = "Có {count} văn bản mang số {number}:"
NARROW = "Dưới đây là {shown} văn bản đầu. Bạn gõ thêm chữ để thu hẹp nhé."
QUESTIONS_OF = "Các câu hỏi về {document}:"

# A document in a list
DATED = "{name} ({date})"
TITLED = "{name}: {title}"
SUPERSEDED = "{label} – đã được thay thế"
EXPIRED = "{label} – hết hiệu lực"

# Ways on
NEXT, PREVIOUS = "Trang sau", "Trang trước"
TO_ROOT = "Về mục lục"
TO_TOPICS = "Chủ đề khác"
TO_LIST = "Về danh sách"
TO_DOCUMENT = "Về văn bản"

# What is not there any more
TOPIC_GONE = "Mục này hiện không còn văn bản nào. Bạn chọn mục khác nhé."
DOCUMENT_GONE = "Văn bản này không còn nữa. Bạn chọn văn bản khác nhé."
