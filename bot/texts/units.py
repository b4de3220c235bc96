"""What is said about units: where they lie, which one is meant, and what is wrong with a file of them."""

# A file of units

CODE_TWICE = "mã “{code}” đã có ở {place}."
NO_COMMA = "tên đơn vị không có dấu phẩy; đơn vị cấp trên ghi ở cột “Thuộc”."
KIND_UNKNOWN = "chưa rõ loại đơn vị. Đồng chí ghi ở cột “Loại”: xã, phường, thôn, tổ dân phố …"
UNKNOWN_PARENT = "không có đơn vị “{text}” trong hệ thống hay trong tệp này."
SEVERAL_PARENTS = (
    "có {count} đơn vị tên “{text}”. Đồng chí ghi mã, hoặc ghi thêm cấp trên sau dấu phẩy, ví dụ: "
    "Thôn 1, Xã Bình Minh."
)
CIRCLE = "đơn vị không thể thuộc về hay nhập vào chính nó, kể cả theo vòng tròn."
NAME_TWICE = "đã có một đơn vị khác tên “{name}” ở cùng chỗ."
MERGED_INTO_NOTHING = "không có đơn vị “{text}” để sáp nhập vào."
MERGED_INTO_SEVERAL = (
    "có {count} đơn vị tên “{text}” để sáp nhập vào. Đồng chí ghi mã, hoặc ghi thêm cấp trên."
)

# Which unit somebody belongs to

WHERE = "Đồng chí đang ở đơn vị: {unit}. Chọn đơn vị khác nếu cần đổi:"
WHERE_NOT_YET = "Đồng chí công tác ở đơn vị nào? Chọn bên dưới, hoặc gõ tên, ví dụ: đơn vị: tổ dân phố 3"
INSIDE = "Chọn {unit} hoặc một đơn vị bên trong:"
HIGHER, NEXT_PAGE = "Cấp trên", "Xem thêm"
PLACED = "Từ nay đồng chí thuộc đơn vị {unit}."
UNKNOWN = (
    "Tôi không tìm thấy đơn vị “{text}”. Đồng chí gõ lại đúng tên, hoặc gõ {donvi} để chọn trong danh sách."
)
UNKNOWN_TO_NAME = "Tôi không tìm thấy đơn vị “{text}”. Đồng chí kiểm tra lại tên giúp tôi."
NONE_TO_NAME = (
    "Chưa có danh mục đơn vị nên chưa ghi được “{text}”. Đồng chí mời không kèm đơn vị, hoặc nhập bảng đơn vị trước (hoidap "
    "import don-vi.xlsx)."
)
SEVERAL = "Có nhiều đơn vị tên như vậy: {units}. Đồng chí gõ kèm cấp trên giúp tôi."
WHICH = "Đồng chí muốn nói đơn vị nào?"
NO_UNITS = "Chưa có danh mục đơn vị. Đồng chí nhờ quản trị viên nhập bảng đơn vị (hoidap import don-vi.xlsx)."
GONE = "Đơn vị này không còn trong danh mục. Gõ {donvi} để chọn lại."
