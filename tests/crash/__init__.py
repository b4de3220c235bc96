"""The service is killed (SIGKILL) at every step of a message's path; nothing may be lost, nothing said twice."""
