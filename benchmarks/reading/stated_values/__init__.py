"""Does a picture bear out what a form states, and never what it states wrongly?"""
