"""The screens: app, commands, screens/, widgets/, forms/, themes. Nothing below imports Textual or this.

Whatever a record holds passes `safe` before it is shown;
what a person types goes to the workspace and nowhere else.
"""
