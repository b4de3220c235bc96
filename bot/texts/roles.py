"""What is said about roles: who is a member of the department's staff, what each may do, and how they become one."""

from typing import Literal

RoleName = Literal["collaborator", "editor", "approver", "administrator"]

# As they stand in a sentence; capitalised they name a member whose own name nobody has given.
ROLES = {
    "collaborator": "cộng tác viên",
    "editor": "biên tập",
    "approver": "người duyệt",
    "administrator": "quản trị viên",
}
MAY = {
    "collaborator": "Đồng chí ghi được buổi tuyên truyền, đề xuất được nội dung hỏi đáp.",
    "editor": "Đồng chí trả lời được câu hỏi của người dân, soạn được nội dung hỏi đáp.",
    "approver": "Đồng chí trả lời được câu hỏi của người dân, soạn và duyệt được nội dung hỏi đáp.",
    "administrator": "Đồng chí làm được mọi việc của đơn vị, kể cả mời và đổi vai trò thành viên.",
}
# What administrators type for a role, folded; the longer form first.
SPOKEN_ROLES: tuple[tuple[str, RoleName], ...] = (
    ("tuyen truyen vien", "collaborator"),
    ("bao cao vien", "collaborator"),
    ("cong tac vien", "collaborator"),
    ("ctv", "collaborator"),
    ("bien tap vien", "editor"),
    ("bien tap", "editor"),
    ("nguoi duyet", "approver"),
    ("duyet", "approver"),
    ("quan tri vien", "administrator"),
    ("quan tri", "administrator"),
)

LAST_ADMINISTRATOR = (
    "Đây là quản trị viên cuối cùng nên chưa thể thôi vai trò này. Đồng chí giao vai trò quản trị cho người khác "
    "trước."
)
NAMED_IN_SETTINGS = (
    "{name} là quản trị viên theo thiết lập ADMINS của máy chủ, nên chỉ đổi được ở đó (sửa tệp .env rồi khởi động "
    "lại)."
)
NO_NAME = "Họ tên cần có chữ và không quá {longest} ký tự. Đồng chí gõ lại giúp tôi."

# Inviting

HOW_TO_INVITE = (
    "Để mời một đồng chí, gõ “mời”, vai trò và họ tên, ví dụ:\n"
    "mời cộng tác viên Nguyễn Văn An\n"
    "Thêm được đơn vị sau dấu phẩy: mời cộng tác viên Nguyễn Văn An, tổ dân phố 3\n\n"
    "Các vai trò: cộng tác viên (hoặc tuyên truyền viên), biên tập, người duyệt, quản trị viên."
)
INVITED = (
    "Mã mời {name} làm {role}, dùng một lần, đến {until}. Đồng chí chuyển tin nhắn ngay dưới đây cho người đó; "
    "người đó mở dịch vụ trên Telegram, Zalo hoặc trang web và gửi đúng dòng ấy cho tôi.\n\n"
    "Ai gửi mã trước thì người đó nhận vai trò, nên xin đừng đăng mã ở nơi chung."
)
CODE_LINE = "vaitro {code}"
ACCEPTED = "Đồng chí đã được giao vai trò {role}. {may}\n\nGõ {viec} để xem việc của đồng chí."
ACCEPTED_TOLD = "{name} đã nhận vai trò {role}."
INVITE_WRONG = (
    "Mã này không đúng, hoặc đã được dùng. Bạn xem lại mã, hoặc xin mã mới từ người đã mời Bạn nhé."
)
INVITE_EXPIRED = "Mã mời này đã hết hạn vì quá 7 ngày. Đồng chí xin mã mới từ người đã mời giúp tôi."
INVITE_ELSEWHERE = (
    "Cửa sổ lệnh này không giữ lại người dùng sau khi đóng. Đồng chí hãy gửi mã trên Telegram, trên Zalo hoặc trên trang "
    "web."
)
HAS_ROLE = (
    "Đồng chí đang giữ vai trò {role}, nên không cần mã này (mã cho vai trò {offered}). Mã vẫn còn nguyên cho người được "
    "mời."
)
HOW_TO_ACCEPT = (
    "Lệnh này dành cho người được mời làm cộng tác viên hoặc cán bộ của {organisation}: gửi “vaitro” kèm mã mời cho tôi khi "
    "nhắn tin riêng."
)

# Members, as administrators see them

MEMBERS = "Thành viên: {count}. Chọn một người để xem, đổi hoặc thu hồi vai trò."
MEMBERS_PAGE = "Thành viên: {count}, trang {page}/{pages}. Chọn một người để xem, đổi hoặc thu hồi vai trò."
MEMBER_LINE = "{name} – {role}"
INVITATION_LINE = "Đang mời: {name} – {role}"
NEXT_PAGE, PREVIOUS_PAGE = "Trang sau", "Trang trước"
MEMBER = "{name}\nVai trò: {role}\nĐơn vị: {unit}\nTừ ngày: {since}\nNhắn tin qua: {networks}"
NO_UNIT = "chưa chọn"
MEMBER_BY_SETTINGS = "Vai trò này ghi ở thiết lập ADMINS của máy chủ và chỉ đổi được ở đó."
CHANGE_TO = "Chuyển thành {role}"
WITHDRAW = "Thu hồi vai trò"
WITHDRAW_SURE = (
    "Thu hồi vai trò {role} của {name}? Việc người đó đang nhận sẽ trở lại danh sách chung; nhật ký vẫn giữ họ tên và "
    "những việc đã làm."
)
WITHDRAW_YES, BACK = "Thu hồi", "Không, quay lại"
CHANGED = "Vai trò của {name} nay là {role}."
CHANGED_TOLD = "Vai trò của đồng chí nay là {role}. {may}"
WITHDRAWN = "Đã thu hồi vai trò {role} của {name}."
WITHDRAWN_TOLD = "Vai trò {role} của đồng chí đã được thu hồi. Đồng chí vẫn hỏi đáp được như mọi người."
MEMBER_GONE = "Người này không còn trong danh sách thành viên. Gõ {thanhvien} để xem danh sách mới."
INVITATION = "Mã mời {name} làm {role}, dùng được đến {until}."
INVITATION_STOP = "Hủy mã mời"
INVITATION_STOPPED = "Đã hủy mã mời {name}."
INVITATION_GONE = "Mã mời này đã được dùng, đã hủy hoặc đã hết hạn."

RENAMED = "Từ nay tên của đồng chí trong danh sách thành viên và nhật ký là {name}."

# What members are told about their own data

MEMBER_PRIVACY = (
    "Vì đồng chí giữ vai trò {role}: dịch vụ còn giữ họ tên, vai trò, đơn vị, tài khoản để giao việc, các buổi tuyên truyền "
    "đồng chí đã ghi, số nhóm đồng chí báo đã chuyển tiếp (sau 60 ngày chỉ còn theo đơn vị), và nhật ký những việc đồng chí "
    "đã làm cho đơn vị (không có nội dung tin nhắn)."
)
ERASED_ROLE = (
    "Vai trò {role} của đồng chí cũng đã được thu hồi, và tài khoản của đồng chí không còn trong danh sách thành viên. "
    "Nhật ký công việc và số liệu các buổi tuyên truyền giữ lại họ tên, vì đó là trách nhiệm trước đơn vị. Muốn làm "
    "tiếp, đồng chí xin mã mời mới."
)
KEPT_ROLE = "Vai trò {role} thì vẫn còn, vì đó là phân công công việc. {reason}"

# The command line

LISTED = "{key:>4}  {name} – {role} ({networks})"
LISTED_INVITATION = "   –  Đang mời: {name} – {role}, đến {until}"
NOBODY_LISTED = (
    "Chưa có thành viên nào. Mã quản trị hiện trên màn hình khi chạy hoidap serve; hoặc: hoidap staff invite "
    "administrator “Họ tên”."
)
INVITED_AT_COMMAND_LINE = "Mã mời {name} làm {role}, dùng một lần, đến {until}. Người đó gửi cho bot:"
REMOVED = "Đã thu hồi vai trò của {name}."
NOT_A_MEMBER = "Không có thành viên số {key}. Xem danh sách: hoidap staff list."
NOT_A_ROLE = "Không có vai trò “{role}”. Các vai trò: {known}."
