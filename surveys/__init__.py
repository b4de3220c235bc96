"""Short polls and the opinion surveys that they feed: definitions, the way through one, ballots, results."""
