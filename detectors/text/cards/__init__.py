"""Payment cards of all networks, beside those that Presidio knows."""
