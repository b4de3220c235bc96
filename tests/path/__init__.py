"""From a stored update to a message on a network: real database, simulated time, fake networks."""
