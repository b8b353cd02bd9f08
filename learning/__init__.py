"""What happens in class: sessions, attendance, assessments, and what a course closes."""
