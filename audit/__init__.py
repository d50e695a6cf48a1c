"""The tamper-evident record of every decision. Knows neither the gateway nor the detectors."""
