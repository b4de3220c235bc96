"""When staff are told what they have not asked for, as cron lines in local time: early enough, and not at night."""

CRITICISM = "20 7-20 * * *"  # 👎 with its reason
REVIEW = "0 8 * * mon"  # the week's list of what to look at again
RISING = "*/15 6-21 * * *"  # what many people are asking about
