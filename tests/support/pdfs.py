"""PDFs of a text, by two makers that lay out words in their own ways."""

import io

from fpdf import FPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer


def by_reportlab(text):
    """Set each line as a paragraph, broken where the page is full."""
    made = io.BytesIO()
    style = getSampleStyleSheet()["Normal"]
    flow = []
    for line in text.split("\n"):
        safe = line.replace("&", "&amp;").replace("<", "&lt;")
        flow.append(Paragraph(safe, style) if line.strip() else Spacer(1, 10))
    SimpleDocTemplate(made, pagesize=A4).build(flow)
    return made.getvalue()


def by_fpdf(text):
    """Set each line as a cell of several lines, in capitals and small letters of another font."""
    pdf = FPDF()
    pdf.set_font("Times", size=11)
    pdf.add_page()
    for line in text.split("\n"):
        if line.strip():
            pdf.multi_cell(0, 6, line.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT")
        else:
            pdf.ln(4)
    return bytes(pdf.output())


MAKERS = (by_reportlab, by_fpdf)


def empty_pages(count):
    """Give a PDF of so many pages that say nothing."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for _ in range(count):
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked(text):
    """Give a PDF that asks for a password."""
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="user")  # noqa: S106  # of nothing
    pdf.set_font("Times", size=11)
    pdf.add_page()
    pdf.cell(text=text)
    return bytes(pdf.output())
