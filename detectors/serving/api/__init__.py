"""The detector service's HTTP interfaces: one file for each that it speaks."""
