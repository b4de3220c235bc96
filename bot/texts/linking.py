"""What the bot says about one person on several networks, and about becoming an administrator."""

# Networks as people call them, by channel

NETWORKS = {
    "telegram": "Telegram",
    "zalo-bot": "bot Zalo",
    "zalo-oa": "trang Zalo OA",
    "web": "trang web",
}
AND = " và "

# Linking

CODE = (
    "Nếu Bạn cũng nhắn tin với tôi ở {networks}: trong 10 phút tới, Bạn mở ở đó và gửi cho tôi đúng dòng tin nhắn ngay dưới "
    "đây. Dịch vụ sẽ biết đó là cùng một người.\n\n"
    "Mã dùng được một lần. Xin đừng đưa mã cho người khác."
)
CODE_LINKED = "Hiện Bạn đang liên kết với {networks}. Gõ {bolienket} để bỏ."
CODE_LINE = "lienket {code}"
OR = " hoặc "
NO_OTHER_NETWORK = "Hiện chỉ nhắn tin với tôi được ở đây, chưa có ứng dụng nào khác để liên kết."
LINKED = (
    "Đã liên kết với {networks}. Từ nay dịch vụ biết đây là cùng một người; {xoadulieu} sẽ xóa dữ liệu ở mọi nơi đã liên "
    "kết.\n\n"
    "Nếu không phải chính Bạn lấy mã này, hãy gõ {bolienket} ngay."
)
LINKED_ROLE = "Vai trò {role} từ nay dùng được ở tất cả những nơi này."
LINKED_ELSEWHERE = (
    "Bạn vừa liên kết thêm {network} vào đây. Nếu không phải chính Bạn làm, hãy gõ {bolienket} ngay."
)
ALREADY_LINKED = "Hai nơi này đã liên kết với nhau rồi, Bạn không cần làm gì thêm."
SAME_NETWORK = "Mã này lấy ở {network}, nên cần gửi từ một ứng dụng khác thì mới liên kết được."
CLASH = (
    "Chưa liên kết được: mỗi người chỉ liên kết một tài khoản {network}. Nếu muốn đổi, Bạn gõ {bolienket} rồi lấy mã "
    "mới."
)
TWO_ROLES = (
    "Chưa liên kết được: hai nơi này đang giữ hai vai trò, mà mỗi người chỉ giữ một vai trò. Đồng chí nhờ quản trị viên thu "
    "hồi một vai trò rồi lấy mã mới."
)
LINK_WRONG = "Mã này không đúng, hoặc đã được dùng. Bạn gõ {lienket} trên ứng dụng kia để lấy mã mới nhé."
CODE_WRONG = "Mã này không đúng, hoặc đã được dùng. Bạn xem lại mã, hoặc lấy mã mới rồi gửi lại giúp tôi nhé."
LINK_EXPIRED = "Mã này đã hết hạn vì quá 10 phút. Bạn gõ {lienket} trên ứng dụng kia để lấy mã mới nhé."
UNLINKED = "Đã bỏ liên kết với {networks}. Từ nay nơi này được tính riêng; {xoadulieu} ở đây không xóa dữ liệu ở nơi khác."
UNLINKED_ROLE = "Vai trò {role} chỉ còn ở {networks}."
NOT_LINKED = "Bạn chưa liên kết với ứng dụng nào. Gõ {lienket} nếu muốn liên kết."
ONLY_IN_PRIVATE = "Việc này chỉ làm được khi nhắn tin riêng với tôi, không làm trong nhóm."
TOO_MANY_CODES = "Bạn vừa lấy mã nhiều lần. Bạn thử lại sau một giờ nhé."
TOO_MANY_TRIES = "Vừa có nhiều mã không đúng, nên tôi tạm dừng nhận mã. Bạn thử lại sau một giờ nhé."

# Becoming an administrator

CLAIMED = (
    "Mã đúng. Từ nay đồng chí là quản trị viên của dịch vụ. Khi có việc cần đồng chí xử lý, chẳng hạn sắp hết hạn mức gửi "
    "tin hoặc mất kết nối, tôi sẽ báo ở đây."
)
CLAIMED_BEFORE = "Đồng chí đã là quản trị viên, không cần gửi mã nữa."
CLAIM_WRONG = "Mã này không đúng, hoặc đã được dùng. Bạn xem lại mã trên màn hình máy chủ lúc khởi động nhé."
CLAIM_ELSEWHERE = (
    "Cửa sổ lệnh này không giữ lại người dùng sau khi đóng. Đồng chí hãy gửi mã trên Telegram, trên Zalo hoặc trên trang "
    "web."
)
CLAIM_EXPIRED = "Mã này đã hết hạn. Khởi động lại dịch vụ thì máy chủ hiện mã mới."
HOW_TO_CLAIM = (
    "Lệnh này dành cho người vận hành: lúc khởi động, nếu chưa có quản trị viên, máy chủ hiện một mã; gửi “quantri” kèm mã "
    "đó cho tôi khi nhắn tin riêng."
)
