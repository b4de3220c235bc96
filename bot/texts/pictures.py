"""Words on pictures: the card of a digest, the report of a unit's reach."""

DATE = "Ngày {date}"
SCAN = "Quét mã để đọc, hỏi thêm và chuyển tiếp"
OTHERS = "{count} đơn vị khác"
NOTHING = "Chưa có số liệu trong kỳ này."
