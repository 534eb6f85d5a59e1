"""What have I done?"""
