package io.roadrunner.server.files;

import io.roadrunner.server.Handler;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The regular files below a directory. What it refuses it calls not found, so as to tell nothing.
 */
public final class FileHandler implements Handler {

  private final FileTree tree;

  private FileHandler(FileTree tree) {
    this.tree = tree;
  }

  /**
   * Returns a handler for the files below a directory; it takes the last parameter of its route as
   * the path.
   *
   * @param root the directory
   * @throws IllegalArgumentException if that is no directory
   */
  public static FileHandler below(Path root) {
    return new FileHandler(FileTree.of(root));
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.text("Method Not Allowed\n").status(405).with("allow", "GET, HEAD");
    }
    List<String> params = request.params().values();
    if (params.isEmpty()) {
      throw new IllegalStateException(
          "the pattern of a route to files ends with a rest parameter, such as /files/*path; \""
              + request.route()
              + "\" does not");
    }
    return switch (tree.find(params.getLast())) {
      case FileTree.Missing missing -> Response.text("Not Found\n").status(404);
      case FileTree.Directory directory -> redirect(request);
      case StoredFile file -> respond(request, file);
    };
  }

  /** Sends the client to the form with a slash, so that relative links in the index work. */
  private static Response redirect(Request request) {
    String query = request.query().map(q -> "?" + q).orElse("");
    return Response.redirect(301, request.path() + "/" + query);
  }

  private static Response respond(Request request, StoredFile file) {
    Headers validators =
        Headers.of("etag", file.etag(), "last-modified", HttpDate.format(file.modified()));
    return switch (Preconditions.check(request.headers(), file)) {
      case FAILED -> Response.text("Precondition Failed\n").status(412);
      case NOT_MODIFIED -> Response.empty(304).headers(validators);
      case PROCEED -> content(request, file, validators);
    };
  }

  private static Response content(Request request, StoredFile file, Headers validators) {
    String type = ContentTypes.of(file.path());
    Headers headers =
        validators
            .with("content-type", type)
            .with("accept-ranges", "bytes")
            .with("x-content-type-options", "nosniff");
    Optional<String> range = Preconditions.applicableRange(request, file);
    ByteRange wanted = ByteRange.of(range.orElse(""), file.size());
    return switch (wanted) {
      case ByteRange.All all -> Response.file(type, file.path(), 0, file.size()).headers(headers);
      case ByteRange.Part part ->
          Response.file(type, file.path(), part.first(), part.count())
              .status(206)
              .headers(headers.with("content-range", part.contentRange(file.size())));
      case ByteRange.Unsatisfiable none ->
          // RFC 9110 §15.5.17
          Response.text("Range Not Satisfiable\n")
              .status(416)
              .with("content-range", "bytes */" + file.size());
    };
  }
}
