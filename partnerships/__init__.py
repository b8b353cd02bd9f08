"""Where you belong: agencies, organisations, members, and the agreements between countries."""
