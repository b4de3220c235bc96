"""What `hoidap chat` and `hoidap ask` say beside the conversation itself."""

HELLO = "Gõ câu hỏi rồi bấm Enter; Ctrl-D để thoát."
EMPTY = (
    "Kho câu trả lời đang trống. Đồng chí chạy “hoidap serve” để nạp nội dung mẫu, "
    "hoặc “hoidap import TỆP --publish” để nhập nội dung của đơn vị."
)
NO_ANSWER = "Chưa có câu trả lời."
SMALL_TALK = "(Lời chào hỏi, trò chuyện: bot đáp bằng câu soạn sẵn.)"
SENSITIVE = {
    "emergency": "(Việc khẩn cấp: bot đáp bằng lời nhắn “emergency_text” của đơn vị.)",
    "denunciation": "(Tố cáo: bot đáp bằng lời nhắn “denunciation_text” của đơn vị.)",
    "complaint": "(Khiếu nại: bot đáp bằng lời nhắn “complaint_text” của đơn vị.)",
}
