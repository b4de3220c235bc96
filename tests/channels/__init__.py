"""Every channel, alone and by contract."""
