"""The pages of the audit log: its entries as sentences, filtered, paged, and as files."""
