"""What only the Zalo Bot channel says: files that it cannot send, and its monthly quota (to administrators)."""

# To citizens
FILE_AT = "{caption}\nBạn tải tệp “{name}” tại: {address}"
FILE_NOWHERE = "{caption}\nTôi chưa gửi được tệp “{name}” qua Zalo, mong Bạn thông cảm."

# To administrators
QUOTA_NEARLY = (
    "Zalo Bot đã gửi {sent} tin trong tháng này, tức {percent}% của hạn mức {quota} tin. Từ 80%, tin gửi hàng loạt tạm dừng "
    "đến đầu tháng sau để dành hạn mức cho việc trả lời người dân. Nếu cần gửi thêm, đồng chí xem các gói dịch vụ trong "
    "Zalo Bot Creator."
)
QUOTA_USED_UP = (
    "Zalo liên tục từ chối tin của Zalo Bot (mã 429). Nhiều khả năng hạn mức tin của tháng đã hết, hoặc số người dùng đã "
    "vượt mức của gói dịch vụ. Các câu trả lời đang chờ sẽ được gửi lại định kỳ, tối đa trong 24 giờ. Đồng chí kiểm tra "
    "hạn mức trong Zalo Bot Creator."
)
