"""A note that keeps every rule, and notes with one thing damaged."""

from enrich.check.finding import Finding
from enrich.check.style.lint import check_style
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type

STEM = "harbor city opens its transit data to builders"
NOTE = """\
---
title: harbor city opens its transit data to builders
tags:
  - tech-journal
  - policy
  - data
  - 2023
  - infra
keywords:
  - transit
  - opendata
  - harbor
  - licence
  - city
draft: true
description: Harbor City released three years of transit data under an open licence.
created: 2023-07-18
updated: 2023-07-18
note_id: 230718TJ04
cssclasses:
  - tech-journal
---

# harbor city opens its transit data to builders

*see also:* [[Latency Budget]] · [[Platform Risk]]

Harbor City released three years of transit records and promised hourly updates from October, the first port town \
in the region to do so ([Harbor Gazette](https://gazette.example/transit-data)). The licence allows commercial use.

## scene cut
The archive holds 1.2 billion rows from buses, ferries and bike docks, cut into daily files. A small team of six keeps \
it, and names of riders were removed before release.

## signal braid
- The release mirrors what rail operators tried in [[rail timetable feed goes public]], with fewer strings attached.
- Builders gain a live feed to test against, similar to [[weather service frees its radar archive]].
- City halls increasingly treat records as a utility rather than a product for sale.

## risk surface
- Riders could be identified again where a stop has few passengers.
- Small vendors may depend on a feed that one budget vote can end.
- Hourly updates raise hosting costs that the city has not priced yet.

## my take
Open records age well only when somebody is paid to answer the mail. The team of six is the real news here.

## linkage
<div class="linkage-tree">
  <div class="linkage-tree-title">linkage tree</div>
  <ul>
    <li>tags
      <ul>
        <li>#policy</li>
        <li>#data</li>
        <li>#2023</li>
      </ul>
    </li>
    <li>related
      <ul>
        <li>[[rail timetable feed goes public]]</li>
        <li>[[weather service frees its radar archive]]</li>
      </ul>
    </li>
  </ul>
</div>

## ending questions
Will other port towns follow before the first budget review of the archive in spring?

#
"""
TECH_JOURNAL = read_note_type("tech-journal", prompt_folders(None))
GENERAL_NOTE = read_note_type("general-note", prompt_folders(None))


def damaged(old: str, new: str, text: str = NOTE) -> str:
    """``text`` with its only ``old`` replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the note"
    return text.replace(old, new)


def check(text: str, stem: str = STEM, note_type: NoteType = TECH_JOURNAL) -> tuple[Finding, ...]:
    """What the style says of ``text``."""
    return check_style(text, stem, note_type)


def rules(findings: tuple[Finding, ...]) -> set[str]:
    """The ids of the rules that were not kept."""
    return {finding.rule for finding in findings}
