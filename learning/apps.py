"""The learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """See the package's first line."""

    name = "learning"

    def ready(self):
        """Let certificates ask for what was learnt."""
        from learning import lists  # noqa: F401  registers the kinds of list
        from learning.certification import refusals, skills
        from trainees.rules import certification_guards

        certification_guards.register(refusals)
        certification_guards.register_skills(skills)
