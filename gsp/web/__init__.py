"""Base views, template tags and charts: what every page shares."""
