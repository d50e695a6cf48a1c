"""Pictures: the text that they show, and black boxes over some of it."""
