"""Walks an XML file with lxml.iterparse, element by element at a flat memory, and does nothing with it."""

import sys

from lxml import etree

elements = 0
for _, element in etree.iterparse(sys.argv[1], events=("end",)):
    elements += 1
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
print(elements)
