"""First steps: the lessons by which somebody of the staff learns her own work."""
