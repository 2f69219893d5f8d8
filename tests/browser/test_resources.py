"""Resources in Chromium: the list narrows to what is looked for, without asking the server."""


def shown(visitor):
    return [item.text for item in visitor.all(".pl-resources li") if item.is_displayed()]


def test_searching_and_filtering_narrow_the_list(visitor):  # W-248, W-249
    visitor.visit("/resources")
    everything = shown(visitor)
    assert len(everything) > 5
    visitor.find(".pl-resource-controls input").send_keys("status")
    visitor.wait(lambda: len(shown(visitor)) == 2)
    visitor.find(".pl-resource-controls input").send_keys("x")
    visitor.wait(lambda: shown(visitor) == [])
    assert "No resource matches" in visitor.text
