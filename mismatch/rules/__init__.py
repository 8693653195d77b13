"""The rules, one module per pair of descriptors they compare; every module below is found by itself.

A rule is a function that yields a hit for each thing wrong:

    @rule("goal-without-metric", code="TEC-1", severity="major", waits_for="trained_model",
          waiting=("goal", "goals"))
    def goal_without_metric(system_context: Doc, trained_model: Doc) -> Found:
        '''A goal of the project has no metric.

        Why it matters, in a paragraph or two.

        Remedy: what to do about it.

        Example: when it fires, and when it is silent.

        Decision: what it does on purpose where it could have done otherwise.
        '''

The parameters are the descriptors it reads; `mismatch.declaration.rule` says what else can be declared.
Documents are read through `mismatch.reading`, which takes them in any state. Rows are walked from the top,
since findings keep that order. Modules that begin with an underscore hold what several rules share.
"""
