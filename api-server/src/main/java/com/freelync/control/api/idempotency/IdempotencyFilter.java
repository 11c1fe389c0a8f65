package com.freelync.control.api.idempotency;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.idempotency.Beginning;
import com.freelync.control.idempotency.IdempotentCalls;
import com.freelync.control.idempotency.KeptAnswer;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Gives the first answer again to a POST that repeats an {@code Idempotency-Key}. */
@Priority(Priorities.USER - 100)
final class IdempotencyFilter implements ContainerRequestFilter {
  static final String HEADER = "Idempotency-Key";

  static final String REPLAYED = "Idempotency-Replayed";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final IdempotentCalls calls;

  IdempotencyFilter(IdempotentCalls calls) {
    this.calls = calls;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String key = request.getHeaderString(HEADER);
    if (key == null || !(request.getProperty(Caller.PROPERTY) instanceof Caller caller)) {
      return;
    }
    if (!KEY.matcher(key).matches()) {
      throw ProblemException.malformed(
          HEADER, "key", "an idempotency key is 1 to 255 printable ASCII characters, no blanks");
    }
    byte[] body = request.getEntityStream().readAllBytes();
    request.setEntityStream(new ByteArrayInputStream(body));
    String subject = caller.person().subject();
    switch (calls.begin(subject, key, fingerprint(request, body))) {
      case Beginning.First first -> {
        request.setProperty(OpenCall.PROPERTY, new OpenCall(subject, key, first.claim()));
        request.setProperty(Caller.PROPERTY, caller.withIds(new SeededIds(first.seed())));
      }
      case Beginning.Answered answered -> request.abortWith(again(answered.answer()));
      case Beginning.InFlight inFlight ->
          throw new ProblemException(
              ProblemType.CALL_IN_FLIGHT, "Its answer comes when the first one is done.");
      case Beginning.OtherCall other ->
          throw new ProblemException(
              ProblemType.KEY_REUSED,
              "The same key came with another path or body: use a new key.");
    }
  }

  private static String fingerprint(ContainerRequestContext request, byte[] body) {
    var hash = new Fingerprint();
    hash.add(request.getMethod().getBytes(StandardCharsets.UTF_8));
    hash.add(
        request
            .getUriInfo()
            .getRequestUri()
            .getRawSchemeSpecificPart()
            .replaceFirst("^//[^/]*", "")
            .getBytes(StandardCharsets.UTF_8));
    hash.add(String.valueOf(request.getMediaType()).getBytes(StandardCharsets.UTF_8));
    hash.add(body);
    return hash.text();
  }

  private static Response again(KeptAnswer kept) {
    Response.ResponseBuilder answer = Response.status(kept.status()).header(REPLAYED, "true");
    kept.headers().forEach(answer::header);
    if (kept.body().length > 0) {
      answer.entity(kept.body());
    }
    return answer.build();
  }
}
