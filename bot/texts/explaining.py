"""Why a question was answered as it was, for members of staff (`hoidap ask --why`)."""

READ_AS = "Gõ Telex/VNI chưa bật tiếng Việt, đọc là: {text}"
MEANT = "Câu hỏi được hiểu là: {text}"
SHORT_FORM = "  “{written}” hiểu là “{means}”"
SLIP = "  “{typed}” sửa lỗi gõ thành “{read}”"
SAME_AS = "  “{words}” cũng như: {others}"
MORE = " …"
DOCUMENT = "  văn bản: {text} ({known})"
KNOWN, UNKNOWN, AMBIGUOUS = "có trong kho", "không có trong kho", "trong kho có nhiều văn bản trùng số này"
NUMBERS = {
    "years": "  năm: {values}",
    "congresses": "  đại hội lần thứ: {values}",
    "ordinals": "  thứ tự: {values}",
}

OUTCOME = {"answer": "trả lời thẳng", "suggest": "đưa ra gợi ý", "none": "chưa có câu trả lời"}
RESULT = "Kết quả: {outcome}. {reason}"
REASONS = {
    "sensitive": "Có dấu hiệu khẩn cấp, tố cáo hoặc khiếu nại nên bot chỉ nói nơi cần tìm đến.",
    "urgent": "Có dấu hiệu khẩn cấp nên số điện thoại cần gọi đứng trước; câu giống nhất đạt {score}, từ {least} trở lên "
    "nên được trả lời bên dưới.",
    "small_talk": "Đây là lời chào hỏi, trò chuyện.",
    "documents": "Câu chỉ nêu văn bản, không hỏi gì thêm, nên bot mở văn bản.",
    "unknown_document": "Câu nêu một văn bản không có trong kho nên không trả lời từ văn bản khác.",
    "nothing_alike": "Trong kho hầu như không có câu nào cùng chữ.",
    "facts": "Câu giống nhất đủ điểm ({score}) nhưng số văn bản, năm, khóa hoặc thứ tự không khớp.",
    "ambiguous": "Câu giống nhất đủ điểm ({score}) nhưng trong kho có nhiều văn bản trùng số này, chưa rõ hỏi văn bản nào.",
    "words": "Câu giống nhất đủ điểm ({score}) nhưng mỗi bên có một từ quan trọng mà bên kia không có.",
    "too_little": "Câu giống nhất đủ điểm ({score}) nhưng câu hỏi quá chung, chưa rõ hỏi về việc gì.",
    "turned": "Câu giống nhất đủ điểm ({score}) nhưng một chữ nhỏ làm ý khác đi (“không”, “chưa”, “dưới”, “trên” …).",
    "unspoken": "Câu giống nhất đủ điểm ({score}) nhưng không nói đến: {words}.",
    "open": "Câu giống nhất đủ điểm ({score}) nhưng nói về một văn bản, còn câu hỏi chưa nêu văn bản nào.",
    "mentioned": "Câu giống nhất đủ điểm ({score}) nhưng chỉ nhắc đến điều này, không phải câu hỏi về nó.",
    "above_answer": "Câu giống nhất đạt {score}, từ {least} trở lên thì trả lời thẳng.",
    "below_answer": "Câu giống nhất đạt {score}, chưa tới {least} để trả lời thẳng.",
    "below_suggest": "Câu giống nhất chỉ đạt {score}, chưa tới {least} để gợi ý.",
}
NOT_ALL = "một phần của câu hỏi"
EMPTY = "(không có chữ nào)"

CANDIDATES = "Những câu giống nhất trong kho:"
CANDIDATE = "{at}. [{score}] {question} (mã {id})"
BY_PHRASING = "   giống nhất ở cách hỏi: “{text}”"
SHARED = "   cùng có: {words}"
SHARED_PARTS, SHARED_PART = "   chỉ cùng có một phần của từ: {words}", "“{part}” trong “{word}”"
UNSPOKEN = "   câu hỏi có, mục này không nói đến: {words}"
UNSPOKEN_BUT_ANSWERED = UNSPOKEN + " (chỉ là phần nhỏ của câu hỏi nên vẫn được trả lời thẳng)"
REFUSED = {
    "facts": "   không được trả lời thẳng: số văn bản, năm, khóa hoặc thứ tự không khớp",
    "ambiguous": "   không được trả lời thẳng: trong kho có nhiều văn bản trùng số được nêu",
    "words": "   không được trả lời thẳng: mỗi bên có một từ quan trọng mà bên kia không có, hoặc mục chưa được nửa câu hỏi",
}
SCORES = "   điểm: {scores}"
SCORE = "{name} {effect}"
ADVICE = (
    "Nếu một câu ở trên đúng ý người hỏi, đồng chí thêm cách hỏi này vào cột “Cách hỏi khác” của câu đó. "
    "Chữ viết tắt bị hiểu sai thì sửa trong bảng từ viết tắt (hoidap export words)."
)

# Features pull against each other (the share of syllables, the share of meanings …): people are told their sum by subject.
SUBJECTS = {
    "nói đủ điều được hỏi": ("query_covered", "query_units", "overlap", "pairs_query"),
    "không đòi hỏi điều gì thêm": ("entry_covered", "entry_units", "entry_core"),
    "câu chữ giống nhau": (
        "ratio", "letters", "exact", "trigrams", "of_entry_letters", "of_entry_trigrams", "best_trigrams",
        "best_found",
    ),
    "câu trả lời có nói đến": ("answer_words", "answer_pairs", "answer_rest", "best_answer"),
    "thiếu hoặc thừa từ quan trọng": ("heaviest_missing", "heaviest_extra", "missing", "extra", "exchanged"),
    "số, năm, khóa": ("numbers_missing", "numbers_extra", "facts_conflict"),
    "khác dấu": ("marks_disagree",),
}  # fmt: skip
