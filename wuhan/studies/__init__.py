"""One room a notebook, named like it without the number: ``numbers`` works out, ``words`` says what branches."""
