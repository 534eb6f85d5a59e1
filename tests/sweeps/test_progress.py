from ae_studio.sweeps.progress import Progress, ProgressReader


def test_what_is_appended_is_read_on_and_a_half_written_row_waited_for(tmp_path):
    reader, path = ProgressReader(), tmp_path / "metrics.csv"
    assert reader.read(tmp_path) == Progress()
    path.write_text("epoch,step,split,term,value\n0,0,validation,loss,9\n1,4,batch,loss,1\n1,4,validation,lo")
    assert reader.read(tmp_path) == Progress(0, 9.0)
    with open(path, "a") as file:
        file.write("ss,5\n2,8,validation,loss,nan\n2,8,validation,kl,1\n")
    assert reader.read(tmp_path) == Progress(2, 5.0)


def test_a_run_that_was_taken_back_is_read_anew(tmp_path):
    reader, path = ProgressReader(), tmp_path / "metrics.csv"
    path.write_text("1,4,validation,loss,5\n2,8,validation,loss,4\n")
    reader.read(tmp_path)
    path.write_text("1,4,validation,loss,5\n")
    assert reader.read(tmp_path) == Progress(1, 5.0)
