import numpy as np

from ae_studio.gui.growing import GrowingArray


def test_it_keeps_every_value_in_order():
    array = GrowingArray()
    for start in range(0, 10_000, 7):
        array.extend(np.arange(start, min(start + 7, 10_000)))
    np.testing.assert_array_equal(array.values, np.arange(10_000))


def test_it_goes_on_from_where_it_was_cut_off():
    array = GrowingArray(np.int64)
    array.extend([1, 2, 3])
    array.truncate(1)
    array.extend([9])
    assert array.values.tolist() == [1, 9]
    assert array.values.dtype == np.int64
