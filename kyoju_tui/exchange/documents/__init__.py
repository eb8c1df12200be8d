"""Documents for people to read and amend: headings, lists and tables as words, then .docx or Markdown."""
