"""What happens by itself: a tick that runs what is due, and the housekeeping."""
