"""
Every sentence that a person sees, each written once.

The functions here take counts, proportions, verdicts and names, never a type of the model, so a sentence can be read
and tested without a council. Each module is named for its subject: ``comparisons`` has the sentences of a comparison,
``reports`` those of reports, ``casework``, ``site`` and ``commands`` those of the packages with these names, and
``phrases`` what their sentences share.
"""
