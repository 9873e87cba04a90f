"""What a broker allows and charges (LEAN: Common/Brokerages)."""
