"""What is said about talks that propagandists hold, and about the report of them."""

# Noting a talk

HOW_MANY = "Buổi này có bao nhiêu người nghe? Đồng chí chọn số gần nhất, hoặc gõ số, ví dụ: 45 người."
PEOPLE = "{count} người"
NOT_SENSIBLE = "Tôi thấy ghi {count} người nghe, có lẽ gõ nhầm. Số người nghe của một buổi từ 1 đến 10.000."
WHICH_UNIT = "Buổi này ở đơn vị nào? Đồng chí chọn bên dưới, hoặc gõ tên đơn vị."
WHICH_OF_THESE = "Có nhiều đơn vị tên như vậy. Buổi này ở đơn vị nào?"
UNIT_UNKNOWN = "Tôi không tìm thấy đơn vị đó trong danh mục."
ABOUT_WHAT = "Buổi này tuyên truyền nội dung gì? Đồng chí chọn văn bản, hoặc gõ nội dung."
WHICH_DOCUMENT = "Có nhiều văn bản mang số này. Buổi này tuyên truyền văn bản nào?"
NO_DOCUMENT = "Không chọn văn bản"
WHICH_DAY = "Buổi này tổ chức ngày nào? Đồng chí chọn bên dưới, hoặc gõ ngày, ví dụ: 20/11."
STILL_TO_COME = "Ngày {day} chưa đến, mà chỉ ghi được buổi đã tổ chức."
DAYS = ("Hôm nay", "Hôm qua", "Hôm kia")

NOTED = "Đã ghi buổi tuyên truyền:"
CORRECTED = "Đã sửa. Buổi tuyên truyền nay là:"
DAY = "• Ngày: {day}"
UNIT = "• Đơn vị: {unit}"
LISTENERS = "• Người nghe: {count}"
CONTENT = "• Nội dung: {content}"
PLACE = "• Địa điểm: {place}"
FOR_A_DAY = "Trong một ngày, đồng chí sửa hoặc rút lại được."
EDIT, WITHDRAW = "Sửa", "Rút lại"

WHAT_TO_EDIT = "Đồng chí muốn sửa điều gì?"
EDITS = {"n": "Số người nghe", "u": "Đơn vị", "d": "Nội dung", "t": "Ngày"}
WITHDRAWN = "Đã rút lại buổi tuyên truyền này; số liệu không còn tính nữa."
TWIN = (
    "Đồng chí đã ghi một buổi giống như vậy (cùng ngày, cùng đơn vị, cùng số người nghe). Đây có phải là một buổi khác "
    "không?"
)
ANOTHER, THE_SAME = "Buổi khác, ghi thêm", "Cùng một buổi, thôi"
NOT_AGAIN = "Vâng, tôi không ghi thêm."
TOO_LATE = "Buổi này không sửa được nữa: đã rút lại, hoặc đã quá một ngày. Nếu số liệu sai, đồng chí báo quản trị viên."

# The report

REPORT = "Báo cáo tuyên truyền {period} – {of}:"
OF_ALL = "toàn bộ đơn vị"
OF_MYSELF = "các buổi đồng chí đã ghi"
WITH_PARTS = "{unit} (kể cả đơn vị trực thuộc)"
SUMS = (
    "• Buổi tuyên truyền: {talks}\n• Lượt người nghe: {listeners}\n• Văn bản được tuyên truyền: {documents}"
)
REACH_LINES = (
    "• Bản tin đã gửi: {0} lượt nhóm và cá nhân\n• Thành viên trong các nhóm đó: {1} lượt\n"
    "• Đã chuyển tiếp: {2} nhóm\n• Lượt mở trang bản tin: {3}"
)
MEANING = (
    "Một nhóm nhận một bản tin là một lượt, chưa chắc mọi thành viên đã đọc; số nhóm chuyển tiếp do tuyên truyền viên báo; "
    "lượt mở là số lần trang được mở, không phải số người."
)
UNIT_REACH = "; bản tin {chats} lượt, chuyển tiếp {forwards} nhóm, {openings} lượt mở"
WHICH_PERIOD = (
    "Tôi chưa rõ kỳ báo cáo. Đồng chí ghi, ví dụ: báo cáo tháng 10, báo cáo quý 4, báo cáo năm 2026, báo cáo từ 1/10/2026 "
    "đến 15/11/2026."
)
AS_PICTURE = "Xem bằng ảnh"
PICTURE_TITLE = "Kết quả tuyên truyền {period}"
NO_PICTURE_HERE = (
    "Ở đây tôi chưa gửi được ảnh, vì máy chủ chưa có địa chỉ công khai. "
    "Đồng chí xem ảnh trên Telegram hoặc trang web."
)
TALKS_SUM, LISTENERS_SUM = "buổi tuyên truyền", "lượt người nghe"
REACH_SUMS = (
    "lượt nhận bản tin",
    "lượt thành viên các nhóm",
    "nhóm được chuyển tiếp",
    "lượt mở trang bản tin",
)
BARS_HEADING, BARS_OF_FORWARDS = "Lượt người nghe theo đơn vị", "Số nhóm được chuyển tiếp theo đơn vị"
NONE_YET = "Chưa có buổi tuyên truyền nào được ghi."
BY_UNIT = "Theo đơn vị:"
UNIT_LINE = "• {unit}: {talks} buổi, {listeners} lượt người"
ITSELF = "{unit} (cấp này)"
WITHOUT_UNIT = "chưa ghi đơn vị"
AND_MORE = "• và {count} đơn vị khác"
BY_DOCUMENT = "Văn bản:"
DOCUMENT_LINE = "• {document}: {talks} buổi"
PERIODS = {"month": "Tháng này", "last": "Tháng trước", "year": "Năm nay"}
HIGHER = "Cấp trên"
CHOOSE_UNIT = (
    "Đồng chí chưa chọn đơn vị, nên báo cáo chỉ có các buổi đồng chí tự ghi. Gõ {donvi} để chọn đơn vị."
)
