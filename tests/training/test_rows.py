from ae_studio.training.rows import METRICS_HEADER, WEIGHTS_HEADER, metrics_until, validations, weights_until

METRICS = f"{METRICS_HEADER}0,0,validation,loss,9\n1,4,batch,loss,8\n1,4,validation,loss,7\n2,8,batch,loss,6\n2,8,va"


def test_rows_up_to_an_epoch_are_given_as_they_stand_and_none_that_is_cut_short(tmp_path):
    (tmp_path / "metrics.csv").write_text(METRICS)
    assert "".join(metrics_until(tmp_path / "metrics.csv", 1)) == METRICS.split("2,8")[0]
    assert "".join(metrics_until(tmp_path / "metrics.csv", 9)) == METRICS.rsplit("2,8", 1)[0]


def test_weights_are_given_up_to_a_step(tmp_path):
    (tmp_path / "weights.csv").write_text(f"{WEIGHTS_HEADER}1,kl,4\n9,kl,1\n")
    assert list(weights_until(tmp_path / "weights.csv", 8)) == [WEIGHTS_HEADER, "1,kl,4\n"]


def test_whole_epochs_are_those_with_a_validation(tmp_path):
    (tmp_path / "metrics.csv").write_text(METRICS)
    assert validations(tmp_path / "metrics.csv") == {0: (0, 9.0), 1: (4, 7.0)}
    assert validations(tmp_path / "nowhere.csv") == {}


def test_a_damaged_row_hides_no_other(tmp_path):
    (tmp_path / "metrics.csv").write_text(f"{METRICS_HEADER}0,x,validation,loss,9\n1,4,validation,loss,7\n")
    assert validations(tmp_path / "metrics.csv") == {1: (4, 7.0)}
