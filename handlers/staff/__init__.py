"""What members of the department's staff do in their private chat; access.py decides who may."""
