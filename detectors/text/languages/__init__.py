"""What names, addresses and labelled numbers look like in German, French, Spanish and Italian."""
