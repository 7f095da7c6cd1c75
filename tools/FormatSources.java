import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or rewrites the layout of Java sources with google-java-format.
 *
 * <p>The formatter needs a newer JVM than the one that may be running Maven, so the build starts
 * this file as a program of its own on the JDK that compiles the project: {@code java -cp
 * google-java-format.jar FormatSources.java (--check|--write) FOLDER...}. Folders that do not exist
 * are passed over.
 */
final class FormatSources {

  private FormatSources() {}

  public static void main(String[] args) throws Exception {
    boolean check = args[0].equals("--check");
    List<String> files = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      addSources(Path.of(args[i]), files);
    }
    if (files.isEmpty()) {
      return;
    }
    System.exit(check ? check(files) : format(files, new PrintWriter(System.out), "--replace"));
  }

  private static void addSources(Path folder, List<String> files) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      found
          .filter(path -> path.toString().endsWith(".java") && !isBuildOutput(folder, path))
          .forEach(path -> files.add(path.toString()));
    }
  }

  private static boolean isBuildOutput(Path folder, Path path) {
    for (Path name : folder.relativize(path)) {
      if (name.toString().equals("target")) {
        return true;
      }
    }
    return false;
  }

  private static int check(List<String> files) throws Exception {
    StringWriter unformatted = new StringWriter();
    int exit = format(files, new PrintWriter(unformatted), "--dry-run", "--set-exit-if-changed");
    if (exit != 0) {
      unformatted.toString().lines().forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("Run ./rr format (or mvn -N -Pformat process-sources) to format them.");
    }
    return exit;
  }

  private static int format(List<String> files, PrintWriter out, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(files);
    PrintWriter err = new PrintWriter(System.err);
    int exit = new Main(out, err, System.in).format(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return exit;
  }
}
