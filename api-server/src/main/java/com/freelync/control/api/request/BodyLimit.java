package com.freelync.control.api.request;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Refuses bodies above a size: by their announced length at once, else while they are read. */
@PreMatching
@Priority(0)
public final class BodyLimit implements ContainerRequestFilter {
  private static final int SMALL = 64 * 1024;

  private final long limit;

  /**
   * Makes the filter.
   *
   * @param limit bytes
   */
  public BodyLimit(long limit) {
    this.limit = limit;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String announced = request.getHeaderString("Content-Length");
    if (announced != null && Long.parseLong(announced) > limit) {
      throw tooLarge();
    }
    Counting body = new Counting(request.getEntityStream());
    // A small body is read before anything is refused: else the container closes the connection
    // under a client that is still sending it, and the client sees no answer.
    request.setEntityStream(
        announced != null && Long.parseLong(announced) <= SMALL
            ? new ByteArrayInputStream(body.readAllBytes())
            : body);
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.TOO_LARGE, "A body has at most " + limit + " bytes here.");
  }

  @FunctionalInterface
  private interface Reading {
    int read() throws IOException;
  }

  private final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = unpacked(super::read);
      counted(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = unpacked(() -> super.read(buffer, offset, length));
      counted(Math.max(read, 0));
      return read;
    }

    /** The container unpacks gzip as it is read, and fails with what it happens to meet. */
    private static int unpacked(Reading next) throws IOException {
      try {
        return next.read();
      } catch (IOException | RuntimeException e) {
        if (e instanceof ZipException || e.getCause() instanceof ZipException) {
          throw ProblemException.malformed(
              HttpHeaders.CONTENT_ENCODING,
              "gzip",
              "the body is not gzip, as Content-Encoding says: compress it, or leave that out");
        }
        throw e;
      }
    }

    private void counted(int more) {
      count += more;
      if (count > limit) {
        throw tooLarge();
      }
    }
  }
}
