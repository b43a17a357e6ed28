"""How far codes are from a law that they were to have: kernel densities, exact and in log space."""
