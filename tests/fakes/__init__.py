"""Far sides that speak the real wire format on loopback."""
