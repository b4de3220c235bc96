"""The web server: the chat page, the platforms' webhooks, health; static files and templates beside them."""
