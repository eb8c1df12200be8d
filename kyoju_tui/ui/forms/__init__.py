"""Forms made from the models: one editor per described field, its value read and checked while a person types.

What a field is, says and accepts is known by `records`; nothing here names a field of a single kind but the prompts
in `remarks`.
"""
