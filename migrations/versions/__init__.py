"""The migrations, numbered. Once landed, none is ever edited."""
