"""Quotas: what a caller may use in a minute, in a day and at once, counted in memory or in a Redis for all replicas."""
