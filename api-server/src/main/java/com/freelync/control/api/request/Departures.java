package com.freelync.control.api.request;

import com.freelync.control.database.Cancellation;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client has gone away while its answer is being made, and ends the work.
 *
 * <p>A server of HTTP/1.1 does not look at a connection while it makes an answer. So after a moment
 * the connection is read now and then: its end means that nobody waits. A client that sends its
 * next request without waiting for the answer (pipelining) loses what was read of it: the
 * connection is closed after this answer, and RFC 9112, section 9.3.2, has it send that request
 * again.
 */
public final class Departures implements Cancellation, AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ThreadLocal<@Nullable Exchange> current = new ThreadLocal<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("departures").daemon().factory());

  private record Exchange(EndPoint connection, HttpServletResponse response) {}

  /** The filter that knows which request a thread serves. */
  public Filter filter() {
    return (request, response, chain) -> {
      if (request instanceof HttpServletRequest asked
          && response instanceof HttpServletResponse answer) {
        current.set(
            new Exchange(
                ServletContextRequest.getServletContextRequest(asked)
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint(),
                answer));
      }
      try {
        chain.doFilter(request, response);
      } finally {
        current.remove();
      }
    };
  }

  @Override
  public Watch watch(Runnable cancel) {
    Exchange exchange = current.get();
    return exchange == null ? () -> {} : new Probe(exchange, cancel);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Looks at one connection until the work is over. */
  private final class Probe implements Watch {
    private final Exchange exchange;
    private final Runnable cancel;
    private final ScheduledFuture<?> looking;
    private boolean isOver;
    private boolean isGone;
    private boolean hasMore;

    Probe(Exchange exchange, Runnable cancel) {
      this.exchange = exchange;
      this.cancel = cancel;
      this.looking =
          clock.scheduleWithFixedDelay(
              this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
      if (isOver || hasMore) {
        return;
      }
      isGone = isGone || isAtEnd();
      if (isGone) {
        // Again each time: between two statements there is nothing to end.
        cancel.run();
      }
    }

    private boolean isAtEnd() {
      try {
        int read = exchange.connection().fill(BufferUtil.allocate(1));
        hasMore = read > 0;
        return read < 0;
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public synchronized void close() {
      isOver = true;
      looking.cancel(false);
      if (hasMore) {
        exchange.response().setHeader("Connection", "close");
      }
    }
  }
}
