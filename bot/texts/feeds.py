"""What members of staff read about feeds, and about what feeds bring."""

WANTED = {"documents": "chỉ văn bản", "all": "cả tin bài"}
RUNNING, PAUSED = "đang lấy", "tạm dừng"

# A file of feeds
BAD_ADDRESS = (
    "địa chỉ nguồn tin phải bắt đầu bằng http:// hoặc https://, không kèm tên đăng nhập hay mật khẩu, ví dụ: "
    "https://example.vn/rss.xml."
)
ADDRESS_TWICE = "địa chỉ này đã có ở {place}."

# The list
HEADING = "Nguồn tin ({count}):"
NONE = "Chưa có nguồn tin nào."
HOW_TO_ADD = (
    "Thêm nguồn: gõ “thêm nguồn tin” rồi địa chỉ RSS, ví dụ:\n"
    "thêm nguồn tin https://example.vn/rss.xml; tên: Báo tỉnh; chủ đề: Văn bản mới; cấp: tỉnh"
)
LINE = "{at}. {name} – {health}"
WELL = "lấy được lúc {when}"
WAITING_FOR_FIRST = "sẽ lấy trong ít phút nữa"
FAILING = "lỗi: {reason}"
IS_PAUSED = "tạm dừng"
PAUSED_BY_ITSELF = "đã tạm dừng vì {reason}"
MORE = "… và {count} nguồn khác; xem đủ bằng: hoidap export feeds nguon-tin.xlsx"

# Why a feed cannot be fetched
REASONS = {
    "address": "địa chỉ không dùng được",
    "forbidden": "địa chỉ nằm trong mạng nội bộ hoặc dùng cổng lạ, không được phép lấy",
    "unreachable": "không kết nối được máy chủ",
    "certificate": "chứng chỉ bảo mật của trang không hợp lệ",
    "slow": "máy chủ trả lời quá chậm (hơn 20 giây)",
    "large": "tệp lớn hơn 5 MB",
    "redirects": "trang chuyển hướng quá nhiều lần",
    "encoding": "kiểu nén không dùng được",
    "broken": "nội dung bị hỏng, không đọc được",
    "empty": "máy chủ trả về trang trống",
    "no feed": "địa chỉ này không phải nguồn tin RSS hay Atom (có thể là trang web thường)",
    "heavy": "nội dung nặng bất thường, không đọc được",
    "status 401": "trang đòi đăng nhập (401)",
    "status 403": "trang từ chối cho lấy (403)",
    "status 404": "không còn trang này (404)",
    "status 410": "trang đã bị gỡ (410)",
    "status 429": "trang yêu cầu lấy thưa hơn (429)",
}
STATUS = "máy chủ báo lỗi {status}"

# One feed
ADDRESS = "Địa chỉ: {address}"
TOPIC = "Chủ đề: {topic}"
LEVEL = "Cấp: {level}"
ISSUER = "Cơ quan: {issuer}"
TAKES = "Lấy: {wanted}"
HEALTH = "Tình trạng: {health}"
SINCE = "Lỗi từ {when}, đã thử {count} lần"
NEXT = "Lần lấy tới: {when}"
LEFT_OUT = "Nguồn có nhiều mục: chỉ xét {newest} mục mới nhất, bỏ qua {count} mục cũ."
PAUSE, RESUME, FETCH, REMOVE = "Tạm dừng", "Lấy tiếp", "Lấy ngay", "Xóa nguồn"
TO_DOCUMENTS, TO_ALL = "Chỉ lấy văn bản", "Lấy cả tin bài"
SURE_TO_REMOVE = (
    "Xóa nguồn {name}? Những mục của nguồn này chưa ai xem sẽ mất theo; văn bản đã nhận vẫn còn nguyên."
)
YES_REMOVE = "Xóa"
REMOVED = "Đã xóa nguồn {name}."
GONE = "Nguồn tin này không còn. Gõ “nguồn tin” để xem danh sách."
LIST = "Danh sách nguồn tin"

# Adding
ADDED = "Đã thêm nguồn tin {name}. Lần đầu sẽ lấy trong ít phút; có văn bản mới, bot báo đồng chí xem trước khi nhận."
CHANGED = "Đã cập nhật nguồn tin {name}."
ADDRESS_NEEDED = f"Chưa thấy địa chỉ dùng được. {HOW_TO_ADD}"
CREDENTIALS = (
    "Địa chỉ có kèm tên đăng nhập hoặc mật khẩu nên không nhận được. "
    "Đồng chí dùng địa chỉ công khai, và đổi mật khẩu đó."
)
PRIVATE = (
    "Địa chỉ này nằm trong mạng nội bộ hoặc trên chính máy chủ, bot không được phép lấy tin ở đó. "
    "Đồng chí dùng địa chỉ công khai của trang tin."
)
FIELD_UNKNOWN = "Chưa hiểu “{text}”. {how}"
NOT_A_LEVEL = "Cấp chỉ có thể là: Trung ương, tỉnh, xã."
NOT_WANTED = "“Lấy” chỉ có thể là: chỉ văn bản, cả tin bài."

# A feed that fails
FAILED_FOR_A_DAY = "Nguồn tin cần xem lại:"
FAILED_LINE = "• {name}: {reason}"
WHAT_TO_DO = "Các nguồn khác vẫn lấy bình thường. Đồng chí bấm vào nguồn để sửa, tạm dừng hoặc lấy lại."

# What feeds bring
NEW = "Nguồn tin có {documents} văn bản mới chờ đồng chí xem:"
NEW_WITH_NEWS = "Nguồn tin có {documents} văn bản và {news} tin bài mới chờ đồng chí xem:"
NEW_NEWS = "Nguồn tin có {news} tin bài mới chờ đồng chí xem:"
ITEM_LINE = "• {name}"
AND_MORE = "… và {count} mục khác"
BEGIN = "Xem từng mục"
DROP_NEWS = "Bỏ cả {count} tin bài"
NEWS_DROPPED = "Đã bỏ {count} tin bài."
SECTION = "Từ nguồn tin, chờ xem ({count})"
NOTHING_WAITS = "Không còn mục nào từ nguồn tin chờ xem."

CARD = {True: "Văn bản mới từ nguồn tin", False: "Tin bài mới từ nguồn tin"}
FIELDS = (
    ("number", "Số hiệu"),
    ("kind", "Loại"),
    ("title", "Trích yếu"),
    ("issuer", "Cơ quan"),
    ("level", "Cấp"),
    ("issued_on", "Ngày"),
    ("topics", "Chủ đề"),
    ("address", "Địa chỉ"),
    ("summary", "Tóm tắt"),
)
HEADLINE = "Tiêu đề"  # of news
FIELD = "{name}: {value}"
FROM = "Nguồn: {name}"
MENTIONS = (
    "Bài này nhắc đến {number}, văn bản chưa có trong hệ thống. "
    "Muốn nhận chính văn bản, đồng chí bấm “Sửa” và ghi số hiệu."
)
THERE_ALREADY = "Chú ý: đã có {document}. Nếu đây là văn bản khác, đồng chí bổ sung ngày và cơ quan ban hành trước khi nhận."
SAME_NUMBER = "Chú ý: đã có văn bản cùng số: {documents}."
REPLACES = "Văn bản này có thể thay thế {document}."
NO_DAY = "Chưa rõ ngày ban hành. Đồng chí biết thì bấm “Sửa” để ghi thêm."
INCOMPLETE = "Còn thiếu: {fields}. Đồng chí bấm “Sửa” để bổ sung trước khi nhận."
ALL_SEEN = "Đồng chí đã xem hết; {count} mục để sau vẫn còn trong “việc của tôi”."
LEFT = "(còn {count} mục chờ xem)"
TAKE, EDIT, DROP, LATER = "Nhận", "Sửa", "Bỏ", "Để sau"

EDIT_HOW = (
    "Đồng chí gõ “sửa tin {key}”, xuống dòng rồi ghi những mục cần sửa, mỗi mục một dòng, ví dụ:\n\n"
    "sửa tin {key}\n"
    "số hiệu: 57-NQ/TW\n"
    "ngày: 22/12/2024\n\n"
    "Các mục: số hiệu, loại, trích yếu, cơ quan, cấp, ngày, chủ đề, địa chỉ, tóm tắt."
)
EDITED = "Đã sửa."
CHANGED_SINCE = "Mục này đã thay đổi sau khi thẻ được gửi. Đồng chí xem lại dưới đây rồi quyết định."
NOTHING_CHANGED = "Chưa có gì thay đổi; đồng chí sửa lại các dòng rồi gửi lại giúp."
MARKED = "Chưa nhận: nội dung có dấu “{mark}”. Tài liệu mật hoặc lưu hành nội bộ không được đưa vào hệ thống."

TAKEN = "Đã nhận {document}. Văn bản được công bố và sẽ có trong bản tin tới."
TAKEN_BEFORE = "Đồng chí {name} đã nhận mục này rồi."
DROPPED = "Đã bỏ; mục này không hiện lại nữa."
DROPPED_BEFORE = "Mục này đã được bỏ."
NOT_THERE = "Mục này không còn nữa."
SUPERSEDE = "Đánh dấu thay thế {old}"
OWN_WORK = (
    "Mục này do chính đồng chí sửa nên cần một người duyệt khác bấm “Nhận”. Đã chuyển người duyệt khác xem."
)
PASSED_ON = "Đã chuyển người duyệt xem; người duyệt bấm “Nhận” thì văn bản mới được công bố."
NOBODY_TO_DECIDE = (
    "Hiện chưa có ai khác để duyệt nên phải chờ: quản trị viên mời thêm một người duyệt bằng cách gõ “mời người duyệt” kèm "
    "họ tên."
)
FORWARDED = "Đồng chí {name} đề nghị nhận mục này."
