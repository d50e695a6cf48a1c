"""The detector service past one machine: the same interfaces and models as an application of Ray Serve."""
