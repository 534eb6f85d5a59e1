"""What is learned from?"""
