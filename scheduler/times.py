"""When staff are told what they have not asked for, as cron lines in local time: early enough, and not at night."""

RISING = "*/15 6-21 * * *"  # what many people are asking about
