"""Stored inner hashes against those of the rebuilt tree: proofs are made from the stored ones."""

from audit.merkle import Node, Tree
from audit.source import Source
from audit.verdict import Fault, Kind, Report

_RUN = 256  # hashes compared at a time


class TileCheck:
    """Collects the roots of full tiles while a tree grows, and compares them run by run."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source = source
        self._report = report
        self._waiting: dict[int, list[Node]] = {}
        self._lost = False

    def lose(self) -> None:
        """Note that the tree is not the log's any more: there is nothing to compare with."""
        self._lost = True

    def take(self, tree: Tree) -> None:
        """Take over the tiles that became full."""
        for node in tree.take_completed():
            run = self._waiting.setdefault(node.level, [])
            run.append(node)
            if len(run) >= _RUN:
                self._compare(self._waiting.pop(node.level))

    def finish(self, tree: Tree) -> None:
        """Compare what is left."""
        self.take(tree)
        for run in self._waiting.values():
            self._compare(run)

    def _compare(self, run: list[Node]) -> None:
        if self._lost:
            return
        first = run[0]
        stored = self._source.hashes(first.level, first.number, len(run))
        if stored is not None and stored != [node.hash for node in run]:
            for node in run:
                self._compare_one(node)

    def _compare_one(self, node: Node) -> None:
        if self._source.hashes(node.level, node.number, 1) != [node.hash]:
            message = f"the hash of tile {node.number} at level {node.level} is wrong or missing"
            width = 256**node.level
            self._report.add(Fault(Kind.TILE, message, node.number * width, (node.number + 1) * width))
