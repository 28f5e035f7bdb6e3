"""How many beds a ward needs tomorrow."""
