package io.roadrunner.websocket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request, or a response, out of a map. Changing methods return copies. */
final class TestRequest implements HandshakeRequest, HandshakeResponse {

  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private String method = "GET";
  private int major = 1;
  private int minor = 1;
  private int status = 101;
  private Optional<String> protocol = Optional.empty();

  private TestRequest() {}

  /** The example of RFC 6455 §1.2. */
  static TestRequest upgrade() {
    return new TestRequest()
        .with("host", "server.example.com")
        .with("upgrade", "websocket")
        .with("connection", "Upgrade")
        .with("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .with("sec-websocket-version", "13");
  }

  static TestRequest connect() {
    TestRequest request = new TestRequest().with("sec-websocket-version", "13");
    request.method = "CONNECT";
    request.major = 2;
    request.minor = 0;
    request.protocol = Optional.of("websocket");
    return request;
  }

  static TestRequest response(int status) {
    TestRequest response = new TestRequest();
    response.status = status;
    return response;
  }

  TestRequest with(String name, String... values) {
    TestRequest copy = copy();
    copy.fields.put(name, List.of(values));
    return copy;
  }

  TestRequest with(List<HandshakeField> lines) {
    TestRequest copy = copy();
    for (HandshakeField line : lines) {
      copy.fields.computeIfAbsent(line.name(), name -> new ArrayList<>()).add(line.value());
    }
    return copy;
  }

  TestRequest without(String name) {
    TestRequest copy = copy();
    copy.fields.remove(name);
    return copy;
  }

  TestRequest withMethod(String name) {
    TestRequest copy = copy();
    copy.method = name;
    return copy;
  }

  TestRequest withVersion(int majorVersion, int minorVersion) {
    TestRequest copy = copy();
    copy.major = majorVersion;
    copy.minor = minorVersion;
    return copy;
  }

  TestRequest withProtocol(Optional<String> pseudoField) {
    TestRequest copy = copy();
    copy.protocol = pseudoField;
    return copy;
  }

  private TestRequest copy() {
    TestRequest copy = new TestRequest();
    copy.fields.putAll(fields);
    copy.method = method;
    copy.major = major;
    copy.minor = minor;
    copy.status = status;
    copy.protocol = protocol;
    return copy;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public int majorVersion() {
    return major;
  }

  @Override
  public int minorVersion() {
    return minor;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> protocol() {
    return protocol;
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String authority() {
    return fields.getOrDefault("host", List.of("server.example.com")).get(0);
  }

  @Override
  public List<String> fieldValues(String name) {
    return fields.getOrDefault(name, List.of());
  }
}
