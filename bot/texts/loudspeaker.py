"""What the ward's loudspeaker says: the sentences of the script, and how what is written short is read out."""

# The script

NOTE = (
    "Bài đọc trên loa truyền thanh, dài khoảng {length}. Đồng chí đọc chậm, rõ, nghỉ một nhịp sau mỗi tin; đọc hai lần, lần "
    "sau cách lần trước vài giây. Cả hai lần hết khoảng {twice}."
)
UNKNOWN = "Những chữ viết tắt tôi chưa biết cách đọc, đồng chí xem trước khi đọc: {words}."
MINUTES, SECONDS = "{count} phút", "{count} giây"
MINUTES_SECONDS = "{minutes} phút {seconds} giây"
GREETING = "Kính thưa toàn thể nhân dân!"
OPENING = "Sau đây là một số nghị quyết, chủ trương mới, do {organisation} giới thiệu."
OPENING_OF_ONE = "Sau đây là thông tin về một văn bản mới, do {organisation} giới thiệu."
OPENING_URGENT = "Sau đây là tin khẩn, do {organisation} thông báo."
ITEM = "Tin thứ {ordinal}."
ABOUT = "{document}, về: {title}."
MORE = "Ngoài ra còn {count} văn bản khác, mời nhân dân xem tại nơi niêm yết hoặc hỏi cán bộ tuyên truyền."
ENDING = (
    "Bản tin đến đây là hết. Ai muốn hỏi thêm, mời hỏi cán bộ tuyên truyền nơi mình ở. "
    "Xin trân trọng cảm ơn và kính chào toàn thể nhân dân!"
)
FIRST = "nhất"  # of ordinals; "tư" is the fourth
FOURTH = "tư"

# Documents: "57-NQ/TW" is of the kind NQ and of the body TW

KINDS = {
    "NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "QĐ": "Quyết định", "QD": "Quyết định", "QC": "Quy chế",
    "KH": "Kế hoạch", "HD": "Hướng dẫn", "TB": "Thông báo", "BC": "Báo cáo", "CV": "Công văn", "CTR": "Chương trình",
    "CTrHĐ": "Chương trình hành động", "CTHĐ": "Chương trình hành động", "ĐA": "Đề án", "NĐ": "Nghị định",
    "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "L": "Luật", "PL": "Pháp lệnh", "CĐ": "Công điện", "QyĐ": "Quy định",
    "TTr": "Tờ trình", "VBHN": "Văn bản hợp nhất", "HDLT": "Hướng dẫn liên tịch",
}  # fmt: skip
BODIES = {
    "TW": "Trung ương", "TƯ": "Trung ương", "HĐND": "Hội đồng nhân dân", "UBND": "Ủy ban nhân dân", "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ", "QUTW": "Quân ủy Trung ương", "ĐU": "Đảng ủy", "VPCP": "Văn phòng Chính phủ",
    "VPTW": "Văn phòng Trung ương Đảng", "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương",
    "BTGTW": "Ban Tuyên giáo Trung ương", "BTCTW": "Ban Tổ chức Trung ương", "UBKTTW": "Ủy ban Kiểm tra Trung ương",
    "BTGDV": "Ban Tuyên giáo và Dân vận", "BTG": "Ban Tuyên giáo", "BTC": "Bộ Tài chính", "BNV": "Bộ Nội vụ",
    "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng", "BYT": "Bộ Y tế", "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGD&ĐT": "Bộ Giáo dục và Đào tạo", "BCT": "Bộ Công Thương", "BTP": "Bộ Tư pháp", "BXD": "Bộ Xây dựng",
    "BKHCN": "Bộ Khoa học và Công nghệ", "BNNMT": "Bộ Nông nghiệp và Môi trường", "BNG": "Bộ Ngoại giao",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "NHNN": "Ngân hàng Nhà nước", "BCĐTW": "Ban Chỉ đạo Trung ương",
    "MTTW": "Mặt trận Tổ quốc Việt Nam", "BTV": "Ban Thường vụ", "UBTVQH": "Ủy ban Thường vụ Quốc hội", "QH": "Quốc hội",
    "TWĐTN": "Trung ương Đoàn", "TLĐ": "Tổng Liên đoàn Lao động Việt Nam",
}  # fmt: skip
NUMBER = "số"
OF_DOCUMENT = "của"
ISSUED = "ban hành"
A_DOCUMENT = "văn bản"
TERM = "khóa {number}"
OF_YEAR = "năm {year}"

# Days and times

DAY, MONTH, QUARTER, EARLY, TO = "ngày", "tháng", "quý", "mùng", "đến"
SCHOOL_YEAR = "năm học"
HOUR, MINUTE = "giờ", "phút"
# What stands before "30/4" or "2/9" where it is a day, and no part of something.
BEFORE_A_DAY = (
    "ngày", "từ", "đến", "dịp", "lễ", "trước", "sau", "sáng", "chiều", "tối", "đêm", "hạn", "quốc khánh", "hôm",
    "kỷ niệm", "mùng", "tới", "và",
)  # fmt: skip
AFTER_A_PART = (  # of "2/3 số hộ": no day
    "số", "tổng", "diện tích", "dân số", "đại biểu", "thành viên", "hộ", "xã", "phường", "đảng viên", "thôn", "khu", "tổ",
    "đơn vị", "chi bộ", "người", "chỉ tiêu", "tiêu chí", "nhiệm vụ", "lần",
)  # fmt: skip
FAMOUS_DAYS = ((2, 9), (1, 5), (3, 2), (8, 3), (1, 6))

# Figures

PERCENT, PARTS, OUT_OF, MINUS, POINT = "phần trăm", "phần", "trên", "âm", "chấm"
EACH = "mỗi"
ORDINAL = "thứ"
FRACTIONS = {"½": "một phần hai", "¼": "một phần tư", "¾": "ba phần tư"}
# After these one Roman letter is a number: "Chương I", "lần thứ V".
BEFORE_ROMAN = (
    "chương", "mục", "phần", "khóa", "khoá", "hội", "thứ", "quý", "kỷ", "loại", "cấp", "hạng", "nhóm", "bảng", "vực",
    "vùng", "tập", "bậc", "kỳ", "giai đoạn", "đợt", "và",
)  # fmt: skip
# After these "5.2" is a place in a text, and no decimal.
BEFORE_A_PLACE = ("điều", "khoản", "mục", "điểm", "bảng", "lục", "hình", "chương", "phần", "tiểu mục")
CALL, LINE = "gọi", "đài"  # "gọi 113", "tổng đài 1022": figure by figure
UNITS = {
    "m²": "mét vuông", "m2": "mét vuông", "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông", "m³": "mét khối",
    "m3": "mét khối", "cm²": "xăng-ti-mét vuông", "km": "ki-lô-mét", "m": "mét", "cm": "xăng-ti-mét", "mm": "mi-li-mét",
    "ha": "héc-ta", "kg": "ki-lô-gam", "g": "gam", "mg": "mi-li-gam", "l": "lít", "ml": "mi-li-lít", "kW": "ki-lô-oát",
    "kWh": "ki-lô-oát giờ", "MW": "mê-ga-oát", "GW": "gi-ga-oát", "MWh": "mê-ga-oát giờ", "kV": "ki-lô-vôn", "°C": "độ C",
    "°": "độ", "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng", "₫": "đồng", "USD": "đô-la Mỹ", "$": "đô-la Mỹ",
    "EUR": "ơ-rô", "€": "ơ-rô", "tr": "triệu", "ha²": "héc-ta", "MB": "mê-ga-bai", "GB": "gi-ga-bai",
    "km/h": "ki-lô-mét mỗi giờ", "tỉ": "tỷ", "‰": "phần nghìn",
}  # fmt: skip
LARGE = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ")  # "2,5 tỷ USD": the unit follows a word
# Of "đồng/tháng", "tấn/ha", "m²/người": what stands below.
BELOW = (
    "người", "tháng", "năm", "ngày", "giờ", "tuần", "quý", "ha", "héc-ta", "hộ", "m²", "m2", "km²", "km2", "suất", "lần",
    "lượt", "kg", "lít", "vụ", "buổi", "km", "sào", "con", "cháu", "em", "học sinh", "trẻ", "khẩu", "đối tượng", "hồ sơ",
    "lớp", "xã", "thôn", "đợt", "căn", "nhà", "mẹ",
)  # fmt: skip
SPECIAL = {
    "24/7": "hai mươi tư trên bảy", "24/24": "hai mươi tư trên hai mươi tư",
    "24/24h": "hai mươi tư trên hai mươi tư giờ", "R&D": "nghiên cứu và phát triển", "4.0": "bốn chấm không",
    "KT-XH": "kinh tế - xã hội", "QP-AN": "quốc phòng - an ninh", "AN-QP": "an ninh - quốc phòng",
    "CNH-HĐH": "công nghiệp hóa, hiện đại hóa", "CNH, HĐH": "công nghiệp hóa, hiện đại hóa",
    "BTG&DV": "Ban Tuyên giáo và Dân vận", "TG&DV": "Tuyên giáo và Dân vận", "TP. HCM": "Thành phố Hồ Chí Minh",
    "TP.HCM": "Thành phố Hồ Chí Minh", "TP HCM": "Thành phố Hồ Chí Minh", "TPHCM": "Thành phố Hồ Chí Minh",
    "v.v.": "vân vân", "v.v": "vân vân", "COVID-19": "Cô-vít mười chín", "Covid-19": "Cô-vít mười chín",
    "T.Ư": "Trung ương", "T.W": "Trung ương",
}  # fmt: skip
SYMBOLS = {
    "≥": "từ", "≤": "không quá", ">": "trên", "<": "dưới", "±": "cộng trừ", "×": "nhân", "&": "và", "=": "bằng",
    "+": "cộng",
}  # fmt: skip
BEFORE_NAMES = {"TP": "Thành phố", "Tp": "Thành phố", "TX": "Thị xã"}  # "TP. Thanh Hóa"
