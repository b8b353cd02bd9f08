"""What is taught: courses, modules, cohorts."""
