package com.freelync.control.api.idempotency;

import com.freelync.control.api.table.Table;
import com.freelync.control.idempotency.IdempotentCalls;
import com.freelync.control.idempotency.KeptAnswer;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the answer to a call with an idempotency key before it is sent. Answers of the server's own
 * failures (5xx), of a full limit (429), and those marked {@code Cache-Control: no-store} (a
 * revealed secret) are never kept.
 */
@Priority(1)
final class AnswerKeeper implements ContainerResponseFilter, WriterInterceptor {
  private static final Logger log = LoggerFactory.getLogger(AnswerKeeper.class);
  private static final String STATUS = AnswerKeeper.class.getName();
  private static final List<String> KEPT_HEADERS =
      List.of(
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.CONTENT_DISPOSITION,
          HttpHeaders.LOCATION,
          HttpHeaders.ETAG);

  private final IdempotentCalls calls;

  AnswerKeeper(IdempotentCalls calls) {
    this.calls = calls;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(request.getProperty(OpenCall.PROPERTY) instanceof OpenCall call)) {
      return;
    }
    String caching = response.getHeaderString(HttpHeaders.CACHE_CONTROL);
    int status = response.getStatus();
    if (status >= 500 || status == 429 || (caching != null && caching.contains("no-store"))) {
      request.removeProperty(OpenCall.PROPERTY);
      attempt(() -> calls.released(call.caller(), call.key(), call.claim()));
    } else if (response.hasEntity()) {
      request.setProperty(STATUS, status);
    } else {
      keep(call, new KeptAnswer(status, Map.of(), new byte[0]));
    }
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
    if (!(answer.getProperty(OpenCall.PROPERTY) instanceof OpenCall call)
        || !(answer.getProperty(STATUS) instanceof Integer status)) {
      answer.proceed();
      return;
    }
    OutputStream client = answer.getOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    answer.setOutputStream(body);
    answer.proceed();
    Map<String, String> headers = new HashMap<>();
    List<String> kept = new ArrayList<>(KEPT_HEADERS);
    if (answer.getEntity() instanceof Table table) {
      kept.addAll(table.facts().keySet());
    }
    for (String name : kept) {
      Object value = answer.getHeaders().getFirst(name);
      if (value != null) {
        headers.put(name, text(value));
      }
    }
    keep(call, new KeptAnswer(status, headers, body.toByteArray()));
    body.writeTo(client);
  }

  private static String text(Object header) {
    return header instanceof jakarta.ws.rs.core.EntityTag tag
        ? '"' + tag.getValue() + '"'
        : header.toString();
  }

  private void keep(OpenCall call, KeptAnswer answer) {
    attempt(() -> calls.answered(call.caller(), call.key(), call.claim(), answer));
  }

  /** The effect has happened: an answer that cannot be kept is sent all the same. */
  private static void attempt(Runnable storing) {
    try {
      storing.run();
    } catch (JdbiException e) {
      log.error("the answer to a call with an idempotency key could not be kept", e);
    }
  }
}
