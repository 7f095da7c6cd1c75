package io.roadrunner.server;

import io.roadrunner.server.files.FileHandler;
import java.nio.file.Path;

/** Handlers that answer with files. */
public final class StaticFiles {

  private StaticFiles() {}

  /**
   * Returns a handler for the regular files below a directory, for a route whose pattern ends with
   * a rest parameter:
   *
   * <pre>{@code
   * Routes.builder().get("/assets/*path", StaticFiles.below(Path.of("public")))
   * }</pre>
   *
   * <p>A directory is answered with its {@code index.html}; there are no listings. Everything else
   * is 404: what is not there, names that begin with a dot, links that lead out of the directory,
   * and what is no regular file. Conditional requests and requests for one range of bytes are
   * understood (RFC 9110 §13, §14); a request for several ranges gets the whole file.
   *
   * <p>The handler reads the file system, so its route must not be inline. Whoever can write below
   * the directory is trusted: a file may be exchanged between the check and the sending.
   *
   * @param root the directory
   * @return the handler
   * @throws IllegalArgumentException if that is no directory
   */
  public static Handler below(Path root) {
    return FileHandler.below(root);
  }
}
