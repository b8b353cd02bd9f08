"""The case of one person: recognition, documents, tasks, notes, contacts and clocks."""
