"""Offers that the client can afford, and the agreement on one of them."""
