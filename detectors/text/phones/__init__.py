"""Phone numbers by libphonenumber, as Presidio finds them, in a tenth of the time."""
