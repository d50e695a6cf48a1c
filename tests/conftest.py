"""What all tests share: how long a property may take is no property of the code."""

from hypothesis import settings

# Hypothesis fails an example that takes 200 ms by the wall clock, which measures what else the machine does.
settings.register_profile("airlock", deadline=None)
settings.load_profile("airlock")
