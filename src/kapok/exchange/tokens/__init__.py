"""Access tokens: made on a page of one's account, shown once, kept as a digest, asked for by every write of the API."""
