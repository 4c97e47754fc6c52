"""The linkage tree."""

from enrich.check.style.linkage_tree import linkage_tree, tree_of

TREE = """\
<div class="linkage-tree">
  <div class="linkage-tree-title">linkage tree</div>
  <ul>
    <li>tags
      <ul>
        <li>#policy</li>
        <li>#chips</li>
        <li>#2023</li>
      </ul>
    </li>
    <li>related
      <ul>
        <li>[[fab subsidy race]]</li>
        <li>[[Archive/twin note|twin note]]</li>
      </ul>
    </li>
  </ul>
</div>"""


def test_the_tree_shows_topics_and_year_but_neither_the_type_nor_the_extra_tag() -> None:
    """Every tree of the vault looks the same, so that the site's style sheet fits."""
    tags = ["tech-journal", "policy", "chips", "2023", "infra"]
    assert linkage_tree(tags, ["fab subsidy race", "Archive/twin note|twin note"]) == TREE
    assert linkage_tree(tags[:4], ["fab subsidy race", "Archive/twin note|twin note"]) == TREE


def test_the_tree_of_no_links_keeps_its_shape() -> None:
    """A first note of a vault has nothing to relate to and must still be valid HTML without a blank line."""
    tree = linkage_tree(["tech-journal", "policy", "2023"], [])
    assert tree.count("<ul>") == tree.count("</ul>") == 3
    assert "\n\n" not in tree


def test_a_file_name_cannot_open_a_tag() -> None:
    """A note called `<script>` must not run on the published page."""
    assert "<script" not in tree_of(["ai"], ["a <script> note"])
