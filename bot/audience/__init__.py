"""Who talks with the bot, and what the department has set for them."""
