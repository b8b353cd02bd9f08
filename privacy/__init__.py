"""What a person may ask about the data held on them, and how long it is kept."""
