from ae_studio.gui.undo import UndoStack


def test_steps_that_merge_are_one(qapp):
    stack, value = UndoStack(), []
    for number in (1, 2, 3):
        stack.did("Slide", lambda n=number: value.append(n - 1), lambda n=number: value.append(n), merge="slider")
    stack.did("Another", lambda: value.append("b"), lambda: None, merge="other")
    assert stack.count() == 2
    stack.undo()
    stack.undo()
    assert value == ["b", 0]
    stack.redo()
    assert value == ["b", 0, 3]


def test_a_step_is_undone_and_done_again(qapp):
    stack, value = UndoStack(), ["new"]
    stack.did("Change", lambda: value.__setitem__(0, "old"), lambda: value.__setitem__(0, "new"))
    assert value == ["new"]
    stack.undo()
    assert value == ["old"]
    stack.redo()
    assert value == ["new"]
    assert stack.undoText() == "Change"


def test_what_was_done_is_not_done_twice_by_being_told(qapp):
    stack, done = UndoStack(), []
    stack.did("Change", lambda: None, lambda: done.append(1))
    assert not done
