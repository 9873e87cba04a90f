"""LEAN's own sample algorithms, run here and compared with what LEAN says of them."""
