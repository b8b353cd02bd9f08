#!/usr/bin/env python
"""Entry point of the command line: ``python manage.py COMMAND``."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gsp.settings.development")
    from gsp.launch.attach import attach

    attach(sys.argv)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
