from ae_studio.runs.other_values import branchable, compared
from ae_studio.training.defaults import complete


def settings(**values):
    beta = values.pop("beta", 4.0)
    return complete({"data": "digits", "model": "beta-vae", "settings": {"beta": beta}, **values})


def told(form, filled=None, now=None):
    found = compared(form, filled or settings(), now or settings())
    return [other.told for other in found.others], found.fixed


def test_what_can_be_changed_while_it_trains_and_the_schedule_are_taken_over():
    form = settings(beta=1, lr=0.1, schedule="cosine", early_stopping=3)
    others = ["Learning rate 0.001 → 0.1", "Schedule none → cosine", "Early stopping 0 → 3", "KL weight β 4 → 1"]
    assert told(form) == (others, ())


def test_what_makes_another_model_or_another_order_stays():
    assert told(settings(latent_dim=3, batch_size=7, seed=1)) == ([], ("Latent dimensions", "Batch size", "Seed"))


def test_where_it_is_trained_and_for_how_long_is_no_matter():
    assert told(settings(epochs=99, device="cpu", devices=2)) == ([], ())


def test_only_what_the_user_has_changed_counts_where_the_run_was_changed_on_the_way():
    assert told(settings(), now=settings(beta=1)) == ([], ())
    assert told(settings(beta=2), now=settings(beta=1)) == (["KL weight β 1 → 2"], ())


def test_of_another_model_or_other_data_nothing_is_taken_over():
    assert told(complete({"model": "vae", "lr": 0.1})) == ([], ("Family",))
    assert told(settings(data="mnist", lr=0.1)) == ([], ("Data set",))


def test_the_learning_rate_can_be_another_in_a_branch_and_the_network_not():
    assert {"lr", "beta", "schedule", "epochs"} <= branchable(settings())
    assert not {"hidden", "latent_dim", "seed"} & branchable(settings())
