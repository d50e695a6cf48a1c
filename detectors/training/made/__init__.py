"""Training texts of our own making: templates for what the public sets lack."""
