"""What papers printed and claimed, beside what came out here."""
