"""Files that people hand in, made by the libraries that also make real ones."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 128).save(target, kind, **options)
    return target.getvalue()


def geotagged() -> bytes:
    """A photograph that says where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(size=(60, 40), exif=exif)


def tiff(pages=2) -> bytes:
    target = io.BytesIO()
    sheets = [Image.new("1", (20, 30)) for _ in range(pages)]
    sheets[0].save(target, "TIFF", save_all=True, append_images=sheets[1:])
    return target.getvalue()


def pdf(change=None, pages=1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def locked_pdf() -> bytes:
    return pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def with_script(writer) -> None:
    _opens_with(writer, {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")})


def with_attachment(writer) -> None:
    writer.add_attachment("run.exe", b"MZ")


def with_launch(writer) -> None:
    _opens_with(writer, {"/S": NameObject("/Launch"), "/F": TextStringObject("run.exe")})


def _opens_with(writer, action) -> None:
    names = {NameObject(key): value for key, value in action.items()}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(names)


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("index.html", "<script>alert(1)</script>")
    return target.getvalue()
