"""Files of workforce figures."""

from gsp.uploads.actions.receive import receive
from gsp.uploads.models import Upload


def upload(service, *, file, file_name: str, by, at) -> Upload:
    """Take a file of figures of ``service``; a worker examines it afterwards.

    Raises:
        NotAllowed: ``by`` is neither the service nor staff with the permission.
        Refused: the organisation is not an employment service.

    """
    return receive("workforce", service, file=file, file_name=file_name, by=by, at=at)
