"""What a run without permissions hands to one with them: rule ids, places and values, no text that would be posted as it is."""
