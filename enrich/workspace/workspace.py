"""The front door: a vault opened once, and every verb on it as a method.

    from enrich import Workspace

    workspace = Workspace.open("path/to/vault", model="")
    drafted = workspace.draft("https://example.com/article")
    print(drafted.file, *drafted.report, sep="\n")

Every error is an `enrich.errors.EnrichError` that says what is wrong and what helps; nothing is printed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from enrich.workspace.open_vault import OpenVault
from enrich.workspace.opening import AskConsent, find_root, read_settings
from enrich.workspace.options import (
    BatchOptions,
    CheckOptions,
    DraftOptions,
    FillOptions,
    Given,
    LearnOptions,
    LinkOptions,
    MigrateOptions,
    NewType,
    PlanOptions,
    ReviewOptions,
)
from enrich.workspace.reporter import Reporter, Silence

if TYPE_CHECKING:
    from enrich.check.evidence.claim import Claim
    from enrich.workspace.results import (
        Added,
        Applied,
        Audit,
        Backlinks,
        CheckedApprovals,
        CheckedClaims,
        CheckedNote,
        CheckedType,
        CheckedVault,
        Done,
        Drafted,
        EditRecord,
        Edits,
        Entry,
        Examined,
        Filled,
        LinkFinder,
        Links,
        Mended,
        MendedLinks,
        MigratedNotes,
        NewTypes,
        NoteCheck,
        Planned,
        Review,
        RuleInWords,
        TriedType,
        TypeRow,
        Wanted,
    )

# Each verb is imported when it is used: together they take a second, and an editor's hook wants one of them.

Answer = TypeVar("Answer")


def _nobody(_file: Path, _address: str) -> bool:
    """The answer of a program that is asked for consent: no."""
    return False


class Workspace(OpenVault, frozen=True, eq=False, dict=True):
    """A vault with its settings, note types, links, index and undo log; what is opened is opened once and lazily."""

    @classmethod
    def open(
        cls,
        vault: Path | str | None = None,
        *,
        near: Path | None = None,
        reporter: Reporter | None = None,
        ask: AskConsent = _nobody,
        **settings: str | None,
    ) -> "Workspace":
        """The workspace of ``vault``; else of the vault ``near``, of ``ENRICH_VAULT``, or of the nearest parent.

        ``settings`` (`enrich.config.Settings`; ``model=""`` for the no-model engine) come before the environment and
        the files. UsageError when ``vault`` is no folder, SettingsError for a setting that is wrong.
        """
        root = find_root(Path(vault) if vault is not None else None, near)
        found, places = read_settings(root, settings, ask)
        return cls(root, found, places, reporter or Silence())

    def draft(self, url: str, options: DraftOptions | None = None) -> "Drafted":
        """Draft a note about the page at ``url``, into the airlock unless the options say otherwise.

        SourceError when the page holds no article, ExistsError when a note cites it already, ModelError when the model
        gives no whole answer.
        """
        from enrich.workspace.draft import draft_note

        return draft_note(self, url, options or DraftOptions())

    def draft_all(
        self, urls: Sequence[str], options: DraftOptions | None = None, batch: BatchOptions | None = None
    ) -> "Iterator[Done[str, Drafted]]":
        """Draft several pages at once; each as it is done, with its place in ``urls``, or the error that ended it."""
        from enrich.workspace.draft_all import draft_all

        return draft_all(self, urls, options or DraftOptions(), batch or BatchOptions())

    def add_to_inbox(self, urls: Sequence[str], lists: Sequence[Given] = ()) -> "Added":
        """Put addresses, and those of lists, tables and feeds, into the vault's inbox; what is known is named."""
        from enrich.workspace.inbox import add_sources, read_lists

        return add_sources(self, read_lists(urls, lists))

    def plan_inbox(self, options: PlanOptions | None = None) -> "Planned":
        """Read what is new in the inbox, and write a plan into the airlock for a person to tick."""
        from enrich.workspace.inbox_plan import plan_inbox

        return plan_inbox(self, options or PlanOptions())

    def draft_inbox(
        self, plan: Path | None = None, options: DraftOptions | None = None, batch: BatchOptions | None = None
    ) -> "Iterator[Done[str, Drafted]]":
        """Draft the ticked entries of a plan (None: the last one), from what was saved; a report goes to the airlock.

        A second call goes on where the first was ended: nothing is drafted twice, no answer is paid for twice.
        """
        from enrich.workspace.inbox_draft import draft_inbox

        return draft_inbox(self, plan, options or DraftOptions(), batch or BatchOptions())

    def collect_inbox(
        self, options: DraftOptions | None = None, batch: BatchOptions | None = None
    ) -> "Iterator[Done[str, Drafted]]":
        """Draft the entries whose answers a batch has brought, and submit what is still to be asked."""
        from enrich.workspace.inbox_draft import collect_inbox

        return collect_inbox(self, options or DraftOptions(), batch or BatchOptions())

    def list_inbox(self) -> "list[Entry]":
        """Every entry of the inbox with its state."""
        from enrich.workspace.inbox import list_inbox

        return list_inbox(self)

    def replay(self, run: Path, options: DraftOptions | None = None) -> "Drafted":
        """The note of a run folder, made again offline; EnrichError when it differs."""
        from enrich.workspace.fill import replay_run

        return replay_run(self, run, options or DraftOptions(keep_out=True))

    def fill(self, note: Path, options: FillOptions | None = None) -> "Filled":
        """The parts that a note lacks, or that are named, from its own source; written where the options say so.

        UsageError when the note is of no known type or cites no page; SourceError, ModelError and FindingsError as for
        `draft`; ExistsError when it changed meanwhile.
        """
        from enrich.workspace.fill import fill_note

        return fill_note(self, note, options or FillOptions())

    def record_again(self, run: Path, target: Path, options: DraftOptions | None = None) -> "Drafted":
        """Ask the model anew for the context of a run folder, and keep the run in ``target``."""
        from enrich.workspace.draft import record_again

        return record_again(self, run, target, options or DraftOptions(keep_out=True))

    def check(self, note: Path, options: CheckOptions | None = None) -> "CheckedNote":
        """Check a note against its source and the rules of its type. SourceError never: the result says what lacks."""
        from enrich.workspace.check import check_note

        return check_note(self, note, options)

    def check_vault(self, options: CheckOptions | None = None) -> "CheckedVault":
        """Check every note of a known type; nothing is fetched."""
        from enrich.workspace.check import check_vault

        return check_vault(self, options)

    def check_approvals(self) -> "CheckedApprovals":
        """Which notes are not what somebody approved any more, by the vault's ledger."""
        from enrich.workspace.approvals import check_approvals

        return check_approvals(self)

    def check_text(self, file: Path, options: CheckOptions) -> "tuple[str, NoteCheck]":
        """Check a text that is no note against ``options.source``."""
        from enrich.workspace.check import check_text

        return check_text(self, file, options)

    def check_claims(self, claims: "Iterable[Claim]", options: CheckOptions) -> "CheckedClaims":
        """Check single sentences, of whatever tool, against ``options.source``."""
        from enrich.workspace.claims import check_claims

        return check_claims(self, claims, options)

    def mend(self, notes: Iterable[Path], options: CheckOptions | None = None) -> "Mended":
        """Repair what needs no person in ``notes``, as one edit."""
        from enrich.workspace.check import mend_notes

        return mend_notes(self, notes, options)

    def mend_vault(self, options: CheckOptions | None = None) -> "Mended":
        """The same in every note of a known type."""
        from enrich.workspace.check import mend_vault

        return mend_vault(self, options)

    def suggest_links(self, note: "Wanted", options: LinkOptions | None = None) -> "Links":
        """The links that the note's author would make, the best first; nothing is written."""
        return self.suggest_all([note], options)[0]

    def suggest_all(self, notes: "Sequence[Wanted]", options: LinkOptions | None = None) -> "tuple[Links, ...]":
        """The same for several notes."""
        from enrich.workspace.links import find_links

        return find_links(self, notes, options or LinkOptions())

    def apply_links(self, notes: "Sequence[Wanted]", options: LinkOptions) -> "Applied":
        """Write the likely links into ``notes``, as one edit."""
        from enrich.workspace.links import apply_links

        return apply_links(self, notes, options)

    def dismiss_links(self, notes: "Sequence[Wanted]", targets: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Never suggest ``targets`` for ``notes`` again; for no notes: for any."""
        from enrich.workspace.links import dismiss_links

        return dismiss_links(self, notes, targets)

    def find_backlinks(
        self, notes: "Sequence[Wanted]", options: LinkOptions, apply: bool = False
    ) -> "tuple[Backlinks, ...]":
        """Older notes that should link to each of ``notes``; with ``apply`` the links are written."""
        from enrich.workspace.backlinks import find_backlinks

        return find_backlinks(self, notes, options, apply)

    def with_links(self, options: LinkOptions, work: "Callable[[LinkFinder], Answer]") -> Answer:
        """What ``work`` gives, done with the index open: for a talk with a person about each link."""
        from enrich.workspace.links import with_finder

        return with_finder(self, options, work)

    def audit(self) -> "Audit":
        """Broken links, notes that nobody links to, notes worth writing."""
        from enrich.workspace.audit import audit_vault

        return audit_vault(self)

    def mend_links(self) -> "MendedLinks":
        """Repair the broken links that have one certain repair."""
        from enrich.workspace.audit import mend_links

        return mend_links(self)

    def learn_types(self, notes: Sequence[Path | str] = (), options: LearnOptions | None = None) -> "NewTypes":
        """Note types of the kinds that ``notes``, or those of a folder, are of; written unless the options say not.

        ExistsError when there is a type of the name that the options give.
        """
        from enrich.workspace.learn_types import learn_from

        return learn_from(self, notes, options or LearnOptions())

    def migrate_notes(
        self,
        old: str,
        new: str,
        notes: Sequence[Path | str] = (),
        options: MigrateOptions | None = None,
        apply: bool = False,
    ) -> "MigratedNotes":
        """What notes of the type ``old`` become as notes of ``new``; with ``apply`` written, as one edit."""
        from enrich.workspace.migrate_notes import migrate_notes

        return migrate_notes(self, old, new, notes, options or MigrateOptions(), apply)

    def review(self, note: Path, options: ReviewOptions | None = None) -> "Review":
        """A note beside its source, or the drafts of a folder, for a person or a program to act on."""
        from enrich.workspace.review import open_folder, open_review

        opens = open_folder if Path(note).is_dir() else open_review
        return opens(self, note, options or ReviewOptions())

    def edits(self) -> "Edits":
        """Every edit of the vault that is kept, the newest first."""
        from enrich.workspace.undo import read_edits

        return read_edits(self)

    def undo(self, edit: str = "") -> "EditRecord":
        """Take back the last edit, or one by the end of its id. ExistsError when a file has changed since."""
        from enrich.workspace.undo import undo_edit

        return undo_edit(self, edit)

    def list_types(self) -> "tuple[TypeRow, ...]":
        """Every note type: its name, where it is from, and how many notes of the vault are of it."""
        from enrich.workspace.types import list_types

        return list_types(self)

    def show_type(self, name: str) -> str:
        """The table of a note type with all its defaults, as a ``type.toml``."""
        from enrich.workspace.types import show_type

        return show_type(self, name)

    def check_types(self, name: str = "") -> "tuple[CheckedType, ...]":
        """Every mistake of one note type, or of each of the vault's own."""
        from enrich.workspace.check_types import check_types

        return check_types(self, name)

    def new_type(self, wanted: NewType) -> Path:
        """Write a note type into the vault, and give its folder; ExistsError where one of that name is there."""
        from enrich.workspace.types import new_type

        return new_type(self, wanted)

    def try_type(self, source: str, options: DraftOptions | None = None) -> "TriedType":
        """A draft in the usual type about an address or a run's page, beside a note of the vault; none is written."""
        from enrich.workspace.types import try_type

        return try_type(self, source, options or DraftOptions())

    def init(self, note_type: str = "", model: str | None = None) -> tuple[str, ...]:
        """Write the type of drafts into the vault's settings, the model into the user's; what was done, in words."""
        from enrich.workspace.init_vault import init_vault

        return init_vault(self, note_type, model)

    def rules(self, note_type: str = "") -> "tuple[RuleInWords, ...]":
        """Every rule that notes of a type are held to, in words; empty: the usual type."""
        from enrich.workspace.rules import list_rules

        return list_rules(self, note_type)

    def examine(self, ask_endpoint: bool = True) -> "tuple[Examined, ...]":
        """Vault, index, types, folders, key and endpoint, and whether each works; see `enrich.workspace.doctor`."""
        from enrich.workspace.doctor import examine

        return examine(self, ask_endpoint)
