"""What is made to be forwarded, printed and told about it."""

# The text itself: nobody who gets it should see that a bot had a hand in it

HEADING_URGENT = "TIN KHẨN: {title}"
FROM = "{organisation}, {date}"
ABOUT = "Về: {title}"
SOURCE = "Nguồn: {address}"
AND_MORE = "… và {count} văn bản khác"
READ_ALL = "Xem đầy đủ tại: {address}"

# On paper

NOTICE = "BẢN TIN"
FULL_TEXT = "Toàn văn: {address}"
NO_SHEET = "Liên kết này không đúng, hoặc bản tin không còn nữa."
