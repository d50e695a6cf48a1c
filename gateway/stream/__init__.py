"""Sans-IO stream guard: release only what is cleared, restore pseudonyms."""
