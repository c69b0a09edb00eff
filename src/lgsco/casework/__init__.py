"""
What became of a council's own cases by a day: progress, tallies and learning.

Everything is told as of a day that the caller names; there is no clock. Start with ``tally_casework``:

>>> import datetime as dt
>>> from lgsco import Authority, AuthorityType, Decision, Investigation, Outcome, Recommendation, RecommendationKind
>>> from lgsco.casework import tally_casework
>>> decision = Decision(
...     "19 003 456",
...     Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL),
...     outcome=Outcome.UPHELD,
...     decided_on=dt.date(2020, 1, 31),
... )
>>> apology = Recommendation(RecommendationKind.APOLOGY, "Apologise in writing", due_on=dt.date(2020, 2, 28))
>>> tally = tally_casework([Investigation(decision, recommendations=(apology,))], dt.date(2020, 3, 31))
>>> tally.recommendations.overdue
1

**Progress** (``casework.progress``): ``Progress``, what had become of a recommendation or an enquiry by the day: done
on time, done late, outstanding, overdue. Late is counted here, from the day it was due and the day it was done.

**Tallies** (``casework.tallies``, ``casework.counting``): ``CaseworkTally`` of a set of cases by kind and by service
area, with money and waiting times; ``tally_casework`` and ``tally_enquiries`` make them.

**Answers** (``casework.answers``): ``tally_answers`` says how many cases leave a statistic open, and ``answered_cases``
leaves them out at the caller's word.

**Learning** (``casework.learning``): ``learning_log`` lists what was agreed and what had become of it, and what recurs.
"""

from lgsco.casework.answers import AnswerTally, answered_cases, tally_answers
from lgsco.casework.counting import CaseworkTally, tally_casework, tally_enquiries
from lgsco.casework.learning import LearningEntry, LearningLog, Recurrence, learning_log
from lgsco.casework.progress import Progress
from lgsco.casework.tallies import AreaTally, EnquiryTally, KindTally, PaymentTally, RecommendationTally

__all__ = [
    "AnswerTally",
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
    "answered_cases",
    "learning_log",
    "tally_answers",
    "tally_casework",
    "tally_enquiries",
]
