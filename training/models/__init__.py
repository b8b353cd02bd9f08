"""Tables of the training app."""

from training.models.cohort import Cohort
from training.models.course import Course, CourseSkill, Module, ModuleOutcome

__all__ = ["Cohort", "Course", "CourseSkill", "Module", "ModuleOutcome"]
