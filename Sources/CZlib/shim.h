#ifndef PROXYDESK_CZLIB_SHIM_H
#define PROXYDESK_CZLIB_SHIM_H

#include <zlib.h>

// `deflateInit2` is a macro, which Swift does not see. 15 is the largest window; 16 more make zlib write the gzip format.
static inline int proxydesk_gzip_begin(z_stream *stream) {
    return deflateInit2(stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}

#endif
