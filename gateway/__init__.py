"""The two doors: what an app talks to, and the story of one call."""
