"""How well the knowledge base answers, for members of staff (`hoidap evaluate`)."""

LINE_BROKEN = (
    'Tệp “{name}”, dòng {line}: mỗi dòng phải có dạng {{"query": "câu hỏi", "expect": ["mã"]}}; '
    "câu ngoài kho thì để danh sách mã trống: []."
)
ASKED = "Đã hỏi {count} câu: {inside} câu có câu trả lời trong kho, {outside} câu ngoài kho."
FOUND = "Xếp đúng câu đầu tiên: {top1}. Có trong 3 câu đầu: {top3}. Có trong 5 câu đầu: {top5}."
DIRECT = "Trả lời thẳng: {direct} câu ({share}), đúng {right}, sai {wrong}."
SUGGESTED = "Đưa ra gợi ý: {count} câu."
OUTSIDE = "Câu ngoài kho mà vẫn trả lời: {answered} trên {outside}."
OTHERS = "Nhận ra là chào hỏi: {small_talk}. Nhận ra là khẩn cấp, tố cáo, khiếu nại: {sensitive}."

WORST = "Cần xem lại, nặng nhất trước:"
NONE = "Không có câu nào trả lời sai hoặc xếp sai."
QUERY = "{at}. {what} “{query}”"
WRONG = "TRẢ LỜI SAI:"
LATE = "Câu đúng chỉ đứng thứ {rank}:"
LOST = "Không tìm thấy câu đúng:"
GOT = "   được xếp đầu: {question} (mã {id}, mức chắc chắn {score})"
EXPECTED = "   cần tìm: {ids}"
OUT_OF_SCOPE = "   đây là câu ngoài kho, không được trả lời"
MORE = "… và {count} câu khác (thêm --rows để xem từng câu)."
WHY = "Xem vì sao: hoidap ask “câu hỏi” --why"
