"""What is made to be forwarded, printed and told about it."""

# The text itself: nobody who gets it should see that a bot had a hand in it

HEADING_URGENT = "TIN KHẨN: {title}"
FROM = "{organisation}, {date}"
ABOUT = "Về: {title}"
SOURCE = "Nguồn: {address}"
AND_MORE = "… và {count} văn bản khác"
READ_ALL = "Xem đầy đủ tại: {address}"

# On paper

NOTICE = "BẢN TIN"
FULL_TEXT = "Toàn văn: {address}"
NO_SHEET = "Liên kết này không đúng, hoặc bản tin không còn nữa."

# In chat: what members read about the kit

CITIZEN = "Đây là tin để Bạn chuyển tiếp nguyên văn:"
NOTHING_YET = (
    "Chưa có bản tin nào được gửi, nên chưa có gì để chuyển tiếp. "
    "Khi có bản tin mới, Bạn gõ lại {chuyentiep} nhé."
)
NOTHING_YET_MEMBER = (
    "Chưa có bản tin nào được gửi, nên chưa có gì để chuyển tiếp. "
    "Khi có bản tin mới, đồng chí gõ lại {chuyentiep}."
)
GONE = "Bản tin này không còn nữa. Gõ {chuyentiep} để xem các bản tin mới."
WHICH = "Đồng chí muốn chuyển tiếp bản tin nào?"
DATED = "{title} ({date})"
IN_GROUP = "Để lấy tin chuyển tiếp, Bạn nhắn riêng cho tôi: {words}"
IN_GROUP_LINK = "Tin để chuyển tiếp, có nút sao chép: {address}"
WITH_CODE = {
    True: "/chuyentiep {code}",
    False: "“chuyển tiếp {code}”",
}  # whether people there know slash commands

MENU = "Tin ở trên để đồng chí chuyển tiếp nguyên văn."
REPORT = "Gửi xong, đồng chí báo số nhóm đã gửi; số này tính cho {unit}."
REPORT_WITHOUT_UNIT = (
    "Gửi xong, đồng chí báo số nhóm đã gửi. Đồng chí chưa chọn đơn vị, nên số này chưa tính cho đơn vị "
    "nào (gõ {donvi} để chọn)."
)
REPORT_WORDS = "Có thể nhắn, ví dụ: đã gửi 3 nhóm."
REPORTED_BEFORE = "Đồng chí đã báo: {count} nhóm."
CARD, SHEET, ALOUD, COUNT = "Ảnh để đăng", "Bản in A4", "Bài đọc loa", "Báo số nhóm đã gửi"
GROUPS, ANOTHER_NUMBER = "{count} nhóm", "Số khác"
HOW_MANY = "Đồng chí đã gửi bản tin này vào tất cả bao nhiêu nhóm? Gõ số, ví dụ: 3."
NOT_SENSIBLE = (
    "Tôi thấy ghi {count} nhóm, có lẽ gõ nhầm. Số nhóm từ {fewest} đến {most}; đồng chí gõ lại giúp tôi."
)
NEGATIVE = (
    "Số nhóm phải từ {fewest} đến {most}, không thể là số âm. Đồng chí báo lại tổng số nhóm đã gửi, ví dụ: đã gửi 3 nhóm; "
    "muốn bỏ số đã báo thì bấm “Rút lại” dưới lần báo trước."
)
NOTED = "Đã ghi: đồng chí đã gửi “{title}” vào tất cả {count} nhóm, tính cho {unit}."
NOTED_WITHOUT_UNIT = "Đã ghi: đồng chí đã gửi “{title}” vào tất cả {count} nhóm."
NOTED_HINT = "Nếu chưa đúng, đồng chí báo lại tổng số. Gửi thêm thì nhắn, ví dụ: đã gửi thêm 2 nhóm."
CHANGE, WITHDRAW = "Sửa số", "Rút lại"
WITHDRAWN = "Đã rút lại; bản tin này không còn số nhóm nào do đồng chí báo."
TOO_OLD = "Bản tin này đã gửi quá {days} ngày, nên không ghi thêm số nhóm nữa."
NO_ADDRESS = (
    "Máy chủ chưa có địa chỉ công khai (PUBLIC_URL), nên tin chuyển tiếp chưa kèm liên kết và mã QR, và chưa đếm được lượt "
    "mở. Mọi việc khác vẫn dùng bình thường; khi quản trị viên đặt địa chỉ, liên kết tự có."
)

CARD_ALT = "Ảnh giới thiệu bản tin: {title}"
CARD_NOT_HERE = (
    "Ở đây tôi chưa gửi được ảnh, vì máy chủ chưa có địa chỉ công khai. "
    "Đồng chí lấy ảnh trên Telegram hoặc trang web."
)
SHEET_CAPTION = "Bản in một trang khổ A4, để dán bảng tin hoặc dùng khi sinh hoạt chi bộ."
SHEET_ON_THE_WEB = "Bản xem trên điện thoại, in hoặc lưu PDF: {address}"
SHEET_LINKS = "{caption}\n\nBản Word: {word}\n\nBản xem trên điện thoại, in hoặc lưu PDF: {web}"
SHEET_NOT_HERE = (
    "Ở đây tôi chưa gửi được tệp, vì máy chủ chưa có địa chỉ công khai. "
    "Đồng chí lấy bản in trên Telegram hoặc trang web."
)
