package com.freelync.control.api.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.problem.FieldError;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query, a Content-Type and a Content-Encoding that nobody here can read. Jersey and the
 * container meet them before any filter of Jersey's: they would fail on some, and guess at others.
 */
public final class ReadableRequest implements Filter {
  private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  /** The container has unpacked gzip, and taken the header away, before this sees the request. */
  private static final Set<String> ENCODINGS = Set.of("", "identity", "gzip");

  private final ObjectMapper json;

  public ReadableRequest(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<Problem> problem =
        ofType(http.getHeader(HttpHeaders.CONTENT_TYPE))
            .or(() -> ofEncoding(http.getHeader(HttpHeaders.CONTENT_ENCODING)))
            .or(() -> ofQuery(http.getQueryString()));
    if (problem.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setStatus(problem.get().status());
    answer.setContentType(Problem.MEDIA_TYPE);
    answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    answer.getOutputStream().write(json.writeValueAsBytes(problem.get()));
  }

  private static Optional<Problem> ofType(@Nullable String type) {
    if (type == null) {
      return Optional.empty();
    }
    try {
      String charset = MediaType.valueOf(type).getParameters().get(MediaType.CHARSET_PARAMETER);
      if (charset == null || CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      return problem(
          ProblemType.MALFORMED,
          HttpHeaders.CONTENT_TYPE,
          "media_type",
          "Content-Type is a media type such as application/json");
    }
    return problem(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        HttpHeaders.CONTENT_TYPE,
        "charset",
        "bodies are read in UTF-8: write charset=utf-8 in Content-Type, or no charset");
  }

  private static Optional<Problem> ofEncoding(@Nullable String encoding) {
    if (encoding == null || ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return problem(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        HttpHeaders.CONTENT_ENCODING,
        "encoding",
        "Content-Encoding is gzip here, once, or left out with a body that is not compressed");
  }

  private static Optional<Problem> ofQuery(@Nullable String query) {
    return query == null
        ? Optional.empty()
        : Arrays.stream(query.split("&"))
            .filter(parameter -> !isEncoded(parameter))
            .findFirst()
            .flatMap(
                parameter ->
                    problem(
                        ProblemType.MALFORMED,
                        parameter.replaceAll("=.*", "").replaceAll("[^A-Za-z0-9_.-]", "?"),
                        "encoding",
                        "a query is percent-encoded UTF-8: after each % stand two hexadecimal"
                            + " digits, and % itself is %25"));
  }

  private static boolean isEncoded(String parameter) {
    try {
      String bytes = URLDecoder.decode(parameter, StandardCharsets.ISO_8859_1);
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
      return true;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return false;
    }
  }

  private static Optional<Problem> problem(
      ProblemType type, String header, String code, String message) {
    return Optional.of(Problem.of(type, message, List.of(new FieldError(header, code, message))));
  }
}
