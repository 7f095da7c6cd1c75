package io.roadrunner.hpack;

/**
 * Decides what an encoder does with a field that it meets for the first time. The encoder asks only
 * when the field is in neither table, and not at all when the caller marked it {@link
 * Sensitivity#SENSITIVE}; so the answer must depend on nothing but the arguments.
 *
 * <p>Whatever the answer, an encoder does not index a field that would take more than three
 * quarters of the dynamic table.
 *
 * <p>Called on the hot path, from whatever thread encodes: implementations are quick and stateless.
 */
@FunctionalInterface
public interface IndexingPolicy {

  /**
   * {@return what to do with this field}
   *
   * @param name name of the field
   * @param value value of the field
   */
  Indexing indexing(String name, String value);

  /**
   * Index what repeats, never index secrets; cookies count as secret below 20 octets.
   *
   * @return the policy of {@link #standard(int)} with 20
   */
  static IndexingPolicy standard() {
    return StandardPolicy.DEFAULT;
  }

  /**
   * Index what repeats, never index secrets.
   *
   * <ul>
   *   <li>{@link Indexing#NEVER}: {@code authorization}, {@code proxy-authorization} and {@code
   *       set-cookie}, and a {@code cookie} shorter than the threshold. Who can make one side send
   *       fields of his choice, and watch how long the blocks are, can confirm a guess at anything
   *       else in the table. That is practicable for what can be guessed in few attempts, so short
   *       values are the ones in danger (RFC 7541 §7.1.3). A long random cookie comes with each
   *       request, and is worth its place.
   *   <li>{@link Indexing#LITERAL}: what belongs to one request or one resource, and would only
   *       push out other entries: {@code :path}, {@code age}, {@code content-length}, {@code
   *       content-range}, {@code etag}, {@code if-match}, {@code if-modified-since}, {@code
   *       if-none-match}, {@code if-range}, {@code if-unmodified-since}, {@code last-modified},
   *       {@code location}, {@code range}.
   *   <li>{@link Indexing#INDEX}: everything else.
   * </ul>
   *
   * @param secretCookieOctets a cookie of fewer octets is never indexed; 0 indexes all of them
   * @return a policy without state, for any number of encoders
   */
  static IndexingPolicy standard(int secretCookieOctets) {
    return new StandardPolicy(secretCookieOctets);
  }

  /**
   * The dynamic table stays empty. Needs the least memory, and leaves nothing to guess at; {@link
   * #standard()}'s secrets are still marked as such, for the hops behind.
   *
   * @return a policy that never answers {@link Indexing#INDEX}
   */
  static IndexingPolicy withoutTable() {
    return (name, value) ->
        StandardPolicy.DEFAULT.indexing(name, value) == Indexing.NEVER
            ? Indexing.NEVER
            : Indexing.LITERAL;
  }

  /**
   * Index everything. For peers and fields that are all trusted alike, such as inside a test.
   *
   * @return a policy that always answers {@link Indexing#INDEX}
   */
  static IndexingPolicy everything() {
    return (name, value) -> Indexing.INDEX;
  }
}
