"""A model's form: fields, validation messages, price."""
