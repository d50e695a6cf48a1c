"""Files that stand in a message as base64: told apart by what they are, texts among them read and written back."""
