"""Every link of every page leads somewhere, and no two pages have one title."""

import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from html.parser import HTMLParser

MOST_PAGES = 400


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.title, self.headings = [], set(), "", 0
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if tag == "link" and "href" in attributes:
            self.links.append(attributes["href"])
        self.headings += tag == "h1"
        # An SVG has titles too; the page's is the first.
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=15) as answer:
            return answer.status, answer.geturl(), answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, url, error.headers.get_content_type(), error.read()


def test_no_link_is_dead(site):
    start = site.address + "/"
    waiting, met, pages = [(start, "the start")], {start}, {}
    dead, fragments, titles = [], [], defaultdict(list)
    while waiting and len(pages) < MOST_PAGES:
        url, origin = waiting.pop(0)
        status, landed, kind, body = get(url)
        if status != 200:
            dead.append(f"{status} {url} (from {origin})")
            continue
        if kind != "text/html":
            continue
        page = pages[url] = Page(body.decode())
        assert page.headings == 1, f"{url} has {page.headings} h1"
        assert page.title.strip(), f"{url} has no title"
        address = urllib.parse.urlsplit(landed)
        if not address.query:
            titles[page.title.strip()].append(address.path)
        for link in page.links:
            target = urllib.parse.urljoin(landed, link)
            if not target.startswith(start):
                continue
            target, _, fragment = target.partition("#")
            if fragment:
                fragments.append((url, target, urllib.parse.unquote(fragment)))
            if target not in met:
                met.add(target)
                waiting.append((target, url))
    assert not dead, "\n".join(dead)
    lost = [f"{target}#{fragment} (from {origin})" for origin, target, fragment in fragments
            if target in pages and fragment not in pages[target].ids]
    assert not lost, "\n".join(sorted(set(lost)))
    same = {title: sorted(set(paths)) for title, paths in titles.items() if len(set(paths)) > 1}
    assert not same, f"pages that share a title: {same}"
