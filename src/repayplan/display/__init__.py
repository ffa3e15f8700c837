"""Tables and charts for notebooks, built from plain rows: this layer knows nothing of repayment plans."""
