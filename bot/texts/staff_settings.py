"""What is said about department settings."""

UNKNOWN = "Không có thiết lập {name}. Các thiết lập có thể đổi: {known}."
EMPTY = "Thiết lập {name} không được để trống."
SHARE = "Thiết lập {name} phải là một số lớn hơn 0 và không quá 1, ví dụ 0,85."
DAYS = "Thiết lập {name} phải là số ngày, từ 1 đến 3650."
YES_OR_NO = "Thiết lập {name} phải là có hoặc không."
HOURS = "Thiết lập {name} phải ghi thứ và giờ làm việc, ví dụ: {example}."
