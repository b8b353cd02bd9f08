"""What the web server calls; without another word it is the production platform."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gsp.settings.production")

application = get_wsgi_application()

# Imported after Django is ready, and before anybody is served.
from gsp.tenancy.checks import refuse_privileged_role  # noqa: E402

refuse_privileged_role()
