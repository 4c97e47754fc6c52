"""The pipeline from a source to a draft note."""
