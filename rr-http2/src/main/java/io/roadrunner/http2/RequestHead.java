package io.roadrunner.http2;

/**
 * The head of a request (RFC 9113 §8.3.1), checked.
 *
 * @param method a token, in the case as received
 * @param scheme as received; empty for CONNECT without {@code protocol}
 * @param authority host and optional port, from {@code :authority} or, without that, the host
 *     field; empty if the request has neither, which is allowed for schemes other than http and
 *     https
 * @param path path and query as received; empty for CONNECT without {@code protocol}
 * @param protocol value of {@code :protocol} (RFC 8441); empty for all other requests
 * @param fields everything else, without host; cookies are joined to one field (RFC 9113 §8.2.3)
 */
public record RequestHead(
    String method, String scheme, String authority, String path, String protocol, Fields fields) {}
