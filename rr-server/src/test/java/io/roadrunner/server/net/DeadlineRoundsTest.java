package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeadlineRoundsTest {

  private static final long ROUND = 300_000_000;
  private static final int THREE_SLICES = 2 * DeadlineRounds.SLICE + 1;

  /** What is attached only has to be told apart. */
  private record Named(int number) implements Pollable {
    @Override
    public void ready(int readyOps) {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void broken(Throwable cause) {}
  }

  private final List<Pipe> pipes = new ArrayList<>();
  private final List<SelectionKey> keys = new ArrayList<>();
  private final List<Pollable> seen = new ArrayList<>();
  private final DeadlineRounds rounds = new DeadlineRounds(ROUND, 0, (p, now) -> seen.add(p));
  private Selector selector;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
  }

  @AfterEach
  void close() throws IOException {
    selector.close();
    for (Pipe pipe : pipes) {
      pipe.source().close();
      pipe.sink().close();
    }
  }

  private void add(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Pipe pipe = Pipe.open();
      pipes.add(pipe);
      pipe.source().configureBlocking(false);
      SelectionKey key =
          pipe.source().register(selector, SelectionKey.OP_READ, new Named(keys.size()));
      keys.add(key);
      rounds.add(key);
    }
  }

  private int turn(long now) {
    int before = seen.size();
    rounds.turn(now);
    return seen.size() - before;
  }

  /** Three turns, in which a round of three slices fits. */
  private void round(long start) {
    for (int i = 0; i < 3; i++) {
      turn(start + i * (ROUND / 3));
    }
  }

  /** Everybody who is alive was looked at once since the list was cleared. */
  private void assertEachOnce() {
    assertEquals(keys.stream().filter(SelectionKey::isValid).count(), seen.size());
    assertEquals(seen.size(), new HashSet<>(seen).size());
  }

  @Test
  @DisplayName("a few are looked at together, when the round is over and not before")
  void few() throws IOException {
    add(3);
    assertEquals(0, turn(ROUND - 1));
    assertEquals(3, turn(ROUND));
    assertEquals(0, turn(2 * ROUND - 1));
    assertEquals(3, turn(2 * ROUND));
  }

  @Test
  @DisplayName("many are looked at in slices that are spread over the round, each one once")
  void slices() throws IOException {
    add(THREE_SLICES);
    assertEquals(DeadlineRounds.SLICE, turn(ROUND));
    assertEquals(0, turn(ROUND + ROUND / 3 - 1));
    assertEquals(DeadlineRounds.SLICE, turn(ROUND + ROUND / 3));
    assertEquals(1, turn(ROUND + 2 * (ROUND / 3)));
    assertEachOnce();
    seen.clear();
    assertEquals(DeadlineRounds.SLICE, turn(2 * ROUND));
  }

  @Test
  @DisplayName("a slice may be full: one more makes another slice")
  void fullSlice() throws IOException {
    add(DeadlineRounds.SLICE);
    assertEquals(ROUND / 1_000_000, rounds.patienceMillis());
    assertEquals(DeadlineRounds.SLICE, turn(ROUND));
    assertEquals(DeadlineRounds.SLICE, turn(2 * ROUND));
    add(1);
    assertEquals(ROUND / 2_000_000, rounds.patienceMillis());
  }

  @Test
  @DisplayName("those whose key has become invalid drop out, and nobody is passed over for it")
  void dropOut() throws IOException {
    add(THREE_SLICES);
    round(ROUND);
    for (int i = 0; i < THREE_SLICES; i += 2) {
      keys.get(i).cancel();
    }
    seen.clear();
    round(2 * ROUND);
    assertEachOnce();
    seen.clear();
    assertEquals(DeadlineRounds.SLICE, turn(3 * ROUND));
    assertEachOnce();
  }

  @Test
  @DisplayName("who takes the place of one that dropped out is looked at in the same round")
  void inItsStead() throws IOException {
    add(THREE_SLICES);
    keys.get(0).cancel();
    keys.get(THREE_SLICES - 1).cancel();
    keys.get(DeadlineRounds.SLICE).cancel();
    round(ROUND);
    assertEachOnce();
  }

  @Test
  @DisplayName("nobody left is nothing to do")
  void allGone() throws IOException {
    add(2);
    keys.forEach(SelectionKey::cancel);
    assertEquals(0, turn(ROUND));
    assertEquals(0, turn(2 * ROUND));
    add(1);
    assertEquals(1, turn(3 * ROUND));
  }

  @Test
  @DisplayName("a crowd that comes when there were few is looked at within a round")
  void crowd() throws IOException {
    add(1);
    turn(ROUND);
    add(THREE_SLICES);
    seen.clear();
    round(2 * ROUND);
    assertEachOnce();
  }

  @Test
  @DisplayName("one that comes during a round belongs to it")
  void comesDuringARound() throws IOException {
    add(THREE_SLICES);
    turn(ROUND);
    add(1);
    turn(ROUND + ROUND / 3);
    turn(2 * ROUND - 1);
    assertEachOnce();
  }

  @Test
  @DisplayName("after a long turn the slices follow each other, after a very long one only once")
  void late() throws IOException {
    add(THREE_SLICES);
    assertEquals(DeadlineRounds.SLICE, turn(ROUND + ROUND * 2 / 3));
    assertEquals(DeadlineRounds.SLICE, turn(ROUND + ROUND * 2 / 3));
    assertEquals(1, turn(ROUND + ROUND * 2 / 3));
    assertEquals(0, turn(ROUND + ROUND * 2 / 3));
    assertEquals(DeadlineRounds.SLICE, turn(100 * ROUND));
    assertEquals(0, turn(100 * ROUND));
  }

  @Test
  @DisplayName("rounds can be made shorter, from now on; a loop still sleeps a millisecond")
  void hasten() throws IOException {
    add(THREE_SLICES);
    rounds.hasten(ROUND / 100, 5);
    assertEquals(DeadlineRounds.SLICE, turn(5));
    assertEquals(DeadlineRounds.SLICE, turn(5 + ROUND / 300));
    assertEquals(1, rounds.patienceMillis());
    rounds.hasten(1_000, 5);
    assertTrue(rounds.patienceMillis() >= 1);
  }

  @Test
  @DisplayName("in rounds that are shorter than a loop can sleep, several slices come together")
  void shortRounds() throws IOException {
    add(THREE_SLICES);
    rounds.hasten(1_500_000, 0);
    assertEquals(2 * DeadlineRounds.SLICE, turn(0));
    assertEquals(0, turn(999_999));
    assertEquals(1, turn(1_000_000));
    assertEachOnce();
    seen.clear();
    rounds.hasten(1, 5_000_000);
    assertEquals(THREE_SLICES, turn(5_000_000));
    assertEachOnce();
  }
}
