package io.roadrunner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.telemetry.RequestEvent.RequestFailed;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TelemetryEventTest {

  @Test
  void theSamplesHoldEveryKindOfEvent() {
    Set<Class<?>> sampled = new HashSet<>();
    Samples.ONE_OF_EACH.forEach(event -> sampled.add(event.getClass()));

    assertEquals(kindsOf(TelemetryEvent.class).collect(Collectors.toSet()), sampled);
  }

  @Test
  void everyEventTellsItsTimeAndListener() {
    for (TelemetryEvent event : Samples.ONE_OF_EACH) {
      assertEquals(Samples.NOW, event.atEpochMillis(), event::toString);
      assertEquals("main", event.listener(), event::toString);
    }
  }

  @Test
  void connectionsTellTheirPeerAndWebSocketsTheirRequest() {
    for (TelemetryEvent event : Samples.ONE_OF_EACH) {
      if (event instanceof ConnectionEvent connection) {
        assertEquals("192.0.2.7:4711", connection.peer());
      }
      if (event instanceof WebSocketEvent webSocket) {
        assertEquals(Samples.REQUEST, webSocket.request());
      }
    }
  }

  @Test
  void recordsHoldNoArrays() {
    for (Object sample : samples()) {
      for (RecordComponent component : sample.getClass().getRecordComponents()) {
        assertFalse(component.getType().isArray(), () -> sample.getClass() + " " + component);
      }
    }
  }

  @Test
  void recordsRefuseNullInEveryPlace() throws Exception {
    for (Object sample : samples()) {
      RecordComponent[] components = sample.getClass().getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        if (!components[i].getType().isPrimitive()) {
          String name = components[i].getName();
          int place = i;
          InvocationTargetException wrapped =
              assertThrows(
                  InvocationTargetException.class, () -> copyWithNull(sample, place), name);
          Throwable cause = assertInstanceOf(NullPointerException.class, wrapped.getCause());
          assertEquals(name, cause.getMessage());
        }
      }
    }
  }

  @Test
  void aFailureTellsItsClassAndMessage() {
    assertEquals("java.lang.ArithmeticException", Samples.FAILED.errorClass());
    assertEquals("x", Samples.FAILED.errorMessage());
  }

  @Test
  void aFailureWithoutMessageHasAnEmptyOne() {
    RequestFailed failed =
        new RequestFailed(Samples.NOW, Samples.REQUEST, "", 0, 1, new IOException());

    assertTrue(failed.errorMessage().isEmpty());
  }

  private static List<Object> samples() {
    return Stream.concat(Stream.of(Samples.REQUEST), Samples.ONE_OF_EACH.stream()).toList();
  }

  private static Stream<Class<?>> kindsOf(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TelemetryEventTest::kindsOf)
        : Stream.of(type);
  }

  private static Object copyWithNull(Object sample, int place) throws Exception {
    RecordComponent[] components = sample.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      if (i != place) {
        values[i] = components[i].getAccessor().invoke(sample);
      }
    }
    Constructor<?> constructor = sample.getClass().getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }
}
