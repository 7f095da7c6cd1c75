package io.roadrunner.conformance;

/** One thing that a server has to do. Immutable; may run any number of times, also at once. */
public final class ConformanceCase {

  private final String section;
  private final String title;
  private final Effort effort;
  private final Script script;

  /** What the client does and expects. */
  @FunctionalInterface
  interface Script {
    void run(EchoServer server) throws Exception;
  }

  ConformanceCase(String section, String title, Effort effort, Script script) {
    this.section = section;
    this.title = title;
    this.effort = effort;
    this.script = script;
  }

  /**
   * Which rules it is about.
   *
   * @return such as {@code RFC 6455 §5.2}
   */
  public String section() {
    return section;
  }

  /**
   * What it costs.
   *
   * @return the effort
   */
  public Effort effort() {
    return effort;
  }

  /**
   * Runs against a server, on a connection of its own or several.
   *
   * @param server the server under test
   * @throws AssertionError if the server did something else than it has to
   * @throws Exception if the adapter failed, for instance because nothing came in time
   */
  public void run(EchoServer server) throws Exception {
    script.run(server);
  }

  /** Section and title, a name that no other case has. */
  @Override
  public String toString() {
    return section + ": " + title;
  }
}
