"""What only the Zalo Official Account says: notices to administrators, the consent page, the button of a file."""

FILE_BUTTON = "Mở tệp văn bản"

# What was sent while somebody was silent, and Zalo did not let through
HELD = (
    "Khi Bạn vắng mặt, cơ quan có gửi Bạn {count} tin, nhưng Zalo không cho gửi đến người đã lâu chưa nhắn. Bạn bấm nút "
    "dưới đây để xem. Tin được giữ tối đa 7 ngày."
)
HELD_BUTTON = "Xem tin đã gửi"
HELD_NO_MORE = "Không còn tin nào chờ Bạn: tin đã được gửi rồi, hoặc đã quá 7 ngày."

# To administrators: {link} is where an administrator of the OA consents, {detail} is Zalo's reason
NOTICES = {
    "connect": (
        "Zalo OA chưa được kết nối nên chưa trả lời được người dân. Mong đồng chí là quản trị viên của OA mở liên kết sau "
        "và làm theo các bước trên trang đó (mất khoảng một phút): {link}"
    ),
    "consent": (
        "Zalo OA đã mất quyền gửi tin: mã kết nối không còn dùng được. Tin nhắn của người dân vẫn được giữ lại, nhưng chưa "
        "trả lời được. Mong đồng chí là quản trị viên của OA mở liên kết sau và bấm cho phép (mất khoảng một phút): {link}"
    ),
    "set-up": (
        "Zalo OA chưa gửi được tin vì cấu hình ở Zalo: {detail}. Mong đồng chí kiểm tra ứng dụng tại developers.zalo.me và "
        "OA tại oa.zalo.me. Các tin đang chờ sẽ tự gửi lại, tối đa trong 24 giờ. Nếu cấu hình đã đúng, đồng chí mở liên kết "
        "sau và cho phép lại: {link}"
    ),
    "permission": (
        "OA chưa cấp đủ quyền cho ứng dụng: {detail}. Mong đồng chí là quản trị viên của OA mở liên kết sau và cho phép "
        "lại, chọn đủ các quyền về tin nhắn: {link}"
    ),
    "tier": (
        "Gói dịch vụ của OA chưa cho gửi tin, hoặc OA chưa được xác thực: {detail}. Mong đồng chí kiểm tra gói dịch vụ tại "
        "oa.zalo.me."
    ),
    "quota": "Zalo báo OA đã hết hạn mức gửi tin: {detail}. Mong đồng chí kiểm tra hạn mức tại oa.zalo.me. Tin "
    "chưa gửi được thì giữ lại tối đa 7 ngày, đưa cho người nhận khi họ nhắn lại.",
    "money": (
        "Zalo báo tài khoản Zalo Cloud chưa có hoặc đã hết tiền: {detail}. Trả lời trong 48 giờ vẫn miễn phí; tin gửi muộn "
        "hơn thì giữ lại tối đa 7 ngày, đưa cho người nhận khi họ nhắn lại."
    ),
    "content": "Zalo từ chối một tin của OA vì chính sách nội dung: {detail}. Mong đồng chí xem lại nội dung đã đăng.",
    "group": "Một nhóm GMF của OA đã bị khóa vì hết hạn gói: {detail}. Tin vào nhóm đó chưa gửi được.",
}

# The consent page

TITLE = "Kết nối Zalo Official Account"
STEPS = "Các bước kết nối"
STEP_FIELDS = (
    "Tại developers.zalo.me, mở ứng dụng của đơn vị, mục Official Account, rồi chép ba dòng dưới đây vào đúng ô. Ô nào "
    "không thấy thì bỏ qua."
)
FIELD_CALLBACK, FIELD_CHALLENGE, FIELD_WEBHOOK = "Callback URL", "Code challenge", "Webhook URL"
STEP_CONSENT = "Đăng nhập Zalo bằng tài khoản quản trị viên của OA, rồi bấm nút dưới đây và chọn cho phép."
BUTTON = "Cho phép kết nối OA"
LASTS = "Liên kết này dùng được trong một giờ từ khi mở trang. Hết giờ, đồng chí tải lại trang."

ENDINGS = {
    "done": (
        "Đã kết nối",
        "OA đã được kết nối. Sau khoảng một phút, OA bắt đầu trả lời tin nhắn. Đồng chí có thể đóng trang này.",
    ),
    "expired": (
        "Chưa kết nối được",
        "Trang này chỉ dùng được trong một giờ, trên chính trình duyệt đã mở liên kết kết nối. Đồng chí mở lại liên kết kết "
        "nối và làm lại từ đầu.",
    ),
    "another OA": (
        "Chưa kết nối được",
        "Tài khoản vừa cho phép quản trị một OA khác với OA đã kết nối trước đây. Kết nối cũ được giữ nguyên. Đồng chí đăng "
        "nhập bằng tài khoản quản trị viên của đúng OA rồi làm lại.",
    ),
    "refused": (
        "Zalo chưa chấp nhận",
        "Zalo không chấp nhận lượt cho phép này. Đồng chí kiểm tra Callback URL, Code challenge và trạng thái hoạt động của "
        "ứng dụng tại developers.zalo.me, rồi mở lại liên kết kết nối.",
    ),
    "try again": (
        "Chưa kết nối được",
        "Hiện chưa liên lạc được với Zalo hoặc chưa lưu được kết nối. Đồng chí chờ ít phút rồi mở lại liên kết kết nối.",
    ),
    "denied": (
        "Chưa kết nối",
        "Lượt cho phép đã bị hủy, chưa có gì thay đổi. Khi cần, đồng chí mở lại liên kết kết nối.",
    ),
    "no link": (
        "Cần liên kết kết nối",
        "Trang này chỉ mở được bằng liên kết kết nối do hệ thống gửi cho người quản trị, hoặc in ra khi khởi động.",
    ),
}
