"""What a machine finds in a sentence: numbers with units, dates, names, quotations, and their equal forms."""
