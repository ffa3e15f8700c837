"""What can the client pay? Income, expenses and household in, capacity out."""
