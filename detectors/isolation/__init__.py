"""Work on what strangers sent, in processes that may die of it."""
