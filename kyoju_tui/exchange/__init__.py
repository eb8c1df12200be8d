"""What crosses the border of the store, in both directions.

In: `books` opens files of others, `inquiries`, `surveys`, `sheets` and `statistics` make a `bringing` of what is in
them. Out: `forms` and `documents` are what forms and papers have in common, `papers` write tables in many forms,
`report` is the whole of it on one page; the modules beside them are single outputs, such as the matrix as JSON.
"""
