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
NONE_YET = "Chưa có buổi tuyên truyền nào được ghi."
BY_UNIT = "Theo đơn vị:"
UNIT_LINE = "• {unit}: {talks} buổi, {listeners} lượt người"
ITSELF = "{unit} (cấp này)"
WITHOUT_UNIT = "chưa ghi đơn vị"
AND_MORE = "• và {count} đơn vị khác"
BY_DOCUMENT = "Văn bản:"
DOCUMENT_LINE = "• {document}: {talks} buổi"
MONTH, YEAR = "tháng {month}/{year}", "năm {year}"
PERIODS = {"month": "Tháng này", "last": "Tháng trước", "year": "Năm nay"}
HIGHER = "Cấp trên"
CHOOSE_UNIT = (
    "Đồng chí chưa chọn đơn vị, nên báo cáo chỉ có các buổi đồng chí tự ghi. Gõ {donvi} để chọn đơn vị."
)
