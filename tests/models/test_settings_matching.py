from ae_studio.models.settings_matching import AdversarialSettings, InfoVaeSettings, SwaeSettings


def test_petals_and_rolls_need_a_plane():
    for settings in (SwaeSettings(prior="mixture"), AdversarialSettings(prior="swiss-roll")):
        assert "2" in settings.problem(1, ())
        assert settings.problem(2, ()) == ""
    assert SwaeSettings(prior="square").problem(1, ()) == ""


def test_codes_unlike_the_prior_may_not_be_rewarded():
    assert "at least 1 - alpha, here 3" in InfoVaeSettings(alpha=-2, weight=1).problem(2, ())
    assert InfoVaeSettings(alpha=-2, weight=3).problem(2, ()) == ""
