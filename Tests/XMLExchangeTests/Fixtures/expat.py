"""Says for each document of a file whether Expat takes it: one line each, "well-formed" or Expat's words.

The file holds, for each document, its length in four bytes (little-endian) and its bytes.
"""

import struct
import sys
from xml.parsers import expat


def verdict(document: bytes) -> str:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        return str(error)
    except ValueError as error:  # an encoding that Python does not have
        return str(error)
    return "well-formed"


with open(sys.argv[1], "rb") as file:
    while length := file.read(4):
        print(verdict(file.read(struct.unpack("<I", length)[0])).replace("\n", " "))
