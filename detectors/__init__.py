"""Find: personal data, secrets and risks in text. Knows neither the gateway nor the audit trail."""
