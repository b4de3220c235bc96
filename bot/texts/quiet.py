"""Quiet hours: what is said when they cannot be read."""

NEVER = "không"
NOT_A_SPAN = (
    "Chưa đọc được giờ yên tĩnh. Xin viết giờ bắt đầu và giờ kết thúc, ví dụ: 21:00-06:30; "
    "hoặc “không” nếu lúc nào cũng nhận."
)
