"""The report on public opinion and the table of results: what staff get of a closed poll."""

ABOUT = ("dư luận xã hội", "qua thăm dò ý kiến “{title}”")
PART_ABOUT = "I. VỀ CUỘC THĂM DÒ"
SURVEY = "Chương trình: {name}. Mục đích: {purpose}."
PERIOD = "Thời gian: nhận ý kiến từ ngày {begins} đến hết ngày {until}."
PERIOD_UNTIL = "Thời gian: nhận ý kiến đến hết ngày {until}."
MEANS = (
    "Hình thức: phiếu hỏi ngắn gồm {questions} câu, người dân tự nguyện trả lời, không ghi tên; mỗi tài khoản hay trình "
    "duyệt một phiếu."
)
BALLOTS = "Số phiếu: {ways}."
BALLOTS_OF = "{way}: {count}"
FEW = "dưới {least}, không nêu kết quả"
NOT_A_SAMPLE = (
    "Lưu ý khi sử dụng: người trả lời là do tự chọn tham gia, không phải mẫu chọn ngẫu nhiên, nên kết quả phản ánh ý kiến "
    "của những người đã trả lời, không đại diện cho toàn bộ người dân. Mỗi cách trả lời được đếm riêng, không cộng lại."
)
HIDDEN_NOTE = (
    "Số dưới {least} và số có thể dùng để suy ra chúng không được nêu (ghi “{hidden}”), để không ai bị nhận ra qua câu trả "
    "lời."
)
HIDDEN = "không nêu"
PART_RESULTS = "II. KẾT QUẢ"
NO_RESULTS = "Chưa đủ {least} người trả lời bằng cùng một cách, nên không có kết quả để nêu."
QUESTION = "Câu {number}. {question}"
WAYS = {"chat": "qua tin nhắn riêng", "web": "qua trang web", "groups": "trong các nhóm"}
SAID = "Trong {count} người trả lời {way}, nhiều nhất là “{label}” ({share}%)."
SAID_EACH = "Trong {count} người trả lời {way}, nhiều nhất là “{label}” (mỗi ý {share}%)."
AND = "” và “"
SAID_BARE = "Số người trả lời {way}: {count}."
MEAN = "Điểm trung bình: {mean} trên 5."
SEVERAL = "Mỗi người có thể chọn nhiều ý, nên các tỷ lệ cộng lại có thể quá 100%."
OPTION, PEOPLE, SHARE = "Phương án", "Số người", "Tỷ lệ"
CHART = "Biểu đồ: {question}, {way}"
CROSSED = "Xem theo câu hỏi “{question}”, {way} (số người, tỷ lệ trong nhóm):"
NOT_SAID = "Không cho biết"
TREND = "So với lần hỏi trước, {way}:"
TREND_THEN = "{title} (đến {until})"
TREND_NOW = "Lần này"
PART_WORDS = "III. Ý KIẾN VIẾT"
WORDS_OF = "Câu {number}. {question} ({count} ý kiến)"
WORDS_NOTE = "Xếp ngẫu nhiên; số điện thoại, số giấy tờ đã được che."
WORDS_MORE = "… và {count} ý kiến khác, trong bảng số liệu kèm theo."
WORDS_NONE = "Không có câu nào đủ {least} ý kiến viết để nêu."
PART_DONE = "IV. VIỆC ĐÃ LÀM"
NOTHING_DONE = "Chưa có thông tin về việc đã làm sau cuộc thăm dò."
PART_REMARKS = "V. NHẬN XÉT, KIẾN NGHỊ"
RECIPIENT, ARCHIVE = "- {superior},", "- Lưu {organisation}."
RECIPIENT_BLANK = "- ……………………,"

# The table

SHEET_RESULTS, SHEET_WORDS = "Kết quả", "Ý kiến viết"
NUMBER, ASKED, WAY, BY, GROUP = "Câu", "Câu hỏi", "Cách trả lời", "Xem theo", "Nhóm"
PER_CENT, WRITTEN, ALL, ANSWERED = "Tỷ lệ (%)", "Ý kiến", "Tất cả", "(Số người trả lời)"
GUIDE_TITLE, GUIDE_LINK = "Thăm dò: {title} (mã {code})", "Trang kết quả: {link}"

# In chat and on the command line

GET = "Báo cáo, số liệu"
WHICH = "Đồng chí chọn cuộc thăm dò đã kết thúc:"
NONE_CLOSED = (
    "Chưa có cuộc thăm dò nào kết thúc. Khi có, gõ “báo cáo dư luận” để lấy báo cáo và bảng số liệu."
)
FORMS = (
    "{title}, kết thúc {until}. Đồng chí lấy báo cáo, bảng số liệu; khi đã làm gì với kết quả, gõ: "
    "thăm dò {code} đã làm: …"
)
WORD, EXCEL, PAGE = "Báo cáo (Word)", "Bảng số liệu (Excel)", "Trang kết quả"
CAPTION = {
    "docx": "Báo cáo dư luận xã hội: {title}. Đồng chí điền số, nhận xét, kiến nghị, nơi nhận rồi trình ký.",
    "xlsx": "Bảng số liệu: {title}.",
}
LINK = "{caption}\nTải trong 24 giờ: {address}"
NO_FILES_HERE = (
    "{caption}\nỞ đây không gửi được tệp. Người vận hành tạo được bằng lệnh: "
    "hoidap survey-report {code} {name}"
)
FILE_NAMES = {"docx": "bao-cao-du-luan-{code}.docx", "xlsx": "so-lieu-tham-do-{code}.xlsx"}
NOT_FOUND = "Không có cuộc thăm dò nào mã “{code}”."
NOT_CLOSED = "Cuộc thăm dò “{title}” chưa kết thúc; kết quả chỉ có sau khi kết thúc."
FORMAT_UNWRITABLE = "{name}: tên tệp phải kết thúc bằng .docx hoặc .xlsx"
FILE_WRITTEN = "Đã ghi {path}."
