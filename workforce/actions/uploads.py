"""Files of workforce figures, as CSV or XLSX."""

from gsp.uploads.models import Upload
from gsp.uploads.receive import Counts, Purpose, receive
from gsp.uploads.rows import check
from gsp.uploads.sheet import Sheet
from workforce.actions import figures
from workforce.rows import FigureRow
from workforce.rules import may_send_for


def upload(service, *, file_name: str, content: bytes, by, at) -> Upload:
    """Apply a file of figures of ``service``, or record its errors; return the record.

    Raises:
        NotAllowed: ``by`` is neither the service nor staff with the permission.
        Refused: the organisation is not an employment service.

    """
    may_send_for(service, by)

    def apply(sheet: Sheet) -> Counts:
        rows = [(number, row.model_dump()) for number, row in check(sheet, FigureRow)]
        return figures.send(service, rows, by=by, at=at)

    return receive(
        Purpose("workforce", service),
        file_name=file_name,
        content=content,
        apply=apply,
        by=by,
        at=at,
    )
