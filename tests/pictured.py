"""Pictures as a browser would save them: taken from a chart's menu, and looked into."""

from base64 import b64decode
from io import BytesIO
from xml.etree import ElementTree as ET

from PIL import Image

NAME = "<img src=x onerror='window.hacked=1'> & “Söhne”; } \\"
SLIDE, FULL = (1920, 1080), 16 / 9
PASTED = """
const done = arguments[0];
navigator.clipboard.read().then(([item]) => item.getType("image/png")).then((blob) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.readAsDataURL(blob);
}, (error) => done(String(error)));
"""
CAUGHT = """
window.sent = [];
const make = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  const reader = new FileReader();
  reader.onload = () => window.sent.push(reader.result);
  reader.readAsDataURL(blob);
  return make.call(URL, blob);
};
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function follow() {
  window.named = this.download;
  click.call(this);
};
"""


def taken(visitor, words, nth=0):
    """Choose an item of a chart's menu; return the file that comes, as bytes."""
    visitor.js(CAUGHT)
    choose(visitor, words, nth)
    return bytes_of(visitor.wait(lambda: visitor.js("return window.sent[0]")))


def choose(visitor, words, nth=0):
    menu(visitor, nth)
    visitor.wait(lambda: next((i for i in items(visitor) if i.text == words), None)).click()


def menu(visitor, nth=0):
    button = visitor.wait(lambda: visitor.all(".pl-picture-menu summary")[nth])
    visitor.js("arguments[0].scrollIntoView({ block: 'center' })", button)
    button.click()
    visitor.wait(lambda: items(visitor))


def items(visitor):
    return [i for i in visitor.all(".pl-picture-menu [data-chart]") if i.is_displayed()]


def bytes_of(address):
    return b64decode(address.split(",", 1)[1])


def seen(content):
    """Return a picture and how many colors it has."""
    image = Image.open(BytesIO(content)).convert("RGB")
    return image, len(image.getcolors(SLIDE[0] * SLIDE[1]))


def texts(svg):
    return " ".join(e.text or "" for e in ET.fromstring(svg).iter() if e.tag.endswith("}text"))


def allow_the_clipboard(visitor):
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    given = {"origin": visitor.server.url, "permissions": allowed}
    visitor.driver.execute_cdp_cmd("Browser.grantPermissions", given)
