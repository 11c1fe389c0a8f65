package com.freelync.control.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.request.RequestId;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's own errors (bad addresses, headers too large, bad framing) as problem documents. */
public final class ContainerErrors extends ErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ContainerErrors.class);
  private static final int HTTP_VERSION = ProblemType.HTTP_VERSION.status();
  private final ObjectMapper json;

  public ContainerErrors(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return !method.equals("HEAD");
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    String id = RequestId.of(request);
    boolean isStopping = status == ProblemType.UNAVAILABLE.status() && cause == null;
    if (status >= 500
        && status != HTTP_VERSION
        && !isStopping
        && !(cause instanceof HttpException)) {
      log.error("request_id={}: the container failed", id, cause);
    }
    response.getHeaders().put(RequestId.HEADER, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(document(status, id, message)), callback);
  }

  @Override
  public ByteBuffer badMessageError(
      int status, @Nullable String reason, HttpFields.Mutable headers) {
    String id = RequestId.make();
    headers.put(RequestId.HEADER, id);
    headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return ByteBuffer.wrap(document(status, id, reason));
  }

  private byte[] document(int status, String id, @Nullable String reason) {
    ProblemType type = ProblemType.ofStatus(status);
    Unreadable unreadable = Unreadable.of(status, reason);
    Problem problem =
        new Problem(
            type.path(),
            type.status() == status ? type.title() : HttpStatus.getMessage(status),
            status,
            status >= 500 && status != HTTP_VERSION
                ? "It was logged under this request_id."
                : unreadable.detail(),
            id,
            unreadable.errors(),
            null,
            false);
    try {
      return json.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always expressible", e);
    }
  }
}
