"""What a person sees when reviewing a draft."""
