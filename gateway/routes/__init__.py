"""HTTP endpoints, one file an API family."""
