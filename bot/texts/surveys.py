"""What is said to staff about surveys and short polls."""

ENDS_BEFORE_IT_BEGINS = (
    "Ngày kết thúc ({ends:%d/%m/%Y}) trước ngày bắt đầu ({begins:%d/%m/%Y}): đồng chí xem lại hai ngày này."
)

# What is wrong with a poll as it is written

LONG_TITLE = "Tên cuộc thăm dò dài {length} chữ cái, tối đa {limit}: đồng chí rút gọn lại."
LONG_QUESTION = "Câu hỏi dài {length} chữ cái, tối đa {limit}: đồng chí rút gọn lại."
LONG_OPTION = (
    "Phương án “{option}” dài {length} chữ cái, tối đa {limit} (giới hạn của nút bấm): đồng chí rút gọn lại."
)
MANY_QUESTIONS = "Cuộc thăm dò “{poll}” có {count} câu, tối đa {limit}: đồng chí tách thành hai cuộc."
MANY_CROSSINGS = "Cuộc thăm dò “{poll}” tách kết quả theo quá nhiều câu, tối đa {limit}."
ONLY_CROSSINGS = (
    "Cuộc thăm dò “{poll}” chỉ có câu dùng để tách kết quả: đồng chí thêm ít nhất một câu hỏi ý kiến."
)
CROSSING_OF_ONE = "Chỉ câu chọn một phương án mới dùng để tách kết quả được."
MOST_OF_SEVERAL = "“Chọn tối đa” chỉ dùng cho câu chọn nhiều phương án, từ 2 đến số phương án của câu."
OPTIONS_OF_OPEN = "Câu ý kiến tự do không có phương án: đồng chí bỏ các phương án, hoặc đổi loại câu."
OPTIONS_OF_SCALE = (
    "Câu thang điểm 1–5 để trống phương án, hoặc ghi đúng hai: lời cho điểm 1 và lời cho điểm 5."
)
HOW_MANY_OPTIONS = "Câu này có {count} phương án; cần từ 2 đến {most}."
SAME_OPTION = "Có hai phương án giống nhau: đồng chí sửa hoặc bỏ một."

# The spreadsheet

KINDS = {"one": "một lựa chọn", "several": "nhiều lựa chọn", "scale": "thang điểm", "open": "ý kiến tự do"}
AUDIENCES = {"subscribers": "người đăng ký", "groups": "nhóm", "link": "liên kết"}
UNKNOWN_AUDIENCE = "Không hiểu nơi gửi “{text}”. Ghi một hay nhiều trong số: {known}."
NOT_A_MOMENT = "Không hiểu giờ mở “{text}”. Ghi ngày và giờ, ví dụ: 01/12/2026 07:30."
NOT_A_NUMBER = "Ghi một số, ví dụ: 2."
NO_POLL = "Dòng này chưa thuộc khảo sát và cuộc thăm dò nào: đồng chí ghi tên ở cột đầu."
NO_PERIOD = "Khảo sát “{survey}” chưa có đủ từ ngày và đến ngày."
NO_PURPOSE = "Khảo sát “{survey}” chưa ghi mục đích: người trả lời phải biết ý kiến của mình dùng để làm gì."
PURPOSE_AGREED_TO = (
    "Khảo sát “{survey}” đang có cuộc thăm dò mở, và người trả lời đã đồng ý với mục đích cũ: đồng chí kết thúc cuộc đó "
    "trước khi sửa mục đích."
)
OVER = "Khảo sát “{survey}” kết thúc ngày {ends:%d/%m/%Y}, đã qua."
OPENS_TOO_LATE = "Giờ mở sau khi khảo sát kết thúc."
OTHERWISE_BEFORE = "Ghi khác với dòng trên của cùng khảo sát: {before}."
UNKNOWN_UNIT = "Không có đơn vị “{text}”, hoặc có nhiều đơn vị tên như vậy: đồng chí ghi mã hoặc tên đầy đủ."
CLOSED_ALREADY = "Cuộc thăm dò “{poll}” đã kết thúc, không sửa được: đồng chí đặt tên khác cho cuộc mới."
NEW_VERSION = (
    "Cuộc thăm dò “{poll}” đang mở, nên phần sửa thành bản mới chờ duyệt; bản đang mở chạy tiếp đến khi bản mới được "
    "mở."
)
EXAMPLE_PURPOSE = "biết bà con cần hướng dẫn thêm điều gì về dịch vụ công trực tuyến"
EXAMPLE_POLL = "Dịch vụ công trực tuyến"
EXAMPLES = (
    ("Bạn đã nộp hồ sơ trực tuyến lần nào chưa?", "one", ("Đã nộp", "Chưa nộp", "Nhờ người khác nộp")),
    ("Bạn thuộc nhóm tuổi nào?", "one", ("Dưới 30", "30–59", "Từ 60 trở lên")),
    ("Điều gì làm Bạn thấy khó?", "several", ("Không có máy", "Không biết cách làm", "Mạng yếu")),
    ("Bạn hài lòng đến mức nào?", "scale", ("Không hài lòng", "Rất hài lòng")),
    ("Bạn mong muốn điều gì?", "open", ()),
)
