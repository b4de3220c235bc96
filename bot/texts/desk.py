"""What members of staff read when they ask what waits for them."""

from bot.texts.roles import RoleName

# Words that only members are understood by; each also works without accents, and its name with or without a slash. The
# first words of a name are the ones that sentences use.
STAFF_COMMANDS = (
    ("viec", "việc của tôi"),
    ("viec", "việc"),
    ("thanhvien", "thành viên"),
    ("nhatky", "nhật ký"),
    ("donvi", "đơn vị của tôi"),
    ("buoi", "buổi tuyên truyền"),
    ("baocao", "báo cáo"),
    ("nhom", "các nhóm"),
    ("nhom", "danh sách nhóm"),
    ("nhom", "nhóm"),
    ("bantin", "bản tin"),
    ("lichbantin", "lịch gửi"),
    ("lichbantin", "lịch bản tin"),
    ("nguontin", "nguồn tin"),
    ("thamdo", "thăm dò"),
)
# What a member may also do: the role that it takes, and a line that names the command.
MENU: tuple[tuple[RoleName, str], ...] = (
    ("collaborator", "đề xuất: câu hỏi … / trả lời … – đề xuất nội dung cho kho"),
    ("editor", "#12 – xem và trả lời câu hỏi số 12 của người dân"),
    ("collaborator", "{buoi} – ghi một buổi tuyên truyền miệng"),
    ("collaborator", "{nhom} – các nhóm nhận bản tin; “mã nhóm” – lấy mã để thiết lập một nhóm Zalo"),
    ("collaborator", "{chuyentiep} – tin để chuyển tiếp, ảnh, bản in A4, bài đọc loa; báo số nhóm đã gửi"),
    ("collaborator", "{baocao} – kết quả tuyên truyền theo đơn vị, ví dụ: báo cáo quý 4"),
    ("collaborator", "{donvi} – đồng chí thuộc đơn vị nào"),
    ("editor", "“sổ tay”, “tài liệu sinh hoạt chi bộ” – câu hỏi và trả lời thành tệp Word để in"),
    ("editor", "thêm văn bản – đưa một văn bản mới vào hệ thống, gõ lần lượt hoặc trong một tin"),
    ("approver", "{bantin} – bản tin đang chờ duyệt, đang gửi"),
    ("approver", "{lichbantin} – lịch gửi bản tin: xem, thêm, đổi, tạm dừng"),
    ("editor", "{thamdo} – các khảo sát và cuộc thăm dò: xem trước, gửi duyệt, mở, tạm dừng"),
    (
        "editor",
        "báo cáo dư luận – báo cáo và số liệu của thăm dò đã kết thúc; “thăm dò <mã> đã làm: …” – báo lại việc đã làm",
    ),
    ("editor", "tin khẩn <số hiệu> – gửi ngay một văn bản, sau khi được duyệt"),
    ("editor", "thay thế <văn bản cũ> bằng <văn bản mới> – đánh dấu văn bản đã được thay thế"),
    ("editor", "{nguontin} – các nguồn RSS, và văn bản mới từ đó"),
    ("administrator", "{thanhvien} – thành viên, vai trò và mã mời"),
    ("administrator", "{nhatky} – những việc gần nhất của các thành viên"),
)
HEADING = "Việc của đồng chí ({role}):"
NOTHING = "Hiện không có việc nào chờ đồng chí ({role})."
ALSO = "Đồng chí còn có thể gõ:"
