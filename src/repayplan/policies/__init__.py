"""Rule books by jurisdiction, every figure with its source. Rules as data for engineers, not legal advice."""
