"""The pages, one module or package a noun. They hold frozen values, ask and act through the session,
and never query."""
