"""Documents, questions and answers; and the matcher that finds the answer to a question, or knows that it has none."""
