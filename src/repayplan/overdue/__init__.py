"""What is paid and what is late; so far, the tables that name how late."""
