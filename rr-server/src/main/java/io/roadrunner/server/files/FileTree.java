package io.roadrunner.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory and what may be seen below it. */
final class FileTree {

  /** What is at a path. */
  sealed interface Found permits Missing, Directory, StoredFile {}

  /** Nothing, or nothing that may be seen. */
  record Missing() implements Found {}

  /** A directory, asked for without the slash at its end. */
  record Directory() implements Found {}

  private static final Missing MISSING = new Missing();
  private static final String INDEX = "index.html";

  private final Path root;

  private FileTree(Path root) {
    this.root = root;
  }

  static FileTree of(Path root) {
    try {
      Path real = root.toRealPath();
      if (Files.isDirectory(real)) {
        return new FileTree(real);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("no directory: " + root, e);
    }
    throw new IllegalArgumentException("no directory: " + root);
  }

  /**
   * Finds what is at a path below the root.
   *
   * @param relative segments with slashes between them, decoded; ends with a slash, or is empty,
   *     for a directory
   */
  Found find(String relative) {
    try {
      return relative.isEmpty() || relative.endsWith("/")
          ? index(relative)
          : look(resolve(relative));
    } catch (IOException | InvalidPathException e) {
      // Not there, not readable, a loop of links, a name that the file system cannot have.
      return MISSING;
    }
  }

  private Found index(String relative) throws IOException {
    Found found = look(resolve(relative + INDEX));
    return found instanceof Directory ? MISSING : found;
  }

  private Found look(Path candidate) throws IOException {
    Path real = candidate.toRealPath();
    if (!real.startsWith(root) || hidden(root.relativize(real))) {
      return MISSING;
    }
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return new Directory();
    }
    return attributes.isRegularFile() && Files.isReadable(real)
        ? new StoredFile(real, attributes.size(), attributes.lastModifiedTime().toInstant())
        : MISSING;
  }

  private Path resolve(String relative) {
    Path path = root;
    for (String segment : relative.split("/", -1)) {
      Path name = root.getFileSystem().getPath(segment);
      // One plain name at a time: nothing that is a root, a drive, a separator or a step upwards.
      if (name.isAbsolute()
          || name.getNameCount() != 1
          || !name.toString().equals(segment)
          || segment.isEmpty()
          || segment.startsWith(".")) {
        throw new InvalidPathException("", "not a plain name");
      }
      path = path.resolve(name);
    }
    return path;
  }

  /** Tells whether a part of a path begins with a dot. */
  private static boolean hidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
