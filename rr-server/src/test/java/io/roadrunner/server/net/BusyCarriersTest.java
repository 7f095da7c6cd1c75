package io.roadrunner.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Handlers that compute and never wait, on every thread that could run another one. */
class BusyCarriersTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n";

  private volatile boolean computing = true;

  @Test
  @DisplayName("Handlers that keep all carriers busy do not keep the loop from accepting, reading")
  void loopGoesOn() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    CountDownLatch busy = new CountDownLatch(carriers);
    Routes.Builder routes =
        Routes.builder()
            .get(
                "/compute",
                request -> {
                  busy.countDown();
                  long steps = 0;
                  while (computing) {
                    steps++;
                  }
                  return Response.text(steps > 0 ? "computed" : "idle");
                })
            .get("/virtual", request -> Response.text("virtual"))
            .add(Route.get("/inline", request -> Response.text("inline")).inline());
    List<RawClient> clients = new ArrayList<>();
    try (TestServer server = TestServer.start(routes)) {
      assertEquals("virtual", server.ask(GET.formatted("/virtual")).body());
      for (int i = 0; i < carriers; i++) {
        clients.add(server.connect().send(GET.formatted("/compute")));
      }
      Wait.on(busy);
      try (RawClient waiting = server.connect()) {
        waiting.send(GET.formatted("/virtual"));
        for (int i = 0; i < 20; i++) {
          assertEquals("inline", server.ask(GET.formatted("/inline")).body());
        }
        computing = false;
        assertEquals("virtual", waiting.answer().body());
      }
      for (RawClient client : clients) {
        assertEquals("computed", client.answer().body());
        client.close();
      }
      assertEquals("virtual", server.ask(GET.formatted("/virtual")).body());
    } finally {
      computing = false;
    }
  }
}
