"""LEAN's Python models by the module names of its folder Common/Orders."""
