import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/**
 * Makes the API documentation of one module: what it exports, every warning an error.
 *
 * <p>The build starts this file as a program of its own on the JDK that compiles the project,
 * because the Maven plugin for Javadoc reads module descriptors with the JVM that runs Maven, which
 * may be too old for them: {@code java DocumentSources.java SOURCES OUTPUT RELEASE MODULE_PATH
 * TITLE}. Sources without a module descriptor are passed over.
 */
final class DocumentSources {

  private static final Pattern MODULE =
      Pattern.compile("^(?:open )?module ([\\w.]+) \\{", Pattern.MULTILINE);

  private DocumentSources() {}

  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[0]);
    Path descriptor = sources.resolve("module-info.java");
    if (!Files.exists(descriptor)) {
      return;
    }
    Matcher module = MODULE.matcher(Files.readString(descriptor));
    if (!module.find()) {
      throw new IOException("no module name in " + descriptor);
    }
    System.exit(document(module.group(1), sources, args));
  }

  private static int document(String module, Path sources, String[] args) {
    List<String> options =
        List.of(
            "-quiet",
            "-Werror",
            "-Xdoclint:all",
            "-Xmaxwarns",
            "10000",
            "-notimestamp",
            "--no-fonts",
            "-encoding",
            "UTF-8",
            "-d",
            args[1],
            "--release",
            args[2],
            "--module-path",
            args[3],
            "-windowtitle",
            args[4],
            "--module-source-path",
            module + "=" + sources,
            "--module",
            module);
    ToolProvider javadoc = ToolProvider.findFirst("javadoc").orElseThrow();
    return javadoc.run(System.out, System.err, options.toArray(String[]::new));
  }
}
