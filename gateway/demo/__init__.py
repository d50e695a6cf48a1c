"""A guided tour: a canned model, sample calls, what each side saw."""
