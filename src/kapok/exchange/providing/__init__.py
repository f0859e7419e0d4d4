"""What other systems gather from us: the OAI-PMH provider, and the nightly dump with its description."""
