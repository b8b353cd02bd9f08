"""The words of ``partnerships.roles.Permission`` that pages and API of lists ask for.

They open the door; which kinds of list a member then sees or sends is said by each purpose.
"""

VIEW = "view_uploads"
SEND = "send_uploads"
