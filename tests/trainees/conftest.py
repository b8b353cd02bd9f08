"""How long the laws of lifecycles are tried: ``make fuzz`` asks for the long profile."""

from hypothesis import settings

settings.register_profile("fuzz", settings())
