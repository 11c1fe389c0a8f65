package com.freelync.control.api.problem;

import com.freelync.control.problem.FieldError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller can do about a request that the container could not read. The container's own words
 * for it are short, and speak of its inside.
 *
 * @param detail the cure
 * @param errors the header that is wrong, where it is one
 */
record Unreadable(String detail, List<FieldError> errors) {
  private static final String ADDRESS =
      "The address cannot be read. Write every character but letters, digits and - . _ ~ as % and"
          + " the two hexadecimal digits of each of its bytes in UTF-8 (a space is %20, % itself"
          + " %25). A part of a path is not empty, not .., and holds no /, \\ or NUL, encoded or"
          + " not.";

  static Unreadable of(int status, @Nullable String reason) {
    return switch (status) {
      case 414 -> new Unreadable("Shorten the address: 8 KB is the most here.", List.of());
      case 431 ->
          new Unreadable("Send fewer or shorter headers: 8 KB is the most here.", List.of());
      case 505 -> new Unreadable("Send it as HTTP/1.1.", List.of());
      default -> of(reason == null ? "" : reason.toLowerCase(Locale.ROOT));
    };
  }

  private static Unreadable of(String reason) {
    if (reason.contains("content-length")) {
      return header("Content-Length", "Content-Length is the number of the body's bytes, once");
    }
    if (reason.contains("transfer-encoding")) {
      return header("Transfer-Encoding", "Transfer-Encoding is chunked, or left out");
    }
    if (reason.contains("host")) {
      return header("Host", "Host names this server, once");
    }
    if (reason.contains("uri") || reason.contains("path") || reason.contains("utf-")) {
      return new Unreadable(ADDRESS, List.of());
    }
    if (reason.startsWith("illegal character")) {
      return new Unreadable(
          "The request line or a header holds a character that cannot stand there. In an address,"
              + " write it as % and two hexadecimal digits; write a header as Name: value.",
          List.of());
    }
    return new Unreadable(ADDRESS + " Write each header as Name: value.", List.of());
  }

  private static Unreadable header(String name, String message) {
    return new Unreadable(message + ".", List.of(new FieldError(name, "header", message)));
  }
}
