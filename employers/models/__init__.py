"""Tables of the employers app."""

from employers.models.demand import Demand, DemandLanguage, DemandSkill

__all__ = ["Demand", "DemandLanguage", "DemandSkill"]
