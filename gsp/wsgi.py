"""What the web server calls; without another word it is the production platform."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gsp.settings.production")

application = get_wsgi_application()
