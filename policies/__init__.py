"""The default Rego bundle, its data, cases and compiled module."""
