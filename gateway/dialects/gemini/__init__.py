"""The wire formats of Google's Gemini API."""
