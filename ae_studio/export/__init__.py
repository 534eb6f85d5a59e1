"""What do I take along?"""
