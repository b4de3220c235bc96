"""What members of staff read about proposals for the knowledge base."""

HEADINGS = {"entry": "Bản nháp chờ duyệt", "phrasing": "Cách hỏi chờ duyệt"}
ENTRY = "Hỏi: {question}\nTrả lời: {answer}\n(mã {id}; văn bản, chủ đề có thể bổ sung bằng bảng tính)"
PHRASING = "“{text}”\nlà cách hỏi khác của: {question} (mã {id})"
SOURCES = {
    "inquiry": "Từ câu hỏi của người dân, đồng chí {name} soạn.",
    "member": "Đồng chí {name} đề xuất.",
    "picked": "{times} người đã hỏi như vậy rồi chọn câu này trong danh sách gợi ý.",
}
ACCEPT = {"entry": "Duyệt, cho dùng", "phrasing": "Duyệt cách hỏi"}
REJECT = "Không duyệt"

ACCEPTED = {
    "entry": "Đã duyệt: câu trả lời được dùng ngay.",
    "phrasing": "Đã duyệt: cách hỏi này được nhận ra ngay.",
}
REJECTED = {
    "entry": "Không duyệt: bản nháp được đưa vào lưu trữ.",
    "phrasing": "Không duyệt: cách hỏi này không được đề xuất lại nữa.",
}
ALSO_SENT = "Đã gửi câu trả lời cho {count} người đang chờ."
STILL_WAITING = "Người hỏi #{number} vẫn đang chờ: gõ #{number} rồi nội dung mới để trả lời."
DECIDED = {
    "accepted": "Đồng chí {name} đã duyệt đề xuất này rồi.",
    "rejected": "Đồng chí {name} đã quyết định không duyệt đề xuất này.",
}
OBSTACLES = {
    "own": "Nội dung này do chính đồng chí soạn nên cần một người duyệt khác. Đồng chí nhờ người duyệt khác xem giúp.",
    "archived": "Câu này vừa được đưa vào lưu trữ nên không duyệt được nữa. Nếu vẫn cần, đồng chí khôi phục câu đó trước.",
    "not published": "Câu này còn là bản nháp. Đồng chí duyệt câu trước, rồi duyệt cách hỏi.",
}
PASSED_ON = "Đã chuyển người duyệt; có kết quả, bot báo đồng chí."
NOBODY_TO_DECIDE = (
    "Hiện chưa có ai khác để duyệt nên phải chờ: quản trị viên mời thêm một người duyệt bằng cách gõ “mời người duyệt” kèm "
    "họ tên."
)
GONE = "Đề xuất này không còn nữa."
YOURS_ACCEPTED = "Đồng chí {name} đã duyệt đề xuất của đồng chí: “{text}”."
YOURS_REJECTED = "Đồng chí {name} không duyệt đề xuất của đồng chí: “{text}”."

# The desk

SECTION = "Đề xuất chờ duyệt ({count})"
ENTRY_LINE = "Bản nháp: {text}"
PHRASING_LINE = "Cách hỏi: {text}"

# In one message

HOW = (
    "Đồng chí gõ theo một trong hai cách:\n"
    "• đề xuất: câu hỏi Lớp kỹ năng số học ở đâu? / trả lời Tại nhà văn hóa các thôn.\n"
    "• đề xuất: cách hỏi học vi tính chỗ nào / cho mã của câu trong kho, hoặc chính câu hỏi đó"
)
PROPOSED = "Cảm ơn đồng chí, đã ghi đề xuất."
THERE_ALREADY = (
    "Trong kho đã có câu trả lời cho câu hỏi này: “{question}” (mã {id}). Nếu muốn thêm cách hỏi, đồng chí gõ: đề xuất: "
    "cách hỏi … / cho {id}"
)
WHICH_ENTRY = "Chưa rõ “{text}” là câu nào trong kho. Đồng chí ghi mã của câu, hoặc đúng câu hỏi trong kho."
KNOWN = "Câu “{question}” đã có cách hỏi này, hoặc đề xuất này từng không được duyệt."
TOO_LONG = (
    "Nội dung dài {length} ký tự, tối đa {longest} ký tự. Chưa có gì được gửi; đồng chí rút gọn rồi gửi lại."
)
MARKED = "Chưa nhận đề xuất: nội dung có dấu “{mark}”. Tài liệu mật hoặc lưu hành nội bộ không được đưa vào hệ thống."
