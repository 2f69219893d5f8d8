"""Black-box corpus of bad and odd export files, written from the contract alone."""
