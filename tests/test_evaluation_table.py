from ae_studio.evaluation_table import MetricLines, as_line
from ae_studio.latent.measured import About, Measured

ABOUT = About("mse_per_pixel", "MSE", "", "What it says.", "lower", "A paper")


def test_a_line_says_value_direction_pca_and_on_what():
    line = as_line(Measured(ABOUT, 0.0347212, note="2,000 images", baseline=0.05567))
    assert line.split() == ["MSE", "0.03472", "↓", "0.05567", "(2,000", "images)"]


def test_what_is_undefined_says_why_instead():
    assert as_line(Measured(ABOUT, reason="there is none")).split(maxsplit=2) == ["MSE", "–", "there is none"]


def test_values_stand_below_one_another(capsys):
    lines = MetricLines()
    lines(Measured(ABOUT, 0.5, baseline=0.25))
    lines(Measured(ABOUT, reason="there is none"))
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.index("PCA") == first.index("0.2500") == second.index("there")
