from ae_studio.models.settings import DeepSettings
from ae_studio.models.settings_regularised import GeometricSettings, RaeSettings, TopologicalSettings


def test_the_papers_of_the_squared_error_have_it_as_default():
    for settings in (TopologicalSettings(), RaeSettings(), GeometricSettings()):
        assert settings.reconstruction == "gaussian"


def test_the_topological_network_is_the_deep_ones_with_batch_norm():
    assert TopologicalSettings().hidden == DeepSettings().hidden == "1000-500-250"
    assert TopologicalSettings().batch_norm
