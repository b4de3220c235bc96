"""The networks that people write on; one file each, all behind the protocol in base.py."""
