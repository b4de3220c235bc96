"""What `hoidap chat` and `hoidap ask` say beside the conversation itself."""

HELLO = "Gõ câu hỏi rồi bấm Enter; Ctrl-D để thoát."
NO_ANSWER = "Chưa có câu trả lời."
