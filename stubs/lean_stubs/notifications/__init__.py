"""What an algorithm tells people (LEAN: Common/Notifications)."""
