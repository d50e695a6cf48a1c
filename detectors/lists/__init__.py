"""What a tenant's own lists say is personal data, and what is not."""
