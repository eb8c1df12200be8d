"""What goes onto paper, first as words in tables, then in one form or another: .xlsx, .html, .svg, .csv, .md.

A maker (`matrix_paper`, `findings_paper` …) says what stands where, a writer how it looks. No maker knows a form.
"""
