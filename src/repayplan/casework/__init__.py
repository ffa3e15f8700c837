"""The working day: from the case file to the next right step."""
