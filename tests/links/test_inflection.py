"""Names in another form: what the stemmer of the text's language knows to be the same word."""

from pathlib import Path

import pytest

from enrich.links.index import open_index
from enrich.links.suggest import Wishes, suggest_links
from enrich.vault.note import parse_note
from tests.links.garden import write_vault


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Gleichung", "Die Gleichungen sind nicht lösbar.", "Gleichungen"),
        ("Haus", "Die alten Häuser stehen auf dem Berg.", "Häuser"),
        ("lineare Abbildung", "Wir sehen die linearen Abbildungen auf dem Raum.", "linearen Abbildungen"),
        ("Rete neurale", "Le reti neurali sono usate per la visione.", "reti neurali"),
        ("Algoritmo", "Gli algoritmi di questo tipo sono veloci.", "algoritmi"),
        ("función continua", "Las funciones continuas son las más sencillas.", "funciones continuas"),
        ("Ciudad", "Las ciudades son grandes.", "ciudades"),
        ("Journal", "Les journaux sont dans la maison.", "journaux"),
        ("Netwerk", "De netwerken zijn groot en de kosten zijn hoog.", "netwerken"),
        ("Теорема", "Эти теоремы и их доказательства.", "теоремы"),
        ("Hund", "Die Hundert Leute sind auf dem Platz.", ""),
        ("Porto", "Il porta il pane e la porta è chiusa.", ""),
        ("Porto", "Le porte sono chiuse e non le apre nessuno.", ""),
        ("Puerta", "Los puertos son grandes y las olas no los alcanzan.", ""),
        ("Castello", "I castelli sono grandi e le torri non sono molte.", "castelli"),
        ("Problema", "Non ci sono problemi in questo tipo di casi.", "problemi"),
        ("Ungleichung", "Die Gleichungen sind nicht lösbar.", ""),
    ],
)
def test_a_name_is_found_in_another_form(name: str, text: str, words: str, tmp_path: Path) -> None:
    """Plurals and cases of a name are shown as the name; another word that begins alike is not."""
    notes = {f"n{number}.md": f"# n{number}\n\nPlain weather, number {number}.\n" for number in range(6)}
    index = open_index(write_vault(tmp_path / "vault", notes | {f"{name}.md": f"# {name}\n"}), tmp_path / "cache")
    found = suggest_links(parse_note("s.md", f"# s\n\n{text}\n"), index, wishes=Wishes(min_score=0.5))
    spans = [one.span.of(f"# s\n\n{text}\n") for one in found if one.span and one.path == f"{name}.md"]
    assert spans == ([words] if words else [])
