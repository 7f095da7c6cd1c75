package io.roadrunner.hpack;

/** The 61 fields that both sides know from the start (RFC 7541 Appendix A). */
final class StaticTable {
  static final int LENGTH = 61;

  /** Fields with the same name stand together; element 0 is not used. */
  private static final String[] NAMES = new String[LENGTH + 1];

  private static final String[] VALUES = new String[LENGTH + 1];
  private static final int[] SIZES = new int[LENGTH + 1];

  private static final int[] HASHES = new int[LENGTH + 1];
  private static final int PLACES = 256;

  /** First index of each name, by hash of the name, open addressing; 0 is a free place. */
  private static final byte[] NAME_PLACES = new byte[PLACES];

  /** Index of each field, by hash of name and value, likewise. */
  private static final byte[] FIELD_PLACES = new byte[PLACES];

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
    HASHES[index] = FieldHash.of(name, value);
    enter(index, HASHES[index], FIELD_PLACES);
    if (nameIndex(name) == 0) {
      enter(index, name.hashCode(), NAME_PLACES);
    }
  }

  private static void enter(int index, int hash, byte[] places) {
    int place = place(hash);
    while (places[place] != 0) {
      place = (place + 1) & (PLACES - 1);
    }
    places[place] = (byte) index;
  }

  private static int place(int hash) {
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (PLACES - 1);
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
    int place = place(name.hashCode());
    int index;
    while ((index = NAME_PLACES[place]) != 0 && !NAMES[index].equals(name)) {
      place = (place + 1) & (PLACES - 1);
    }
    return index;
  }

  /**
   * Index of a field, or 0.
   *
   * @param hash its {@link FieldHash}
   */
  static int fieldIndex(int hash, String name, String value) {
    int place = place(hash);
    int index;
    while ((index = FIELD_PLACES[place]) != 0 && !is(index, hash, name, value)) {
      place = (place + 1) & (PLACES - 1);
    }
    return index;
  }

  private static boolean is(int index, int hash, String name, String value) {
    return HASHES[index] == hash && VALUES[index].equals(value) && NAMES[index].equals(name);
  }
}
