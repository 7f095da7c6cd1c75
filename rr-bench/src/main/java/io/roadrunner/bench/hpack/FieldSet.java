package io.roadrunner.bench.hpack;

import java.util.ArrayList;
import java.util.List;

/**
 * Field sections as they come one after the other on a connection. Each has {@link #FIELDS} fields,
 * so that figures are for one field; some of them differ from message to message.
 */
public enum FieldSet {
  /** What a browser sends: other paths on one site, a session cookie. */
  BROWSER_REQUEST(
      """
      :method: GET
      :path: /articles/2026/11/%s?page=%s
      :authority: www.example.com
      :scheme: https
      user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
      accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
      accept-language: en-GB,en;q=0.5
      accept-encoding: gzip, deflate, br, zstd
      cookie: session=9f4a6c1e0b7d4e2f8a3c5d6e7f809a1b; theme=dark
      sec-fetch-dest: document
      sec-fetch-mode: navigate
      sec-fetch-site: same-origin
      """),

  /** What a program sends: a bearer token, which is never indexed. */
  API_REQUEST(
      """
      :method: POST
      :path: /v1/orders/%s/lines/%s
      :authority: api.example.com
      :scheme: https
      user-agent: example-client/4.2 (Java 25)
      accept: application/json
      accept-encoding: gzip
      content-type: application/json
      content-length: %s
      authorization: Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg
      x-api-version: 2026-11-01
      x-tenant: example
      """),

  /** What a server answers: length, entity tag and date of change differ. */
  RESPONSE(
      """
      :status: 200
      date: Tue, 24 Nov 2026 00:00:00 GMT
      server: roadrunner
      content-type: text/html; charset=utf-8
      content-length: %s
      etag: "5f1e%s"
      last-modified: Mon, 23 Nov 2026 10:%s:00 GMT
      cache-control: max-age=3600, public
      vary: accept-encoding
      strict-transport-security: max-age=31536000; includeSubDomains
      x-content-type-options: nosniff
      x-frame-options: DENY
      """);

  /** Fields in a message. */
  public static final int FIELDS = 12;

  /**
   * Messages that take turns. So many that what differs does not stay in a table of 4096 octets
   * until it comes again: a path seldom repeats on a connection.
   */
  public static final int MESSAGES = 64;

  private final String template;

  FieldSet(String template) {
    this.template = template;
  }

  /** The messages, each a list of names and values in turns. */
  List<List<String>> messages() {
    List<List<String>> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      List<String> message = new ArrayList<>();
      for (String line : template.replace("%s", Integer.toString(31 + 7 * i)).lines().toList()) {
        int colon = line.indexOf(": ");
        message.add(line.substring(0, colon));
        message.add(line.substring(colon + 2));
      }
      if (message.size() != 2 * FIELDS) {
        throw new IllegalStateException(name() + " has " + message.size() / 2 + " fields");
      }
      messages.add(message);
    }
    return messages;
  }
}
