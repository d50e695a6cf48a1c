"""The model card: written from the files beside the weights, so that it says what they say and nothing else."""
