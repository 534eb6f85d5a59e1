from ae_studio.gui.rate_dots import Dot, colours_of, key_of, size_of
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.rate_distortion import Point


def point(model="vae", beta=1.0, latent_dim=2, name="run"):
    return Point("folder", name, model, latent_dim, beta, 3, 5, 12.5, 100.0, "nats per image", 0.05)


def test_more_dimensions_are_a_larger_point():
    assert size_of(1) < size_of(2) < size_of(10) < size_of(64) == size_of(1000)


def test_numbers_take_their_places_on_the_scale_and_none_is_dim():
    points = [point(beta=16.0), point(beta=1.0), point(beta=None), point(beta=4.0)]
    colours = colours_of(points, "beta", DARK)
    assert list(colours) == [1.0, 4.0, 16.0, None]
    assert colours[None] == DARK.dim
    assert len(set(colours.values())) == 4
    assert key_of(colours, "beta").count("●") == 4
    assert "no β" in key_of(colours, "beta")


def test_families_have_the_colours_of_classes():
    colours = colours_of([point("vae"), point("beta-vae")], "model", LIGHT)
    assert colours == {"beta-vae": LIGHT.classes[0], "vae": LIGHT.classes[1]}


def test_of_many_kinds_the_first_are_told():
    colours = colours_of([point(latent_dim=each) for each in range(1, 20)], "latent_dim", DARK)
    assert key_of(colours, "latent_dim").count("●") == 8
    assert key_of(colours, "latent_dim").endswith("…")


def test_a_point_is_told_in_words_and_what_it_is_called_is_no_markup():
    dot = Dot(point(name="<b>my</b> run"), 100.0, "#fff", "B", "#000")
    told = dot.words(sums=True)
    assert "B: &lt;b&gt;my&lt;/b&gt; run" in told
    assert "vae, β = 1, 2 dimensions, seed 3, epoch 5" in told
    assert "rate 12.5" in told
    assert "sum 112.5" in told
    assert "sum" not in dot.words(sums=False)
