"""What members of staff read when a file of theirs is taken in or refused."""

# Files as a whole
FILE_MISSING = "Không tìm thấy tệp “{name}”. Đồng chí kiểm tra lại tên và thư mục."
FILE_UNREADABLE = "Không đọc được tệp “{name}”. Đồng chí kiểm tra quyền truy cập tệp."
FILE_UNWRITABLE = "Không ghi được tệp “{name}”: {reason}."
FILE_EMPTY = "Tệp “{name}” không có nội dung."
FILE_TOO_LARGE = "Tệp “{name}” lớn hơn {limit} MB. Đồng chí chia nhỏ hoặc nén bớt rồi thử lại."
FILE_UNPACKS_TOO_LARGE = "Tệp “{name}” bung ra quá lớn so với một tệp thông thường nên không được đọc."
FILE_BROKEN = "Tệp “{name}” bị hỏng hoặc không đúng định dạng. Đồng chí mở bằng Excel, lưu lại rồi thử lại."
FILE_KIND = "Tệp “{name}” không phải PDF, Word (.doc, .docx) hay ảnh (.jpg, .png)."
FILE_OLD_OR_LOCKED = (
    "Tệp “{name}” là dạng Excel cũ (.xls) hoặc có mật khẩu. Đồng chí lưu lại dạng .xlsx, không đặt mật khẩu."
)
FORMAT_UNWRITABLE = "Không ghi được tệp “{name}”: tên tệp phải kết thúc bằng .xlsx, .csv hoặc .jsonl."
FORMAT_UNKNOWN = "Chưa đọc được tệp “{name}”: chỉ nhận .xlsx, .csv và .jsonl."
ENCODING_UNKNOWN = (
    "Không nhận ra bảng mã chữ của tệp “{name}”. Đồng chí mở bằng Excel và lưu dạng “CSV UTF-8”."
)
CSV_BROKEN = "Tệp “{name}”, dòng {line}: dấu ngoặc kép mở ra mà không đóng đúng chỗ."
TOO_MANY_ROWS = "Trang tính có hơn {limit} dòng. Đồng chí chia thành nhiều tệp."
TOO_MANY_COLUMNS = "Ô {cell} nằm ngoài {limit} cột đầu. Đồng chí bỏ bớt cột thừa."
SECRECY_MARK = (
    "Tệp bị từ chối: {place} có dấu “{mark}”. Tài liệu mật hoặc lưu hành nội bộ không được đưa vào hệ thống."
)

# Where something stands
PLACE_CELL = "ô {cell}"
PLACE_CELL_OF_SHEET = "ô {cell} (trang tính “{sheet}”)"
PLACE_ROW = "dòng {row}"
PLACE_ROW_OF_SHEET = "dòng {row} (trang tính “{sheet}”)"
PLACE_COLUMN = "cột {column}"
PLACE_KEY = "dòng {row}, khóa “{key}”"
PLACE_SHEET = "trang tính “{sheet}”"
PLACE_SHEET_NAME = "tên trang tính “{sheet}”"
PLACE_COMMENT = "một ghi chú trong “{name}”"
PLACE_TEXT_BOX = "một khung chữ trong “{name}”"
PLACE_PARAGRAPH = "một đoạn trong “{name}”"
PLACE_HEADER_FOOTER = "đầu trang hoặc chân trang của “{name}”"
PLACE_FILE = "tệp “{name}”"

AND_MORE_CELLS = " và {count} ô khác"
PLACE_WHOLE = "cả bảng"

# What was noticed while reading a sheet
CONVERTED = "chữ ở {columns} theo bảng mã {encoding}, đã đổi sang Unicode; đồng chí xem lại vài ô."
HIDDEN_SHEET = "trang tính đang ẩn, không được đọc."
HIDDEN_ROWS = "các dòng đang ẩn vẫn được đọc: {rows}."
HIDDEN_COLUMNS = "các cột đang ẩn vẫn được đọc: {columns}."
MERGED = "ô gộp: nội dung được hiểu là của mọi dòng trong vùng gộp."
UNCALCULATED = "công thức chưa có kết quả. Đồng chí mở bằng Excel, lưu lại rồi thử lại."
ERROR_VALUE = "công thức trong ô báo lỗi. Đồng chí sửa lại hoặc gõ thẳng nội dung."

GUIDANCE_SHEET = "Hướng dẫn"

# What a file holds
NO_HEADINGS = "Không tìm thấy dòng tiêu đề, gồm ít nhất hai cột của một bảng. Phải có: {needed}."
NEEDED = "bảng “{sheet}” có {columns}"
TEMPLATES = " Tệp mẫu của từng loại: hoidap export, thêm --template."
MISSING_COLUMNS = "dòng tiêu đề thiếu cột: {columns}."
MIXED_KINDS = "Tệp có nhiều loại bảng ({sheets}). Đồng chí tách mỗi loại thành một tệp."
NO_ROWS = "Tệp “{name}” có tiêu đề nhưng chưa có dòng dữ liệu nào."
SHEET_WITHOUT_HEADINGS = "không có dòng tiêu đề nên được bỏ qua."
COLUMN_UNKNOWN = "cột “{heading}” không dùng đến, được bỏ qua."
COLUMN_TWICE = "cột “{heading}” có hai lần."
KEY_UNKNOWN = "khóa “{key}” không dùng đến, được bỏ qua."
EXAMPLE_SKIPPED = "dòng ví dụ của tệp mẫu, được bỏ qua. Nếu là dòng thật, đồng chí đổi chữ “VÍ DỤ” ở đầu."
JSON_BROKEN = "không phải một đối tượng JSON."
JSON_TYPE = "phải là {expected}."
JSON_TEXT = "chữ"
JSON_LIST = "danh sách chữ"

# What a cell holds
REQUIRED = "chưa có {what}."
TOO_LONG = "{what} dài {length} ký tự, quá giới hạn {limit}."
NOT_A_DATE = "“{text}” không phải ngày. Đồng chí viết ngày/tháng/năm, ví dụ 22/12/2024."
TURNED_INTO_DATE = "Excel đã tự đổi thành ngày ({text}). Đồng chí định dạng ô là “Văn bản” rồi gõ lại."
DATE_AS_TEXT = "ô là kiểu ngày, được hiểu là chữ “{text}”."
YES, NO = "có", "không"
NOT_ONE_OF = "“{text}” không có trong danh sách: {allowed}."
LEVEL_UNKNOWN = "chưa có cấp ban hành (Trung ương, tỉnh hoặc xã)."
KIND_UNKNOWN = "chưa có loại văn bản (nghị quyết, chỉ thị, kết luận …)."
ANSWER_LONG = (
    "trả lời dài {length} ký tự, có thể không vừa một màn hình điện thoại; nên dưới {limit} ký tự "
    "và đưa phần còn lại vào “Chi tiết”."
)
NO_SOURCE = "câu trả lời chưa ghi văn bản hoặc nguồn."
ID_TWICE = "mã “{id}” đã có ở {place}."
QUESTION_TWICE = "câu hỏi đã có ở {place}."
QUESTION_AND_ID_TWICE = "câu hỏi đã có ở {place}; hai dòng cần có mã khác nhau."
DOCUMENT_TWICE = "văn bản đã có ở {place} (cùng số hiệu, ngày và cơ quan ban hành)."
DOCUMENT_TWICE_WITHOUT_DATE = (
    "có thể trùng với {place}: cùng số hiệu và cơ quan ban hành, nhưng một trong hai dòng chưa ghi ngày. "
    "Đồng chí ghi đủ ngày ban hành, hoặc bỏ bớt một dòng."
)
DATE_NEEDED = (
    "có {count} văn bản mang số hiệu này của cùng cơ quan, ban hành vào những ngày khác nhau. "
    "Đồng chí ghi ngày ban hành để biết là văn bản nào."
)
DATE_UNCLEAR = (
    "{count} dòng mang số hiệu này có thể là văn bản đang lưu mà chưa ghi ngày. Đồng chí nhập riêng dòng đúng là văn bản ấy "
    "trước, rồi nhập các dòng còn lại."
)
FILE_OUTSIDE = "“{name}” phải là đường dẫn tính từ thư mục của bảng, không ra ngoài thư mục đó."
ADDRESS_BAD = "“{text}” không phải địa chỉ trang (http:// hoặc https://)."
CITES_NOTHING = "chưa có văn bản “{text}” trong hệ thống; sẽ tự gắn khi văn bản được nhập."
CITES_SEVERAL = (
    "“{text}” khớp {count} văn bản; đồng chí ghi thêm ngày ban hành, ví dụ “18-NQ/TW ngày 25/10/2017”."
)
DATE_ADDED = "được hiểu là văn bản đang lưu “{title}”: cùng số hiệu và cơ quan, một bên chưa có ngày. Đồng chí kiểm tra lại."
SUPERSEDED_BY_NOTHING = "không có văn bản “{text}” trong hệ thống hay trong tệp này."
SUPERSEDED_IN_CIRCLE = (
    "các văn bản sẽ thay thế nhau theo vòng tròn: {circle}. Đồng chí xem lại văn bản nào mới hơn."
)
SUPERSEDED_BY_ITSELF = "văn bản không thể được thay thế bởi chính nó."
DOCUMENT_THERE = "đã có một văn bản khác cùng số hiệu, ngày và cơ quan ban hành."
DOCUMENT_GONE = "văn bản này không còn trong hệ thống."
WORD_WITHOUT_LETTERS = "“{text}” không có chữ nào."
WORD_IS_A_NUMBER = (
    "“{text}” có số văn bản, năm hoặc khóa; những số này được so khớp riêng. "
    "Đồng chí ghi vào “Cách hỏi khác” của câu hỏi."
)
WORD_IS_ITSELF = "“{text}” giống hệt cách viết."
WORD_HOLDS_ITSELF = "nghĩa “{means}” lại chứa “{written}”. Đồng chí ghi một nghĩa không có cách viết đó."
WORD_TWICE = "“{text}” đã có ở {place}."
WORDS_IN_CIRCLE = "các từ này dẫn vòng về nhau: {circle}. Đồng chí bỏ bớt một dòng."
WORD_REPLACES = "thay cho nghĩa có sẵn “{means}”."
WORD_WITHOUT_ACCENTS = (
    "“{text}” cũng là “{word}” gõ không dấu, ví dụ “{example}”: câu hỏi gõ như vậy sẽ bị hiểu sai. "
    "Nếu chỉ dùng ở cuối câu, đồng chí ghi “{place}” ở cột “Khi nào”."
)
WORD_IS_A_WORD = (
    "“{text}” cũng là một từ thường, ví dụ “{example}”: câu hỏi có từ đó sẽ bị hiểu khác đi. "
    "Nếu chỉ dùng ở cuối câu, đồng chí ghi “{place}” ở cột “Khi nào”."
)
WORD_MAY_BE_A_WORD = (
    "“{text}” đọc lên thành tiếng, có thể trùng với một từ khác. Nếu chỉ dùng ở cuối câu, đồng chí ghi “{place}” "
    "ở cột “Khi nào”."
)
NOT_APPLIED = "Chưa nhập dòng nào: {count} lỗi, đầu tiên là {place}: {text}"

# The second sheet of a template and of an export
GUIDANCE = (
    "Mỗi dòng của trang đầu là một mục. Đồng chí giữ nguyên dòng tiêu đề; có thể bỏ cột không dùng hoặc đổi thứ tự cột.",
    "Dòng mẫu bắt đầu bằng “VÍ DỤ” không được nhập. Đồng chí xóa hoặc viết đè lên, nhớ đổi cả ô có chữ “VÍ DỤ”.",
    "Nhập tệp không có lựa chọn --publish thì mục mới chưa ghi trạng thái là bản nháp, người dân chưa thấy.",
    "Cột không có trong tệp thì nội dung cũ được giữ; cột có mà ô để trống thì nội dung cũ bị xóa "
    "(trừ trạng thái, loại, cấp, ngày ban hành và tệp).",
    "Ngày viết theo ngày/tháng/năm, ví dụ 22/12/2024. Không đưa tài liệu mật hoặc lưu hành nội bộ vào bảng.",
)
GUIDANCE_OF_KIND = {
    "entries": (
        "Mã: để trống thì được tạo từ câu hỏi. Cùng mã là cùng một câu hỏi, lần nhập sau sửa lần nhập trước.",
        "Cách hỏi khác: mỗi cách một dòng trong ô (Alt+Enter), hoặc thêm cột “Cách hỏi khác 1”, “Cách hỏi khác 2” …",
        "Trả lời: ngắn gọn, dưới 600 ký tự để vừa màn hình điện thoại; phần dài hơn để ở “Chi tiết”.",
        "Văn bản: số hiệu, ví dụ 57-NQ/TW; nếu nhiều văn bản trùng số thì thêm ngày: 18-NQ/TW ngày 25/10/2017.",
        "Trạng thái: nháp, mẫu, đã duyệt hoặc lưu trữ.",
    ),
    "documents": (
        "Một văn bản được nhận ra theo số hiệu, ngày ban hành và cơ quan ban hành.",
        "Tệp: đường dẫn tính từ thư mục của bảng, ví dụ van-ban/nq-57.pdf; nhận PDF, Word, ảnh, tối đa 5 MB.",
        "Chủ đề: nhiều chủ đề cách nhau bằng dấu chấm phẩy.",
        "Được thay thế bởi: số hiệu của văn bản mới, thêm ngày nếu trùng số.",
        "Trạng thái: nháp, còn hiệu lực hoặc hết hiệu lực. Mẫu: ghi “có” nếu là nội dung mẫu chưa được duyệt.",
    ),
    "words": (
        "Cách viết: chữ người dân hay gõ, một hay nhiều tiếng. Nghĩa là: cách nói đầy đủ, có dấu, như "
        "trong câu hỏi của kho.",
        "Khi nào: mọi chỗ (để trống cũng vậy), trước số, cuối câu, hoặc câu gõ có dấu. Chữ viết tắt trùng với từ thường, "
        "như “nha” với “nhà”, chỉ nên dùng ở cuối câu.",
        "Trạng thái: ghi “tắt” để thôi dùng một dòng, kể cả dòng có sẵn. Dòng không có trong tệp thì giữ như cũ.",
        "Nguồn: chỉ để xem, ghi gì cũng không đổi. Số văn bản, năm, khóa không ghi ở bảng này.",
    ),
    "inquiries": (
        "Bảng này xuất ra các câu đang chờ. Đồng chí chỉ ghi hai cột cuối; các cột khác để xem, ghi gì cũng không đổi.",
        "Trả lời người hỏi: tối đa 3.000 ký tự. Nhập bảng vào là gửi cho mọi người đang chờ câu đó, mỗi người một lần; nên "
        "chạy thử với --dry-run trước.",
        "Đưa vào kho: ghi “có” để tạo bản nháp, chờ người duyệt.",
    ),
    "surveys": (
        "Mỗi dòng là một câu hỏi. Ô để trống ở các cột đầu được hiểu là như dòng trên: tên khảo sát và cuộc thăm dò chỉ "
        "cần ghi một lần.",
        "Nhập lại bảng khi chưa mở: giờ mở, nơi gửi, “kèm bản tin” để trống hoặc không có cột thì giữ như trước.",
        "Loại câu: một lựa chọn, nhiều lựa chọn, thang điểm (1–5) hoặc ý kiến tự do.",
        "Phương án: mỗi phương án một dòng trong ô (Alt+Enter), hoặc thêm cột “Phương án 1”, “Phương án 2” … Thang điểm: để "
        "trống, hoặc ghi lời cho điểm 1 và lời cho điểm 5.",
        "Tách kết quả: ghi “có” ở câu hỏi về người trả lời (nhóm tuổi, nơi ở …) để xem kết quả riêng từng nhóm; nhóm dưới "
        "10 người sẽ được ẩn. Phải ghi trước khi mở, không thêm được về sau.",
        "Nhập bảng vào mới là bản nháp. Gửi duyệt và mở trong tin nhắn với bot: gõ “thăm dò”.",
    ),
    "schedules": (
        "Mỗi dòng là một lịch gửi bản tin; cùng tên là cùng một lịch. Lịch không còn trong bảng vẫn được giữ.",
        "Thời gian: thứ Hai hàng tuần 07:30; hằng ngày 06:45; ngày 1 và 15 hàng tháng 08:00; ngày cuối tháng 17h; "
        "ngày làm việc 7g30; 30/11/2026 07:30.",
        "Cấp văn bản, Chủ đề, Đơn vị: để trống là tất cả; nhiều cấp, nhiều chủ đề cách nhau bằng dấu chấm phẩy.",
        "Hạn gửi: quá giờ hẹn bao lâu thì thôi không gửi nữa (mặc định 12 giờ). Bản thảo trước: người duyệt nhận bản thảo "
        "sớm bao lâu.",
        "Tự động duyệt: ghi “có” thì bản tin tự gửi khi đến giờ, không chờ ai duyệt.",
    ),
    "feeds": (
        "Mỗi dòng là một nguồn RSS hoặc Atom. Nguồn không còn trong bảng vẫn được giữ; ghi “tạm dừng” để dừng.",
        "Tên nguồn: để trống thì lấy tên mà nguồn tự đặt.",
        "Chủ đề, Cấp, Cơ quan ban hành: dùng cho văn bản từ nguồn này khi tiêu đề không nói rõ.",
        "Lấy gì: “chỉ văn bản” bỏ qua tin không nêu văn bản nào; “cả tin bài” lấy mọi mục.",
    ),
    "units": (
        "Mỗi dòng là một đơn vị; thứ tự dòng không quan trọng. Đơn vị không còn trong bảng vẫn được giữ.",
        "Mã: để trống được. Đổi tên hoặc chuyển đơn vị sang cấp trên khác thì cần có mã, hoặc ghi tên trước đây ở “Tên cũ”.",
        "Thuộc: mã hoặc tên của đơn vị cấp trên; trùng tên thì ghi thêm cấp trên nữa sau dấu phẩy: Thôn 1, Xã Bình Minh.",
        "Sáp nhập vào: mã hoặc tên đơn vị nhận. Số liệu cũ được giữ và tính vào đơn vị nhận; việc này không hoàn lại được.",
    ),
}

# The commands `hoidap import` and `hoidap export`

ERROR, WARNING = "LỖI", "Lưu ý"
MORE_WARNINGS = "… và {count} lưu ý khác (thêm --json để xem hết)."
APPLIED = "Đã nhập: {added} mới, {changed} thay đổi, {unchanged} giữ nguyên."
WOULD_APPLY = "Nếu nhập: {added} mới, {changed} thay đổi, {unchanged} giữ nguyên. Chưa ghi gì."
REFUSED = "Có {errors} lỗi nên chưa nhập gì. Đồng chí sửa các ô nêu trên rồi nhập lại cả tệp."
EXPECTED_UNKNOWN = "Các mã cần tìm này không có trong kho câu trả lời: {ids}."
EXPORTED = "Đã ghi {count} dòng vào {path}."
TEMPLATE_WRITTEN = "Đã ghi mẫu trống vào {path}."
