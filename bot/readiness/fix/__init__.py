"""Apply the fixes of findings: exact splices of the stored files, proven before they are kept."""
