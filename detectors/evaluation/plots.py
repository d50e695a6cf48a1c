"""Pictures of a file's labels: ROC curves, and how far scores are probabilities. They need matplotlib."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from detectors.evaluation.curves import reliability, roc
from detectors.evaluation.errors import PlotsMissing
from detectors.evaluation.label_report import LabelScores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES = (6.4, 6.0)
_DOTS_AN_INCH = 120


def require_matplotlib() -> None:
    """Check before the work, not after it, that pictures can be drawn.

    Raises:
        PlotsMissing: they can't.
    """
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as exc:
        raise PlotsMissing("pictures need matplotlib: pip install 'airlock-gateway[plots]'") from exc


def draw(folder: Path, name: str, curves: Sequence[LabelScores]) -> list[Path]:
    """Draw NAME-roc.png and NAME-reliability.png in a folder, which is made; a picture of nothing is not drawn.

    A ROC curve needs rows of both classes. The dot on it is the shipped threshold.
    """
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for kind, draw_one in (("roc", _roc), ("reliability", _reliability)):
        figure = Figure(figsize=_INCHES, dpi=_DOTS_AN_INCH, layout="constrained")
        axes = figure.subplots()
        shown = [draw_one(axes, judged) for judged in curves]
        if any(shown):
            axes.plot((0, 1), (0, 1), color="0.8", linewidth=1, zorder=0)
            axes.set(title=name, xlim=(0, 1), ylim=(0, 1.005))
            axes.legend(loc="lower right", fontsize="small")
            drawn.append(folder / f"{name}-{kind}.png")
            figure.savefig(drawn[-1])
    return drawn


def _roc(axes: "Axes", judged: LabelScores) -> bool:
    curve = roc(judged.truth, judged.scores)
    if curve is None:
        return False
    (line,) = axes.plot(
        curve.false_positive_rate, curve.recall, label=f"{judged.label} (AUC {curve.area():.3f}, n {len(judged.truth)})"
    )
    called = judged.scores >= judged.threshold
    axes.plot(called[~judged.truth].mean(), called[judged.truth].mean(), "o", color=line.get_color())
    axes.set(xlabel="False positive rate", ylabel="Recall")
    return True


def _reliability(axes: "Axes", judged: LabelScores) -> bool:
    if not judged.truth.any() or judged.truth.all():
        return False
    bins = reliability(judged.truth, judged.scores)
    axes.plot(bins.mean_score, bins.share_positive, "o-", label=f"{judged.label} (calibration error {bins.error:.3f})")
    axes.set(xlabel="Score", ylabel="Share of positives")
    return True
