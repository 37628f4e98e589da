"""The page of `farq serve` in a real browser: Chromium at the width of a phone and of a desk, light and dark, both languages.

    python page_test.py FARQ MODEL HYBRID [--screenshots FOLDER]

Needs Chromium and its driver (Debian: chromium chromium-driver).
"""
import argparse
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


def browser(width, height, dark):
    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--window-size={width},{height}", "--lang=en-US", "--hide-scrollbars"):
        options.add_argument(word)
    options.add_experimental_option("mobileEmulation", {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2}}) if width < 600 else None
    if dark:
        options.add_argument("--force-dark-mode=false")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
    return driver


def until(driver, what, condition, seconds=30):
    # The page may replace what is being looked at.
    WebDriverWait(driver, seconds, ignored_exceptions=[StaleElementReferenceException]).until(
        lambda _: condition(), f"not seen: {what}")


def picture(driver, folder, name):
    if folder:
        height = driver.execute_script("return document.documentElement.scrollHeight")
        data = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": {
            "x": 0, "y": 0, "width": driver.execute_script("return innerWidth"), "height": height, "scale": 1}})
        import base64
        (pathlib.Path(folder) / f"{name}.png").write_bytes(base64.b64decode(data["data"]))


def try_page(address, width, height, dark, folder, name):
    driver = browser(width, height, dark)
    try:
        driver.get(address)
        until(driver, "the examples", lambda: len(driver.find_elements(By.CSS_SELECTOR, "#examples button")) == 7)
        until(driver, "the models", lambda: len(driver.find_elements(By.CSS_SELECTOR, "#model-0 option")) == 2)
        # By keyboard alone: the skip link leads to the text, Ctrl + Enter classifies.
        body = driver.find_element(By.TAG_NAME, "body")
        body.send_keys(Keys.TAB)
        assert driver.switch_to.active_element.get_attribute("class") == "skip"
        driver.switch_to.active_element.send_keys(Keys.ENTER)
        text = driver.find_element(By.ID, "text")
        text.send_keys("فاز الفريق بالمباراة في الدوري بعد هدفين")
        assert text.value_of_css_property("direction") == "rtl"
        text.send_keys(Keys.CONTROL, Keys.ENTER)
        until(driver, "two results", lambda: len(driver.find_elements(By.CSS_SELECTOR, ".result")) == 2)
        until(driver, "the words", lambda: len(driver.find_elements(By.CSS_SELECTOR, ".result .words")) == 2)
        until(driver, "all maps", lambda: len(driver.find_elements(By.CSS_SELECTOR, ".result svg")) == 4)
        assert "Done" in driver.find_element(By.ID, "status").text
        assert driver.find_elements(By.CSS_SELECTOR, ".words mark"), "no word is marked"
        labels = [one.text for one in driver.find_elements(By.CSS_SELECTOR, ".verdict")]
        answer = driver.execute_async_script(
            "const done = arguments[0]; fetch('/v1/classify', {method: 'POST', headers: {'Content-Type': 'application/json'},"
            "body: JSON.stringify({texts: [document.getElementById('text').value.trim()]})}).then(r => r.json()).then(done)")
        assert labels[0] == answer["results"][0]["label"], (labels, answer)
        bars = driver.find_elements(By.CSS_SELECTOR, ".result:first-child .bars .number")
        assert len(bars) == 7
        # No element is wider than the window, no script or style was refused, nothing came from elsewhere.
        assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"
        hosts = driver.execute_script("return performance.getEntriesByType('resource').map(e => new URL(e.name).host)")
        assert set(hosts) <= {address.split("/")[2], ""}, hosts
        picture(driver, folder, f"{name}-english")
        # Another head.
        head = driver.find_element(By.CSS_SELECTOR, ".result:first-child .steps input[id^=head]")
        head.clear()
        head.send_keys("1", Keys.ENTER)
        until(driver, "the other head", lambda: "head 1 of" in driver.find_element(By.CSS_SELECTOR, ".result").text)
        # Arabic, from right to left; an example by its button.
        driver.find_element(By.ID, "language").click()
        assert driver.execute_script("return document.documentElement.dir") == "rtl"
        assert driver.find_element(By.TAG_NAME, "h1").text == "عمّ يتحدث هذا المقال؟"
        driver.find_elements(By.CSS_SELECTOR, "#examples button")[1].click()
        until(driver, "the example's words", lambda: len(driver.find_elements(By.CSS_SELECTOR, ".result svg")) == 4
              and driver.find_elements(By.CSS_SELECTOR, ".words")[0].text[:10] in text.get_attribute("value"), 60)
        assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), "the Arabic page is too wide"
        picture(driver, folder, f"{name}-arabic")
        # Markup in a text stays text.
        text.clear()
        text.send_keys("<img src=x onerror=document.title='broken'> خبر")
        text.send_keys(Keys.CONTROL, Keys.ENTER)
        until(driver, "the markup as text", lambda: "<img" in driver.find_element(By.ID, "results").text)
        assert driver.title == "Farq · فَرْق" and not driver.find_elements(By.CSS_SELECTOR, "#results img")
        # A file that is dropped.
        driver.execute_script(
            "const transfer = new DataTransfer(); transfer.items.add(new File(['ارتفعت أسعار النفط'], 'a.txt', {type: 'text/plain'}));"
            "document.getElementById('text').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}))")
        until(driver, "the file's text", lambda: text.get_attribute("value") == "ارتفعت أسعار النفط")
        until(driver, "its words", lambda: "النفط" in driver.find_element(By.ID, "results").text)
        # Nothing to classify: said, not sent.
        text.clear()
        driver.execute_script("document.getElementById('text').value = '  '; classify()")
        until(driver, "the hint", lambda: driver.find_element(By.ID, "status").get_attribute("class") == "wrong")
        problems = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
        assert not problems, problems
        # Names for everything that can be reached.
        unnamed = driver.execute_script(
            "return [...document.querySelectorAll('button, input, select, textarea')].filter(e => !e.hidden && e.offsetParent &&"
            "!(e.labels && e.labels.length) && !e.textContent.trim() && !e.getAttribute('aria-label')).map(e => e.outerHTML)")
        assert not unnamed, unnamed
    finally:
        driver.quit()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("farq")
    arguments.add_argument("model")
    arguments.add_argument("hybrid")
    arguments.add_argument("--screenshots")
    given = arguments.parse_args()
    if given.screenshots:
        pathlib.Path(given.screenshots).mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(
        [given.farq, "serve", "--port", "0", "--model", f"baseline={given.model}", "--model", f"hybrid={given.hybrid}"],
        stderr=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", server.stderr.readline()).group(1))
        address = f"http://127.0.0.1:{port}/"
        for width, height, name in ((390, 844, "phone"), (1280, 900, "desk")):
            for dark in (False, True):
                try_page(address, width, height, dark, given.screenshots, f"{name}-{'dark' if dark else 'light'}")
                print(f"passed: {name}, {'dark' if dark else 'light'}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


main()
