"""What is said about surveys and short polls: to those who answer, and to staff."""

ENDS_BEFORE_IT_BEGINS = (
    "Ngày kết thúc ({ends:%d/%m/%Y}) trước ngày bắt đầu ({begins:%d/%m/%Y}): đồng chí xem lại hai ngày này."
)
