package io.roadrunner.hpack;

/** The 61 fields that both sides know from the start (RFC 7541 Appendix A). */
final class StaticTable {
  static final int LENGTH = 61;

  /** Fields with the same name stand together; element 0 is not used. */
  private static final String[] NAMES = new String[LENGTH + 1];

  private static final String[] VALUES = new String[LENGTH + 1];
  private static final int[] SIZES = new int[LENGTH + 1];

  /** Last index with the same name, for the first index of each name. */
  private static final int[] LAST_OF_NAME = new int[LENGTH + 1];

  /** First index of each name, by hash of the name, open addressing; 0 is a free place. */
  private static final byte[] PLACES = new byte[256];

  private static final String ROWS =
      """
      :authority
      :method GET
      :method POST
      :path /
      :path /index.html
      :scheme http
      :scheme https
      :status 200
      :status 204
      :status 206
      :status 304
      :status 400
      :status 404
      :status 500
      accept-charset
      accept-encoding gzip, deflate
      accept-language
      accept-ranges
      accept
      access-control-allow-origin
      age
      allow
      authorization
      cache-control
      content-disposition
      content-encoding
      content-language
      content-length
      content-location
      content-range
      content-type
      cookie
      date
      etag
      expect
      expires
      from
      host
      if-match
      if-modified-since
      if-none-match
      if-range
      if-unmodified-since
      last-modified
      link
      location
      max-forwards
      proxy-authenticate
      proxy-authorization
      range
      referer
      refresh
      retry-after
      server
      set-cookie
      strict-transport-security
      transfer-encoding
      user-agent
      vary
      via
      www-authenticate
      """;

  static {
    NAMES[0] = "";
    VALUES[0] = "";
    int index = 0;
    for (String row : ROWS.lines().toList()) {
      int space = row.indexOf(' ');
      String name = (space < 0 ? row : row.substring(0, space)).intern();
      enter(++index, name, space < 0 ? "" : row.substring(space + 1).intern());
    }
  }

  private StaticTable() {}

  private static void enter(int index, String name, String value) {
    NAMES[index] = name;
    VALUES[index] = value;
    SIZES[index] = DynamicTable.sizeOf(name, value);
    int first = nameIndex(name);
    if (first == 0) {
      first = index;
      int place = place(name);
      while (PLACES[place] != 0) {
        place = (place + 1) & (PLACES.length - 1);
      }
      PLACES[place] = (byte) index;
    }
    LAST_OF_NAME[first] = index;
  }

  private static int place(String name) {
    int hash = name.hashCode();
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (PLACES.length - 1);
  }

  static String name(int index) {
    return NAMES[index];
  }

  static String value(int index) {
    return VALUES[index];
  }

  /** Octets of name and value, and 32. */
  static int size(int index) {
    return SIZES[index];
  }

  /** First index with this name, or 0. */
  static int nameIndex(String name) {
    int place = place(name);
    int index;
    while ((index = PLACES[place]) != 0 && !NAMES[index].equals(name)) {
      place = (place + 1) & (PLACES.length - 1);
    }
    return index;
  }

  /** Index of the field with this value among those that share the name, or 0. */
  static int fieldIndex(int nameIndex, String value) {
    for (int index = nameIndex; index <= LAST_OF_NAME[nameIndex]; index++) {
      if (VALUES[index].equals(value)) {
        return index;
      }
    }
    return 0;
  }
}
