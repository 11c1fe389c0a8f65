package com.freelync.control.notification;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The mail server, and as whom mails are sent.
 *
 * @param tls how the connection is protected
 * @param user who logs in; null for nobody
 * @param from the sender's address
 * @param publicUrl where people reach the control center: paths in mails are completed by it
 */
public record MailSettings(
    @JsonProperty(required = true) String host,
    @JsonProperty(required = true) int port,
    @JsonProperty(required = true) Tls tls,
    @Nullable String user,
    @Nullable String password,
    @JsonProperty(required = true) String from,
    @JsonProperty(required = true) String publicUrl) {

  /** How the connection to the mail server is protected. */
  public enum Tls {
    /** It begins in the clear and must turn to TLS before anything is said (STARTTLS). */
    REQUIRED,
    /** It is TLS from the first byte, as on port 465. */
    IMPLICIT,
    /** In the clear, for a server on the same machine. */
    NONE;

    /** Reads {@code required}, {@code implicit} or {@code none}. */
    @com.fasterxml.jackson.annotation.JsonCreator
    public static Tls of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  @Override
  public String toString() {
    return "MailSettings[" + host + ":" + port + ", " + tls + "]";
  }
}
