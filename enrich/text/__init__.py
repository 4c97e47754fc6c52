"""Plain text: spans, words, sentences and normal forms; knows nothing of notes or pages."""
