"""The Chromium of the npm lock file draws a page, on a machine that has no other."""

import pytest
from playwright.sync_api import sync_playwright

from tests import browser


@pytest.mark.browser
def test_packaged_chromium_draws_both_directions():
    path = browser.packaged_chromium()
    if path is None:
        pytest.skip("the package holds a Chromium for Linux on x86_64 only")
    with sync_playwright() as playwright:
        opened = browser.launch(playwright, path)
        page = opened.new_page()
        page.set_content('<p id="a" dir="rtl">مرحبا</p><p id="b">hello</p>')
        assert (page.inner_text("#a"), page.inner_text("#b")) == ("مرحبا", "hello")
        opened.close()
