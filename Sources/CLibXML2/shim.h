#ifndef PROXYDESK_CLIBXML2_SHIM_H
#define PROXYDESK_CLIBXML2_SHIM_H

// Debian builds libxml2 with ICU, whose headers clash with Foundation's own copy of ICU in one Swift module.
// Nothing here uses libxml2's ICU types, so they are switched off before the headers that would pull them in.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>

#endif
