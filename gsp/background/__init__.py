"""Work after commit: written down with the change that asks for it, then handed to Celery."""
