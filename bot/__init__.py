"""The floor that everybody stands on: values, errors, storage, the path of a message, channels."""
