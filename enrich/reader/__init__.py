"""The second reader: a model that reads each sentence of a note beside its passage of the source, and nothing else."""
