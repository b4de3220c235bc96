"""Small talk: short, kind, and never a piece of official information. By the keys of knowledge/triage.py."""

SMALL_TALK = {
    "greeting": "Chào Bạn! Bạn muốn hỏi điều gì về nghị quyết hay chủ trương nào?",
    "presence": "Tôi là trợ lý trả lời tự động, lúc nào cũng sẵn sàng. Bạn cứ gõ câu hỏi nhé.",
    "goodbye": "Tạm biệt Bạn! Khi cần, Bạn cứ nhắn lại nhé.",
    "thanks": "Không có gì ạ. Cảm ơn Bạn đã quan tâm!",
    "who": (
        "Tôi là chương trình trả lời tự động của {organisation}, không phải người thật. Tôi trả lời câu hỏi về nghị quyết, "
        "chủ trương bằng nội dung có nguồn; điều chưa có, tôi nói là chưa có."
    ),
    "help": "Bạn cứ gõ câu hỏi bằng lời của mình, hoặc gõ số văn bản, ví dụ: nghị quyết 57. Gõ {help} để xem thêm.",
    "ask": "Vâng, Bạn cứ hỏi ạ.",
    "yes": "Vâng ạ. Bạn muốn hỏi thêm điều gì, cứ gõ câu hỏi nhé.",
    "no": "Vâng ạ. Khi nào cần, Bạn cứ gõ câu hỏi nhé.",
    "praise": "Cảm ơn Bạn! Bạn muốn hỏi thêm điều gì không?",
    "insult": "Xin lỗi nếu tôi trả lời chưa tốt. Bạn thử gõ lại câu hỏi ngắn gọn hơn giúp tôi nhé.",
    "mood": "Cảm ơn Bạn đã chia sẻ. Tôi chỉ biết trả lời về nghị quyết, chủ trương; Bạn muốn hỏi điều gì, cứ gõ nhé.",
}
OTHER = "Tôi chỉ biết trả lời về nghị quyết, chủ trương. Bạn muốn hỏi điều gì, cứ gõ câu hỏi nhé."
