"""Fixed words of official reports, in the form of the Party's offices or of the state's."""

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
STAR, RULE, DASHES = "*", "―――――", "-----"
NUMBER, NUMBER_OF_STATE = "Số ……-BC/{symbol}", "Số: ……/BC-{symbol}"  # the number is written by hand
NO_SYMBOL, NO_PLACE, NO_SIGNER = "……", "……………", "THỦ TRƯỞNG CƠ QUAN"
DATED = "{place}, ngày {day} tháng {month} năm {year}"
KIND = "BÁO CÁO"
RECIPIENTS = "Nơi nhận:"
SIGNATURE = "(Ký, đóng dấu, ghi rõ họ tên)"
