"""The rules that raise points for meetings (論点) and reminders (確認事項): a module per thing they look at.

Each yields Points; what was settled about them is not its business.
"""
