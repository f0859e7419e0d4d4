"""The pages of the room: one's own account, designations, requests, a government's editors, and the rules."""
