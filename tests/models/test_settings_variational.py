from ae_studio.events import LatentSpace, Switch
from ae_studio.models.settings_variational import ConditionalVaeSettings


def test_the_class_stands_behind_a_conditional_code_and_is_given():
    space = ConditionalVaeSettings().space(2, ("a", "b", "c"))
    assert space == LatentSpace(2, switches=(Switch("class", ("a", "b", "c"), given=True),))


def test_data_without_classes_cannot_be_learned_from():
    assert ConditionalVaeSettings().problem(2, ("only",))
    assert ConditionalVaeSettings().problem(2, ("a", "b")) == ""
