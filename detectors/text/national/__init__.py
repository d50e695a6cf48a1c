"""Numbers that European states give to persons and firms, with the rules that tell them from other numbers."""
