"""What the bot says back: routes.py lists who handles what; a handler decides, and never commits or sends."""
