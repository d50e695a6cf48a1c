"""Phone numbers by libphonenumber, as Presidio finds them, asked only about digits that may be one."""
