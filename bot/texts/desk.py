"""What members of staff read when they ask what waits for them."""

# Words that only members are understood by; each also works without accents, and its name with or without a slash.
STAFF_COMMANDS = (
    ("viec", "việc của tôi"),
    ("viec", "việc"),
)
HEADING = "Việc của đồng chí ({role}):"
NOTHING = "Hiện không có việc nào chờ đồng chí ({role})."
