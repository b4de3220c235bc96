"""What is printed around questions and answers, and what staff are told about it."""

# On paper

TITLE = "HỎI – ĐÁP"
TITLE_OF_MEETING = "TÀI LIỆU SINH HOẠT CHI BỘ"
ABOUT_ALL = "Về các nghị quyết, chủ trương, chính sách"
ABOUT_TOPIC = "Chủ đề: {topic}"
ABOUT_DOCUMENT = "Về {document}"
ABOUT_PERIOD = "Văn bản ban hành {period}"
PLACE_AND_DATE = "{place}, ngày {date}"
DATE = "Ngày {date}"
NOTE_ON_SAMPLES = "Trong tài liệu có {count} câu là nội dung mẫu, chưa được {organisation} duyệt."
SAMPLE = "Nội dung mẫu, chưa được duyệt."
CONTENTS = "MỤC LỤC"
QUESTION_NUMBER = "Câu {number}."
OTHER_TOPIC = "Nội dung khác"
FULL_TEXT = "Toàn văn: {address}"
SCAN = "Quét mã bằng điện thoại để xem đầy đủ, hoặc mở:"
SUPERSEDED = "Lưu ý: văn bản này đã được thay thế bởi {new}."
EXPIRED = "Lưu ý: văn bản này đã hết hiệu lực, nội dung chỉ để tham khảo."

# On the screen

HOW_TO_PRINT = (
    "Để in hoặc lưu thành PDF khổ {sheet}: trên máy tính bấm Ctrl+P, trên điện thoại chọn Chia sẻ rồi chọn In. Khung này "
    "không in ra."
)
LINK_ENDED = "Liên kết này không đúng hoặc đã hết hạn. Đồng chí lấy lại sổ tay từ bot."

# Periods

MONTH = "tháng {month}/{year}"
MONTH_ALONE = "tháng {month}"
QUARTER = "quý {quarter}/{year}"
YEAR = "năm {year}"
DAY = "ngày {day}"
BETWEEN = "từ {first} đến {last}"
SINCE = "từ {first}"
UNTIL = "đến {last}"

# Meeting material

NEW_DOCUMENTS = "VĂN BẢN MỚI"
QUESTIONS = "HỎI – ĐÁP"
DISCUSSION = "GỢI Ý THẢO LUẬN"
DISCUSSION_HINT = "(Chi bộ ghi câu hỏi gợi ý sát với tình hình của đơn vị.)"
DISCUSSION_LINES = 5

# What staff are told

NO_DOCUMENT = "Trong kho chưa có văn bản “{text}”. Đồng chí kiểm tra lại số, ký hiệu văn bản."
SEVERAL_DOCUMENTS = "“{text}” có thể là nhiều văn bản, đồng chí ghi thêm ngày ban hành: {names}."
NO_TOPIC = "Chưa có chủ đề “{text}”. Các chủ đề đang có: {topics}."
NO_TOPICS = "Chưa có câu hỏi nào được gắn chủ đề."
NOTHING = "Chưa có câu hỏi nào đã duyệt để in."
NOTHING_CHOSEN = "Chưa có câu hỏi nào đã duyệt trong phần đồng chí chọn."
NO_NEW_DOCUMENTS = (
    "Chưa có văn bản nào trong kho được ban hành {period}. Đồng chí chọn kỳ khác, ví dụ quý 3 hoặc năm 2025."
)
NO_DOCUMENTS = "Chưa có văn bản nào trong phần đồng chí chọn."
ONLY_SAMPLES = "Mới có nội dung mẫu chưa duyệt ({count}); muốn in cả nội dung mẫu thì thêm {how}."
BACKWARDS = "Ngày bắt đầu ({first}) sau ngày kết thúc ({last}). Đồng chí đổi lại hai ngày."
FORMAT_UNWRITABLE = "Không ghi được tệp “{name}”: tên tệp phải kết thúc bằng .docx hoặc .html."
WRITTEN = "Đã ghi {count} câu hỏi vào {path}, khổ {sheet}."
WRITTEN_MEETING = "Đã ghi {documents} văn bản và {count} câu hỏi vào {path}, khổ {sheet}."

# In chat. The words that ask for one, the longer ones first; what follows says of what

WORDS_FOR_MEETING = ("tài liệu sinh hoạt chi bộ", "tài liệu sinh hoạt", "/tailieu")
WORDS_FOR_BOOKLET = ("sổ tay hỏi đáp", "sổ tay", "/sotay")
WORD_FOR_SAMPLES = "chữ “mẫu” ở cuối"
CAPTION = "Sổ tay Hỏi – Đáp. {about}: {count} câu hỏi, khổ {sheet}."
CAPTION_OF_MEETING = "Tài liệu sinh hoạt chi bộ. {about}: {documents} văn bản, {count} câu hỏi, khổ {sheet}."
ON_THE_WEB = "Bản xem trên điện thoại, in hoặc lưu PDF (mở được trong 24 giờ): {address}"
LINKS = (
    "{caption}\n\nBản Word: {word}\n\nBản xem trên điện thoại, in hoặc lưu PDF: {web}\n\n"
    "Hai liên kết mở được trong 24 giờ."
)
NO_FILES_HERE = (
    "{caption}\n\nỞ đây tôi chưa gửi được tệp. Đồng chí nhắn câu này cho tôi trên Telegram hoặc trên trang web, hoặc nhờ "
    "người vận hành chạy lệnh: {command}"
)
NOT_A_DAY = "“{text}” không phải ngày. Đồng chí viết ngày/tháng/năm, ví dụ 22/12/2024."
MEANT_A_QUESTION = "Nếu đây là câu hỏi, đồng chí thêm dấu “?” ở cuối."
