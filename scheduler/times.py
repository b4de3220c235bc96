"""When things happen by themselves, as cron lines in local time. What nobody has asked for reaches nobody at night."""

HOUSEKEEPING = "0 * * * *"
TOKENS = "7 * * * *"
SUPERSEDED = "* * * * *"  # editors hear of a document that an import has superseded
INQUIRIES = "* * * * *"  # answers that came by a file go out; who else is told when, they see to themselves
DIGESTS = "* * * * *"  # which is due when, their schedules say
POLLS = "* * * * *"  # they open, are counted and close
RISING = "*/15 6-21 * * *"  # what many people are asking about
CRITICISM = "20 7-20 * * *"  # 👎 with its reason
GROUPS = "40 5 * * *"  # what groups are called, how many people they hold
FORBIDDEN_GROUPS = "*/20 * * * *"  # whether we may write there again
GROUP_NEWS = "* * * * *"  # groups that have stopped us from writing
REVIEW = "0 8 * * mon"  # the week's list of what to look at again
FEEDS = "* * * * *"  # each feed has a time of its own
FEED_ITEMS = "*/20 7-20 * * *"  # what they have brought, and which of them fail
