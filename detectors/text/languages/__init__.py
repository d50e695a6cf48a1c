"""What names, addresses, labelled numbers and ages look like in German, French, Spanish and Italian; English ages."""
