"""The report (報告書): what the records say on a day, as one HTML page, for inside or for the public."""
