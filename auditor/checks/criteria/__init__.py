"""Criteria: how two values must agree. One language and one meaning, whichever check asks.

`model` is what a rule may say, `fit` whether it suits the values, `sql` what it comes to, `words` what it is called.
"""
