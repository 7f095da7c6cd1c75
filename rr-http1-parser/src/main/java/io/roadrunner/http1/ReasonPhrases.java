package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Reason phrases of RFC 9110 §15 and of the IANA registry, and the status lines made of them. */
final class ReasonPhrases {
  static final int FIRST_STATUS = 100;
  static final int LAST_STATUS = 599;

  private static final byte[][] LINES = lines();

  private ReasonPhrases() {}

  private static byte[][] lines() {
    byte[][] lines = new byte[LAST_STATUS - FIRST_STATUS + 1][];
    for (int status = FIRST_STATUS; status <= LAST_STATUS; status++) {
      String line = "HTTP/1.1 " + status + " " + of(status) + "\r\n";
      lines[status - FIRST_STATUS] = line.getBytes(US_ASCII);
    }
    return lines;
  }

  /** The whole line of a valid status code; not to be written to. */
  static byte[] line(int status) {
    requireValid(status);
    return LINES[status - FIRST_STATUS];
  }

  static void requireValid(int status) {
    if (status < FIRST_STATUS || status > LAST_STATUS) {
      throw new IllegalArgumentException("status code " + status + " is not within 100 to 599");
    }
  }

  /** The phrase, or the empty string if the code is not registered. */
  @SuppressWarnings("checkstyle:MethodLength") // The table of the registry.
  static String of(int status) {
    return switch (status) {
      case 100 -> "Continue";
      case 101 -> "Switching Protocols";
      case 102 -> "Processing";
      case 103 -> "Early Hints";
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 203 -> "Non-Authoritative Information";
      case 204 -> "No Content";
      case 205 -> "Reset Content";
      case 206 -> "Partial Content";
      case 207 -> "Multi-Status";
      case 208 -> "Already Reported";
      case 226 -> "IM Used";
      case 300 -> "Multiple Choices";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 304 -> "Not Modified";
      case 305 -> "Use Proxy";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 402 -> "Payment Required";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 407 -> "Proxy Authentication Required";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 411 -> "Length Required";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 417 -> "Expectation Failed";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 423 -> "Locked";
      case 424 -> "Failed Dependency";
      case 425 -> "Too Early";
      case 426 -> "Upgrade Required";
      case 428 -> "Precondition Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 451 -> "Unavailable For Legal Reasons";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      case 506 -> "Variant Also Negotiates";
      case 507 -> "Insufficient Storage";
      case 508 -> "Loop Detected";
      case 511 -> "Network Authentication Required";
      default -> "";
    };
  }
}
