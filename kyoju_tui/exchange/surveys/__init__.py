"""Questionnaires and hearings out and in: forms, paper, answers that came back, tables of form services."""
