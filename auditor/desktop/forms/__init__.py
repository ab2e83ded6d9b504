"""Forms several pages share: fields filled in beside what they are about, kept as drafts until they are sent."""
