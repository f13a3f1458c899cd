"""The commands of `kg`, by what they do. Only these modules and `cli` print."""
