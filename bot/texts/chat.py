"""What the bot says to citizens. "Bạn" for the reader, "tôi" for the bot; short, plain, dates as dd/mm/yyyy.

{organisation}, and each command as the reader's network writes it ({help}, {riengtu} …), come from Context.words.
"""

# Who is speaking

INTRODUCTION = (
    "Xin chào Bạn! Đây là dịch vụ trả lời tự động của {organisation}. Câu hỏi được lưu lại để hoàn thiện nội dung, "
    "không kèm tên hay số của người hỏi; gõ {riengtu} để biết rõ hơn."
)
# The same before a sentence to somebody who is, or has just become, a member of staff
TO_STAFF = "đồng chí"
INTRODUCTION_STAFF = INTRODUCTION.replace("Bạn", TO_STAFF)
START = (
    "Bạn có thể hỏi tôi về nghị quyết, chỉ thị, kết luận và các chủ trương mới. Hãy gõ câu hỏi bằng lời của mình, "
    "có dấu hay không dấu đều được; hoặc gõ số văn bản, ví dụ: nghị quyết 57.\n\n"
    "Tôi chỉ trả lời bằng nội dung có nguồn. Điều gì chưa có, tôi sẽ nói là chưa có."
)
HELP = (
    "Cách dùng:\n"
    "• Gõ câu hỏi bằng lời của mình, ví dụ: mục tiêu của nghị quyết 57 là gì?\n"
    "• Gõ số văn bản để xem văn bản, ví dụ: nghị quyết 68 hoặc 57-NQ/TW\n"
    "• Gõ {tracuu} để xem văn bản theo cấp và chủ đề; thêm vài chữ để tìm, ví dụ: tra cứu đất đai\n"
    "• Chọn 👍 hoặc 👎 dưới câu trả lời để góp ý"
)
UNKNOWN_COMMAND = (
    "Tôi chưa có lệnh {command}. Gõ {help} để xem những việc tôi làm được, hoặc gõ thẳng câu hỏi của Bạn."
)
NOT_OPEN = (
    "Mục “{words}” chưa mở ở đây. Hiện giờ Bạn cứ gõ câu hỏi của mình, hoặc gõ {tracuu} để xem các văn bản."
)

# Commands, as networks list them in their menu; and as words, where people know no slash commands

COMMANDS = (
    ("start", "Giới thiệu dịch vụ"),
    ("help", "Hướng dẫn"),
    ("tracuu", "Tra cứu văn bản"),
    ("dangky", "Nhận bản tin về văn bản mới"),
    ("huydangky", "Thôi nhận bản tin"),
    ("chuyentiep", "Lấy tin để chuyển tiếp"),
    ("gopy", "Hỏi cán bộ, góp ý"),
    ("khaosat", "Trả lời thăm dò ý kiến"),
    ("riengtu", "Dữ liệu nào được lưu"),
    ("xoadulieu", "Xóa dữ liệu của tôi"),
    ("lienket", "Dùng chung trên nhiều ứng dụng"),
    ("bolienket", "Thôi dùng chung"),
)
SPOKEN_COMMANDS = {
    "start": "bắt đầu",
    "help": "trợ giúp",
    "tracuu": "tra cứu",
    "dangky": "đăng ký",
    "huydangky": "hủy đăng ký",
    "chuyentiep": "chuyển tiếp",
    "gopy": "góp ý",
    "khaosat": "khảo sát",
    "riengtu": "riêng tư",
    "xoadulieu": "xóa dữ liệu",
    "lienket": "liên kết",
    "bolienket": "bỏ liên kết",
}
ALSO_SPOKEN = (  # what people type in their place
    ("help", "hướng dẫn"),
    ("riengtu", "quyền riêng tư"),
    ("xoadulieu", "xóa dữ liệu của tôi"),
    ("xoadulieu", "xóa hết dữ liệu"),
    ("khaosat", "thăm dò ý kiến"),
    ("lienket", "mã liên kết"),
    ("quantri", "quản trị"),
    ("dangky", "đăng ký nhận tin"),
    ("dangky", "đăng ký nhận bản tin"),
    ("huydangky", "hủy nhận tin"),
    ("huydangky", "thôi nhận bản tin"),
    ("thietlap", "thiết lập nhóm"),
    ("thietlap", "thiết lập"),
)
GROUP_COMMANDS = {"thietlap": "thiết lập"}  # for the administrators of a group
NOT_OPEN_COMMANDS = {  # people know them from elsewhere and try them
    "hoithi": "hội thi",
}
SPOKEN_COMMAND = "“{words}”"
COMMANDS_HEADING = "Các lệnh:"
SPOKEN_COMMANDS_HEADING = "Các lệnh (gõ riêng mấy chữ này, có dấu hay không dấu đều được):"
COMMAND_LINE = "{command} – {description}"

# Answers

SOURCE = "Theo {source}"
SOURCE_ARTICLE = "Theo {source} ({article})"
SUPERSEDED = (
    "Lưu ý: {old} đã được thay thế bởi {new}. Nội dung dưới đây theo văn bản cũ, Bạn nên xem văn bản mới."
)
EXPIRED = "Lưu ý: {old} đã hết hiệu lực. Nội dung dưới đây chỉ để tham khảo."
SAMPLE = "Nội dung mẫu, chưa được {organisation} duyệt."
DETAIL = "Xem chi tiết"
RELATED = "Câu hỏi liên quan"
RELATED_TO = "Các câu hỏi liên quan:"
NO_RELATED = "Hiện chưa có câu hỏi nào liên quan."
SEE_DOCUMENT = "Xem văn bản"
SEE_NEWER = "Xem văn bản mới"
UP, DOWN = "👍 Hữu ích", "👎 Chưa tốt"

TYPE_A_NUMBER = "Gõ số để chọn."
TYPE_A_NUMBER_IN_GROUP = "Trả lời tin này bằng số để chọn."  # what is not said to us, we do not see there

# When it is not sure, or does not know

SUGGEST = "Tôi chưa chắc hiểu đúng ý Bạn. Có phải Bạn muốn hỏi một trong những câu sau?"
SUGGEST_ABOUT = "Tôi hiểu Bạn hỏi tiếp về {document}. Có phải Bạn muốn hỏi một trong những câu sau?"
NOTHING_ABOUT = (
    "Tôi hiểu Bạn hỏi tiếp về {document}, nhưng chưa có câu trả lời cho câu hỏi này. Câu hỏi đã được ghi lại, không kèm "
    "tên Bạn, để {organisation} bổ sung. Dưới đây là văn bản đó."
)
ASKED_ABOUT = "{question} ({document})"
NONE_OF_THESE = "Không phải các câu trên"
NO_ANSWER = (
    "Tôi chưa có câu trả lời cho câu hỏi này, nên không dám trả lời phỏng đoán. Câu hỏi đã được ghi lại, không kèm tên "
    "Bạn, để {organisation} bổ sung."
)
NO_ANSWER_HINT = "Bạn thử hỏi ngắn gọn hơn, hoặc gõ số văn bản, ví dụ: nghị quyết 57."
UNKNOWN_DOCUMENT = (
    "Tôi chưa có văn bản “{number}”, nên chưa có câu trả lời. Bạn kiểm tra lại số văn bản giúp tôi."
)
UNKNOWN_DOCUMENT_SUGGEST = (
    UNKNOWN_DOCUMENT + " Dưới đây là những câu gần với câu hỏi của Bạn, theo văn bản khác:"
)

ONLY_A_NUMBER = (
    "Tôi không thấy lựa chọn số {number}. Bạn chọn một số trong danh sách mới nhất, hoặc gõ câu hỏi, gõ số văn bản, ví dụ: "
    "nghị quyết 57."
)

# Documents

WHICH_DOCUMENT = "Có nhiều văn bản mang số này. Bạn muốn xem văn bản nào?"
ISSUED = "Ngày ban hành: {date}"
ISSUER = "Cơ quan ban hành: {issuer}"
DOCUMENT_SUPERSEDED = "Văn bản này đã được thay thế bởi {new}."
DOCUMENT_EXPIRED = "Văn bản này đã hết hiệu lực."
DOCUMENT_REPLACES = "Văn bản này thay thế {old}."
DOCUMENT_QUESTIONS = "Các câu hỏi về văn bản này:"
MORE_QUESTIONS = "Xem thêm câu hỏi ({count})"
OPEN_DOCUMENT = "Mở toàn văn"
GET_FILE = "Tải tệp văn bản"
NUMBERED = "{kind} số {number}"
OF_DAY = "ngày {date}"
OF_ISSUER = "của {issuer}"

# Feedback

THANKS_UP = "Cảm ơn Bạn đã góp ý!"
WHY_DOWN = "Cảm ơn Bạn. Câu trả lời chưa tốt ở điểm nào?"
REASONS = (
    ("wrong", "Nội dung chưa đúng"),
    ("unclear", "Khó hiểu"),
    ("outdated", "Đã cũ"),
    ("other question", "Không đúng câu tôi hỏi"),
)
THANKS_REASON = "Cảm ơn Bạn, góp ý đã được ghi lại để người phụ trách xem."

# What cannot be used

ONLY_TEXT = "Tôi chỉ đọc được tin nhắn chữ. Bạn hãy gõ câu hỏi giúp tôi nhé."
EMPTY = "Tôi chưa thấy chữ nào trong tin nhắn. Bạn hãy gõ câu hỏi giúp tôi nhé."
TOO_LONG = "Tin nhắn hơi dài, tôi sợ hiểu sai. Bạn hãy tóm lại thành một câu hỏi ngắn, khoảng một hai dòng, giúp tôi nhé."
OLD_BUTTON = "Lựa chọn này không còn dùng được. Bạn hãy gõ lại câu hỏi giúp tôi nhé."
GONE = "Nội dung này không còn nữa. Bạn hãy gõ lại câu hỏi để xem nội dung mới."
APOLOGY = "Xin lỗi Bạn, tôi gặp trục trặc với tin nhắn vừa rồi. Bạn thử hỏi lại sau ít phút nhé. (Mã: {code})"

# Never matched against the knowledge base; the department can change these three

COMPLAINT = (
    "Dịch vụ tự động này không tiếp nhận đơn khiếu nại và không chuyển tin nhắn của Bạn đi đâu. Bạn hãy gửi đơn hoặc đến "
    "trực tiếp nơi tiếp công dân của Ủy ban nhân dân xã, phường nơi Bạn ở, hoặc cơ quan đã ra quyết định mà Bạn khiếu nại."
)
DENUNCIATION = (
    "Dịch vụ tự động này không tiếp nhận tố cáo, tố giác và không chuyển tin nhắn của Bạn đi đâu. Để được bảo vệ thông "
    "tin, xin đừng kể chi tiết ở đây. Bạn hãy gửi đơn hoặc đến trực tiếp nơi tiếp công dân của cơ quan có thẩm quyền; "
    "báo tin về tội phạm thì đến cơ quan Công an gần nhất hoặc gọi 113."
)
EMERGENCY = (
    "Nếu có người đang gặp nguy hiểm, Bạn hãy gọi ngay:\n"
    "• 113 – Công an\n"
    "• 114 – Chữa cháy, cứu nạn, cứu hộ\n"
    "• 115 – Cấp cứu y tế\n"
    "• 112 – Tìm kiếm, cứu nạn\n"
    "• 111 – Bảo vệ trẻ em\n\n"
    "Đây là dịch vụ tự động, không có người trực để giúp Bạn kịp thời."
)
BESIDES_EMERGENCY = "Thông tin liên quan đến điều Bạn hỏi:"

# Privacy

PRIVACY = (
    "Về dữ liệu của Bạn:\n"
    "• Đây là dịch vụ trả lời tự động do {organisation} phụ trách.\n"
    "• Tin nhắn được giữ ở dạng mã hóa trong lúc xử lý, trả lời xong thì xóa.\n"
    "• Câu hỏi được lưu lại để hoàn thiện nội dung, không kèm người hỏi, thời gian chỉ ghi đến giờ. Số điện thoại, số căn "
    "cước, e-mail, số thẻ được che trước khi lưu.\n"
    "• Dịch vụ chỉ nhớ rằng Bạn đã từng nhắn tin; trên Zalo OA thì nhớ thêm giờ Bạn nhắn gần nhất (8 ngày) và tin chưa gửi "
    "được cho Bạn (mã hóa, 7 ngày).\n"
    "• Văn bản vừa xem, vừa hỏi được nhớ 10 phút, vài câu hỏi gần nhất một ngày, đều mã hóa, để hiểu câu hỏi "
    "tiếp theo và để Bạn gửi cán bộ khi muốn.\n"
    "• Chỉ khi Bạn gửi câu hỏi cho cán bộ, dịch vụ mới giữ địa chỉ trò chuyện của Bạn: đến khi có trả lời, tối đa 30 ngày.\n"
    "• Phiếu thăm dò ý kiến đã gửi không kèm tên, được cộng dồn rồi bỏ đi, không ai tìm lại được; phiếu trả lời dở được mã "
    "hóa, giữ tối đa một ngày. Khi cuộc thăm dò còn mở, có một dấu mã hóa để mỗi người chỉ gửi một phiếu. Nơi "
    "được mời trả lời (không phải ai đã trả lời) được nhớ để báo lại kết quả, tối đa 60 ngày sau khi kết thúc.\n"
    "• Nếu Bạn liên kết nhiều ứng dụng (gõ {lienket}), dịch vụ nhớ thêm rằng đó là cùng một người; gõ {bolienket} để bỏ.\n"
    "• Nếu Bạn đăng ký nhận bản tin (gõ {dangky}), dịch vụ giữ địa chỉ trò chuyện, chủ đề và cấp mà Bạn chọn, đến khi Bạn "
    "gõ {huydangky}.\n"
    "• 👍 👎 và lượt xem chỉ được đếm, không kèm người bấm hay người xem.\n"
    "• Ứng dụng nhắn tin giữ bản sao riêng của cuộc trò chuyện, theo quy định của họ.\n\n"
    "Gõ {xoadulieu} để xóa ngay dữ liệu của Bạn, ở mọi ứng dụng đã liên kết."
)
ERASED = "Đã xóa xong. Dữ liệu gắn với Bạn vừa được xóa khỏi dịch vụ:\n{items}"
ERASED_NOTHING = "Dịch vụ không còn giữ dữ liệu nào gắn với Bạn."
ERASED_PERSON = "• ghi nhớ rằng Bạn đã từng nhắn tin"
ERASED_MESSAGES = "• {count} tin nhắn đang chờ xử lý hoặc chờ gửi"
ERASED_CHOICES = "• các lựa chọn vừa hiện cho Bạn"
ERASED_RECENT = "• văn bản Bạn vừa xem, vừa hỏi"
ERASED_DRAFTS = "• vài câu hỏi gần nhất, giữ ở dạng mã hóa để Bạn có thể gửi cán bộ"
ERASED_POLLS = "• {count} phiếu thăm dò đang trả lời dở"
ERASED_ASKED = "• việc đã mời Bạn trả lời {count} cuộc thăm dò (để báo lại kết quả)"
ERASED_INQUIRIES = "• câu hỏi đang chờ cán bộ trả lời ({numbers}) và địa chỉ giữ cho câu hỏi đó"
ERASED_SUBSCRIPTION = "• đăng ký nhận bản tin"
ERASED_LINKS = "• liên kết với {networks}; dữ liệu của Bạn ở đó cũng đã xóa"
ERASED_IN_GROUP = "Để xóa hết, Bạn dùng lệnh này khi nhắn tin riêng với tôi."
ERASED_REST = (
    "Các câu hỏi đã lưu và phiếu thăm dò đã gửi không kèm tên Bạn nên không thể tìm theo Bạn. Bản sao cuộc trò chuyện trong "
    "ứng dụng nhắn tin, Bạn có thể tự xóa trong ứng dụng."
)
