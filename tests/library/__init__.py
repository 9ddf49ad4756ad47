"""The médiathèque."""
