"""What members of staff read about surveys and short polls: drafts to approve, what was done with them, how they run."""

STATES = {
    "draft": "bản nháp",
    "approved": "đã duyệt, chưa mở",
    "open": "đang mở",
    "paused": "đang tạm dừng",
    "closed": "đã kết thúc",
}
SUBMITTED = "chờ duyệt"
WHY_CLOSED = {
    "time": "hết thời gian",
    "staff": "kết thúc sớm",
    "changed": "câu hỏi đã sửa, có bản mới thay thế",
    "restored": (
        "dữ liệu vừa được khôi phục từ bản sao lưu, không còn biết ai đã trả lời. Những phiếu đã cộng trước lúc sao lưu "
        "vẫn được tính; muốn hỏi tiếp, đồng chí soạn một cuộc mới"
    ),
    "keys lost": (
        "mất khóa mã hóa của cuộc thăm dò, không còn biết ai đã trả lời. Những phiếu đã cộng vẫn được tính; muốn hỏi "
        "tiếp, đồng chí soạn một cuộc mới"
    ),
}

# The list

NOTHING = (
    "Chưa có khảo sát nào. Đồng chí soạn câu hỏi trong bảng tính (quản trị lấy mẫu bằng lệnh hoidap export surveys "
    "tham-do.xlsx --template, nhập bằng hoidap import tham-do.xlsx), rồi gõ {thamdo} để xem trước và gửi duyệt."
)
LIST_SURVEY = "{name} ({begins}–{ends})"
LIST_LINE = "#{key} {title}: {state}"
LIST_NONE = "Chưa có cuộc thăm dò nào trong khảo sát này."
LIST_MORE = "… và {count} cuộc cũ hơn."
OPENS = "mở lúc {when}"
UNTIL = "đến {when}"
EVERYWHERE = "toàn địa bàn"
SECTION_WAITING = "Thăm dò chờ duyệt: {count}"
SECTION_DRAFTS = "Thăm dò chưa gửi duyệt: {count}"
SECTION_GOING = "Thăm dò đang mở: {count}"

# The card

HEADING = "Thăm dò #{key}: {title}"
VERSION = " (bản {version})"
SURVEY = "Khảo sát: {name} ({begins}–{ends})"
PURPOSE = "Mục đích: {purpose}"
STATE = "Tình trạng: {state}"
BECAUSE = "Lý do: {why}."
SIZE = "{questions} câu, khoảng {minutes} phút. Mã: {code}"
OPENS_AT = "Tự mở lúc {when} nếu đã được duyệt."
OPENS_BY_HAND = "Không hẹn giờ: sau khi duyệt, bấm “Mở ngay”."
CLOSES_AT = "Nhận ý kiến đến {when}."
LAST_DAY = "hết ngày {day}"
OVERDUE = "Đã quá thời gian của khảo sát nên không mở được. Đồng chí sửa ngày trong bảng tính rồi nhập lại."
LEFT_DAYS = "Còn {days} ngày {hours} giờ."
LEFT_HOURS = "Còn {hours} giờ {minutes} phút."
LEFT_NONE = "Đã hết giờ, đang cộng phiếu."
WHERE = "Nơi hỏi: {places}."
PLACES = {"subscribers": "người đăng ký", "groups": "nhóm", "link": "liên kết"}
WITH_DIGEST = "kèm bản tin"
UNITS = "Đơn vị: {units} (kể cả các đơn vị bên dưới)."
UNITS_HINT = (
    "Chỉ mời nhóm của các đơn vị này và những người đăng ký là thành viên ở đó; người đăng ký chưa rõ đơn vị không được "
    "mời."
)
REACHES = "Lời mời tới {chats} nơi ({groups} nhóm, {people} cá nhân): {networks}."
REACHES_NOBODY = (
    "Hiện chưa có ai được mời: chưa có nhóm hay người đăng ký phù hợp. Vẫn mở được; người dân vào bằng {khaosat} hoặc mã "
    "{code}."
)
NO_INVITATIONS = "Không gửi lời mời; chỉ chia sẻ liên kết hoặc mã {code}."
INVITED = "Đã xếp lời mời tới {count} nơi."
LINK = "Liên kết: {address}"
BALLOTS = "Số phiếu đã cộng: khoảng {count}. Kết quả chỉ xem được sau khi kết thúc."
FEW_BALLOTS = "Số phiếu đã cộng: dưới 10. Kết quả chỉ xem được sau khi kết thúc."
SUBMITTED_BY = "Người gửi duyệt: {name}"
APPROVED_BY = "Người duyệt: {name}"
REPLACES = "Mở bản này thì bản đang mở (#{key}) đóng lại; ai đang trả lời dở được mời trả lời bản mới."

# Preview

PREVIEW = "Trên {where}, người dân thấy đúng như sau:"
PREVIEW_PRIVATE, PREVIEW_GROUP = "{network} (cá nhân)", "{network} (nhóm)"
PREVIEW_NATIVE = (
    "(nhóm từ {least} người: bình chọn ẩn danh ngay trong nhóm; nhóm nhỏ hơn nhận lời mời)\n{question}"
)
BUTTONS = "Nút bấm: {labels}"

# Buttons

FULL = "Xem trước"
SUBMIT = "Gửi duyệt"
APPROVE = "Duyệt"
OPEN = "Mở ngay"
PAUSE, RESUME = "Tạm dừng", "Mở lại"
END = "Kết thúc sớm"
TAKE_BACK = "Rút về bản nháp"
DISCARD = "Xóa bản nháp"
BACK = "Quay lại"
YES_END, YES_DISCARD = "Vâng, kết thúc", "Vâng, xóa"

# What is done

SENT_TO_APPROVERS = "Đã gửi duyệt."
NOBODY_TO_APPROVE = "Đã gửi duyệt, nhưng hiện chưa có người duyệt nào khác; quản trị cần mời thêm một người."
APPROVED_TO_AUTHOR = "Đồng chí {name} đã duyệt cuộc thăm dò mà đồng chí gửi duyệt."
OPENED_TO_AUTHOR = "Đồng chí {name} đã mở cuộc thăm dò mà đồng chí gửi duyệt."
BACK_TO_AUTHOR = (
    "Đồng chí {name} đã đưa cuộc thăm dò mà đồng chí gửi duyệt về bản nháp. Cần thì sửa rồi gửi duyệt lại."
)
DISCARDED_TO_AUTHOR = "Đồng chí {name} đã xóa cuộc thăm dò “{title}” mà đồng chí gửi duyệt."
TOLD_WAITING = "Đồng chí {name} gửi một cuộc thăm dò chờ duyệt."
APPROVED = "Đã duyệt."
APPROVED_OPENS = "Đã duyệt. Cuộc thăm dò tự mở lúc {when}."
OPENED = "Đã mở. Lời mời bắt đầu đi trong một phút nữa."
PAUSED = "Đã tạm dừng: không nhận phiếu, lời mời chưa gửi thì chờ. Phần người dân đang làm dở vẫn còn."
RESUMED = "Đã mở lại."
RESUMED_QUIET = "Đã mở lại. Đang trong giờ yên tĩnh nên lời mời còn lại đi từ {when}."
ENDED = "Đã kết thúc. Phiếu gửi trước lúc này vẫn được tính; kết quả có trong ít phút nữa."
TAKEN_BACK = "Đã rút về bản nháp."
DISCARDED = "Đã xóa bản nháp “{title}”."
END_SURE = (
    "Kết thúc sớm “{title}”? Từ lúc đó không ai gửi phiếu được nữa, lời mời chưa gửi bị hủy. Đã kết thúc thì không mở lại "
    "được."
)
DISCARD_SURE = "Xóa bản nháp “{title}”? Câu hỏi trong bảng tính của đồng chí vẫn còn, nhập lại được."
CHANGED_SINCE = (
    "Cuộc thăm dò đã thay đổi sau khi thẻ này được gửi. Đồng chí xem bản mới dưới đây rồi quyết định."
)
OWN = "Cuộc thăm dò do đồng chí gửi duyệt nên cần một người duyệt khác (quy định hai người)."
NOT_SUBMITTED = "Cuộc thăm dò chưa được gửi duyệt. Người soạn bấm “Gửi duyệt”, rồi một người khác duyệt."
ONLY_APPROVERS = "Việc này dành cho người duyệt."
DONE_BY = "{what} Đồng chí {name} đã làm việc này."
TOO_LATE = "Đã quá thời gian của khảo sát nên không mở được."
GONE = "Cuộc thăm dò này không còn nữa."
NOT_NOW = {
    "draft": "Cuộc thăm dò đang là bản nháp.",
    "approved": "Cuộc thăm dò đã được duyệt.",
    "open": "Cuộc thăm dò đang mở.",
    "paused": "Cuộc thăm dò đang tạm dừng.",
    "closed": "Cuộc thăm dò đã kết thúc.",
}

# What staff are told by itself

TOLD_OPENED = "Cuộc thăm dò đã mở theo lịch."
TOLD_CLOSED = "Cuộc thăm dò đã dừng, không mở lại được."
SIGNS = {
    "burst": (
        "⚠ Trong một giờ có nhiều phiếu hơn hẳn mọi khi. Có thể vừa có thông báo rộng, cũng có thể có người gửi hàng loạt. "
        "Đồng chí xem có cần tạm dừng không."
    ),
    "browsers": (
        "⚠ Trong một giờ có rất nhiều phiếu từ trang web, nhiều hơn hẳn phiếu trong tin nhắn. Có thể liên kết vừa được chia "
        "sẻ rộng, cũng có thể có người gửi hàng loạt. Phiếu từ trang web được cộng riêng. Đồng chí xem có cần tạm dừng "
        "không."
    ),
    "group": (
        "⚠ Một nhóm có số phiếu nhiều gấp đôi tất cả các nhóm khác cộng lại. Kết quả trong nhóm được cộng riêng. Đồng chí "
        "xem có cần tạm dừng không."
    ),
}
PAUSED_ALONE = "Hệ thống đã tạm dừng cuộc thăm dò theo thiết lập của đơn vị; đồng chí bấm “Mở lại” nếu mọi việc bình thường."
