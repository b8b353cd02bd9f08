"""What a file really is, judged by its content alone; nothing here knows of the database."""
