package io.roadrunner.server.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SafeThrowableTest {

  @Test
  @DisplayName("E08: messages are escaped, classes and traces stay")
  void messagesAreEscaped() {
    IOException original = new IOException("a\nb", new IllegalStateException("\u001bc"));
    SafeThrowable safe = SafeThrowable.of(original);
    assertEquals("java.io.IOException: a\\u000ab", safe.toString());
    assertArrayEquals(original.getStackTrace(), safe.getStackTrace());
    assertEquals("java.lang.IllegalStateException: \\u001bc", "" + safe.getCause());
    assertEquals("java.lang.Error", SafeThrowable.of(new Error()).toString());
  }

  @Test
  void chainsOfCausesEnd() {
    Throwable chain = new IOException("innermost");
    for (int i = 0; i < 100; i++) {
      chain = new IOException("level " + i, chain);
    }
    IOException loop = new IOException("loop");
    loop.initCause(new IOException("back", loop));
    for (Throwable original : new Throwable[] {chain, loop}) {
      int depth = 0;
      for (Throwable at = SafeThrowable.of(original); at != null; at = at.getCause()) {
        depth++;
      }
      assertTrue(depth <= 10, "depth " + depth);
    }
  }

  @Test
  @DisplayName("E07: ids of different requests differ, and differ from server to server")
  void idsDiffer() {
    RequestIds ids = new RequestIds();
    Set<String> seen = new HashSet<>();
    for (long connection = 1; connection <= 100; connection++) {
      for (long request = 1; request <= 100; request++) {
        String id = ids.of((connection << 32) | request);
        assertEquals(16, id.length());
        assertTrue(seen.add(id), id);
      }
    }
    assertEquals(ids.of(1), ids.of(1));
    assertTrue(new RequestIds().of(1).compareTo(ids.of(1)) != 0);
  }
}
