"""The audit log as administrators read it. An act without words here is shown as it is kept."""

HEADING = "Nhật ký, việc gần nhất ở trên:"
EMPTY = "Nhật ký chưa có việc nào."
LINE = "• {when} – {who}: {what}"
SERVICE = "hệ thống"  # the command line, and what happens by itself
ACTS = {
    "role.given": "giao vai trò {detail} cho {subject}",
    "role.withdrawn": "thu hồi vai trò của {subject}",
    "member.renamed": "đổi tên của mình",
    "member.placed": "chọn đơn vị cho {subject}",
    "invitation.made": "mời một {detail}",
    "invitation.withdrawn": "hủy một mã mời",
    "talk.recorded": "ghi {subject}",
    "talk.changed": "sửa {subject}",
    "talk.withdrawn": "rút lại {subject}",
    "setting.changed": "đổi {subject}",
    "units.imported": "nhập bảng đơn vị, {detail} dòng mới hoặc thay đổi",
    "inquiry.taken": "nhận {subject}",
    "inquiry.handed on": "chuyển {subject} cho {detail}",
    "inquiry.answered": "trả lời {subject}",
    "inquiry.out of scope": "báo {subject} là ngoài phạm vi",
    "inquiry.refused": "từ chối {subject}",
    "inquiry.split": "tách {subject} ra khỏi nhóm",
    "inquiry.moved": "gộp {subject} vào nhóm khác",
    "entry.proposed": "đề xuất {subject}",
    "entry.accepted": "duyệt {subject}",
    "entry.rejected": "không duyệt {subject}",
    "phrasing.proposed": "đề xuất cách hỏi cho {subject}",
    "phrasing.accepted": "duyệt cách hỏi cho {subject}",
    "phrasing.rejected": "không duyệt cách hỏi cho {subject}",
    "document.added": "soạn bản nháp {subject}",
    "document.changed": "sửa {subject}",
    "document.proposed": "gửi duyệt {subject}",
    "document.published": "công bố {subject}",
    "document.accepted": "duyệt, công bố {subject}",
    "document.rejected": "không duyệt {subject}",
    "document.superseded": "đánh dấu {subject} đã được thay thế",
    "document.released": "bỏ đánh dấu thay thế của {subject}",
    "entries.suspended": "tạm ngừng các câu trả lời theo {subject}",
    "entries.reopened": "mở lại các câu trả lời theo {subject}",
    "entries.reviewed": "rà soát và giữ các câu trả lời theo {subject}",
}
SUBJECTS = {
    "inquiry": "câu hỏi #{key}",
    "entry": "mục hỏi đáp số {key}",
    "document": "văn bản có mã {key}",  # one that has gone
    "setting": "thiết lập {key}",
    "talk": "buổi tuyên truyền số {key}",
    "proposal": "đề xuất số {key}",
}
