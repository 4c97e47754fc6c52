"""Small PDFs, written byte by byte: what they hold is known exactly."""

from collections.abc import Sequence


def make_pdf(pages: Sequence[Sequence[str]], title: str = "", day: str = "") -> bytes:
    """A PDF with a line of text for each string, top to bottom; an empty one is a gap."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    told = (f"/Title ({title}) " if title else "") + (f"/CreationDate (D:{day})" if day else "")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(
            f"BT /F1 10 Tf 50 {760 - 14 * row} Td ({line}) Tj ET\n" for row, line in enumerate(lines) if line
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
    objects.append(f"<< {told} >>")
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
    return body + f"{end}/Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


PAPER = make_pdf(
    (
        (
            "Journal of Plant Robotics 12, 1",
            "Servo control at a small plant",
            "",
            "We measured the Heron 2 controller at the plant in Norwick for eleven months of con-",
            "tinuous work. It ran forty servo loops at 2 kHz and failed twice in that time, each",
            "time after a loss of power. The work is cited as doi 10.5555/heron.2023.7 in full.",
            "1",
        ),
        (
            "Journal of Plant Robotics 12, 2",
            "The second controller, which the plant bought in June, cost 1,900 dollars a unit and",
            "was repaired once. Its maker answered within two days and sent a board at no charge.",
            "2",
        ),
        (
            "Journal of Plant Robotics 12, 3",
            "We found no change in the rate of faults after the update of the firmware in August.",
            "3",
        ),
    ),
    day="20230714090000Z",
)
"""A paper of three pages with a running head, page numbers, a word broken at a line's end and a DOI."""
