"""
Every sentence that a person sees, each written once.

The functions here take counts, proportions, verdicts and names, never a type of the model, so a sentence can be read
and tried without a council. Each module is named for what it words: ``comparisons`` has the sentences of a comparison.
"""
