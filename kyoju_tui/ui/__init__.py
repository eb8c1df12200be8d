"""The screens: app, commands, screens, widgets, themes. The only package that knows Textual."""
