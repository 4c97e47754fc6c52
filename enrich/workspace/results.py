"""The types that verbs return, in one place. For annotations alone: it imports every verb."""

from enrich.check.check_note import NoteCheck as NoteCheck
from enrich.check.check_note import SentenceCheck as SentenceCheck
from enrich.check.finding import Finding as Finding
from enrich.links.apply import Placed as Placed
from enrich.links.apply import Plan as Plan
from enrich.links.audit import BrokenLink as BrokenLink
from enrich.links.suggest import Suggestion as Suggestion
from enrich.vault.undo_log import EditRecord as EditRecord
from enrich.vault.undo_log import Edits as Edits
from enrich.workspace.audit import Audit as Audit
from enrich.workspace.audit import MendedLinks as MendedLinks
from enrich.workspace.backlinks import Backlinked as Backlinked
from enrich.workspace.backlinks import Backlinks as Backlinks
from enrich.workspace.check import CheckedNote as CheckedNote
from enrich.workspace.check import CheckedVault as CheckedVault
from enrich.workspace.check import Mended as Mended
from enrich.workspace.doctor import Examined as Examined
from enrich.workspace.draft import Drafted as Drafted
from enrich.workspace.links import Applied as Applied
from enrich.workspace.links import LinkFinder as LinkFinder
from enrich.workspace.links import Links as Links
from enrich.workspace.open_note import OpenNote as OpenNote
from enrich.workspace.open_note import Wanted as Wanted
from enrich.workspace.review import Review as Review
from enrich.workspace.rules import RuleInWords as RuleInWords
