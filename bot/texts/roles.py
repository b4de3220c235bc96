"""What is said about roles: who is a member of the department's staff, and what each may do."""

# As they stand in a sentence; capitalised they name a member whose own name nobody has given.
ROLES = {
    "collaborator": "cộng tác viên",
    "editor": "biên tập",
    "approver": "người duyệt",
    "administrator": "quản trị viên",
}
LAST_ADMINISTRATOR = (
    "Đây là quản trị viên cuối cùng nên chưa thể thôi vai trò này. Đồng chí giao vai trò quản trị cho người khác "
    "trước."
)
NAMED_IN_SETTINGS = (
    "{name} là quản trị viên theo thiết lập ADMINS của máy chủ, nên chỉ đổi được ở đó (sửa tệp .env rồi khởi động "
    "lại)."
)
