package com.freelync.control.api.request;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Lets a sender whose body was refused read why. A connection that is closed while its sender still
 * sends is reset, and the answer is lost with it; so the answer goes out first, then what still
 * comes is dropped for a moment.
 */
public final class LingeringClose implements Filter {
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final Duration LONGEST = Duration.ofSeconds(2);

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (((HttpServletResponse) response).getStatus()
        == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
      try {
        response.flushBuffer();
        drop(request.getInputStream());
      } catch (IOException | IllegalStateException e) {
        // The sender is gone or the container has closed the stream: nobody waits for more.
        return;
      }
    }
  }

  private static void drop(InputStream body) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long end = System.nanoTime() + LONGEST.toNanos();
    long dropped = 0;
    int read = 0;
    while (read >= 0 && dropped < MOST_BYTES && System.nanoTime() < end) {
      read = body.read(buffer);
      dropped += Math.max(read, 0);
    }
  }
}
