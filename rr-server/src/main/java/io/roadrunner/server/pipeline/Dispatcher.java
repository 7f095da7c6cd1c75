package io.roadrunner.server.pipeline;

import io.roadrunner.server.LogText;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.Response;
import io.roadrunner.server.routing.Router;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** Finds who answers a request and lets them: routes, permits, failures, logs and telemetry. */
public final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** The key under which the request id stands in the MDC while a handler runs. */
  private static final String MDC_KEY = "request_id";

  private final RequestIds ids = new RequestIds();
  private final AtomicInteger running = new AtomicInteger();
  private final int maxConcurrent;
  private final long maxBodyBytes;
  private final RequestReports reports;
  private final boolean mdc;
  private volatile Router router;

  /**
   * Creates one.
   *
   * @param router the first route table
   * @param maxConcurrent how many handlers may run at the same time
   * @param maxBodyBytes the body limit of routes without their own
   * @param reports who counts and reports requests
   */
  public Dispatcher(Router router, int maxConcurrent, long maxBodyBytes, RequestReports reports) {
    this.router = router;
    this.maxConcurrent = maxConcurrent;
    this.maxBodyBytes = maxBodyBytes;
    this.reports = reports;
    // With an adapter that does nothing, an id need not be made for each request.
    this.mdc = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
  }

  /** Exchanges the route table; requests whose head has been read keep the old one. */
  public void reload(Router next) {
    router = next;
  }

  /** Finds who answers; any thread. */
  public ServerRequest accept(Exchange exchange, long nowNanos) {
    Router.Match match = router.match(exchange.routedMethod(), exchange.path());
    return new ServerRequest(exchange, match, ids, nowNanos);
  }

  /** Returns the largest body that may come with this request. */
  public long maxBodyBytes(ServerRequest request) {
    return request.match().entry().maxBodyBytes(maxBodyBytes);
  }

  /** Takes a permit, before a thread is made for a handler; false if there is none left. */
  public boolean tryEnter() {
    if (running.incrementAndGet() > maxConcurrent) {
      running.decrementAndGet();
      return false;
    }
    return true;
  }

  /**
   * Takes a permit beyond the limit, for a response that is already there and takes time to send.
   */
  public void enter() {
    running.incrementAndGet();
  }

  /** Gives a permit back. */
  public void leave() {
    running.decrementAndGet();
  }

  /** Returns how many permits are taken. */
  public int running() {
    return running.get();
  }

  /** Returns who counts and reports requests. */
  public RequestReports reports() {
    return reports;
  }

  /** Runs the handler on the calling thread; whatever it throws becomes a response. */
  public Response handle(ServerRequest request) {
    reports.started(request);
    if (mdc) {
      MDC.put(MDC_KEY, request.requestId());
    }
    try {
      Response response = request.match().entry().pipeline().handle(request);
      return Objects.requireNonNull(response, "the handler returned null");
    } catch (RequestBodyException e) {
      return Response.text(e.getMessage() + "\n").status(e.status());
    } catch (Throwable e) {
      failed(request, e);
      return Response.text("Internal Server Error\n").status(500);
    } finally {
      // A handler's interrupt must not close the socket under the response.
      boolean _ = Thread.interrupted();
      if (mdc) {
        // All of it: the next request on this thread may be somebody else's.
        MDC.clear();
      }
    }
  }

  /** Reports that a handler runs for longer than it may; on the loop. */
  public void overdue(ServerRequest request) {
    LOG.warn(
        "request {} has run for too long, its thread is interrupted: {} {}",
        request.requestId(),
        LogText.escape(request.method()),
        LogText.escape(request.path()));
  }

  /** Runs what belongs to a request, with its id in the logs; on the calling thread. */
  public void within(ServerRequest request, Runnable work) {
    if (!mdc) {
      work.run();
      return;
    }
    MDC.put(MDC_KEY, request.requestId());
    try {
      work.run();
    } finally {
      MDC.remove(MDC_KEY);
    }
  }

  /** Reports that a handler, or the body it made, failed; any thread. */
  public void failed(ServerRequest request, Throwable cause) {
    request.fail(cause);
    if (request.connected()) {
      LOG.error(
          "request {} failed: {} {}",
          request.requestId(),
          LogText.escape(request.method()),
          LogText.escape(request.path()),
          SafeThrowable.of(cause));
    } else {
      LOG.debug("request {} ended after its peer had gone", request.requestId());
    }
  }
}
