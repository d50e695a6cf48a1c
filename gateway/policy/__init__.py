"""Ask the Rego engine; carry findings in, never text."""
