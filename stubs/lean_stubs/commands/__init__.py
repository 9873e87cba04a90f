"""What is sent to a running algorithm from outside (LEAN: Common/Commands)."""
