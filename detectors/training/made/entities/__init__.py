"""Invented values of every entity, and the templates that set them into sentences."""
