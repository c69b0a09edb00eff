"""Casework: the state of recommendations and enquiries on a day, in progress, tallies and a learning log."""

from lgsco.casework.counting import CaseworkTally, tally_casework, tally_enquiries
from lgsco.casework.learning import LearningEntry, LearningLog, Recurrence, learning_log
from lgsco.casework.progress import Progress
from lgsco.casework.tallies import AreaTally, EnquiryTally, KindTally, PaymentTally, RecommendationTally

__all__ = [
    "AreaTally",
    "CaseworkTally",
    "EnquiryTally",
    "KindTally",
    "LearningEntry",
    "LearningLog",
    "PaymentTally",
    "Progress",
    "RecommendationTally",
    "Recurrence",
    "learning_log",
    "tally_casework",
    "tally_enquiries",
]
