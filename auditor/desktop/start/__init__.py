"""The way in: unlock, first start and sign-in, in one window that stands before anything heavy is imported."""
