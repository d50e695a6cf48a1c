"""Several gateway processes on one port, and one that reads texts for all of them."""
