"""Questions, documents, words and inquiries in and out of files; what every kind of row shares is in bot/exchange."""
