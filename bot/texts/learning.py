"""What editors are told about answers that people find wanting, and each week about what has to be looked at again."""

# 👎, at most once an hour of each answer

CRITICISED = "Góp ý 👎 về câu trả lời"
CRITICISED_LINE = "• {question}\n  {reasons}"
REASON = "{reason}: {count} lượt"
REASONS = {
    "wrong": "nội dung chưa đúng",
    "unclear": "khó hiểu",
    "outdated": "đã cũ",
    "other question": "không đúng câu đã hỏi",
}
CRITICISED_HOW = "Không ghi ai đã góp ý. Đồng chí xem lại nội dung, hoặc thêm cách hỏi cho câu đúng hơn."
SEE_ANSWER = "Xem: {question}"

# Mondays

WEEKLY = "Rà soát tuần này"
TO_REVIEW = "Cần rà soát"
SUPERSEDED = "Theo văn bản đã được thay thế ({count} câu):"
OVERDUE = "Đã đến hạn rà soát ({count} câu):"
UNCHANGED = "Hay được xem mà hơn một năm chưa sửa ({count} câu):"
LINE = "• {question} ({why})"
OLD_DOCUMENT = "{document}, {times} lượt xem trong 4 tuần"
DUE_ON = "hạn {date}, {times} lượt xem trong 4 tuần"
CHANGED_ON = "sửa lần cuối {date}, {times} lượt xem trong 4 tuần"
AND_MORE = "… và {count} câu khác"
PROPOSED = "{count} đề xuất đang chờ duyệt (câu hỏi mới, cách hỏi mới). Gõ “việc của tôi” để xem."
COUNTS = {
    "superseded": "{count} câu theo văn bản đã được thay thế",
    "overdue": "{count} câu đã đến hạn",
    "unchanged": "{count} câu lâu chưa sửa",
}
SEE_LIST = "Xem danh sách"
ALL_REVIEWED = "Không có câu nào cần rà soát."
