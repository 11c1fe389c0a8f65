package com.freelync.control.webhook;

import com.freelync.control.automation.ActionRefused;
import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a definition says of a call. */
public final class WebhookInputs {
  private static final int LONGEST_URL = 2_000;
  private static final int MOST_HEADERS = 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]{0,500}");

  /** What the protocol, or a setting, says, and no definition. */
  private static final Set<String> RESERVED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private WebhookInputs() {}

  /**
   * An address that may be called, as far as its text says.
   *
   * @throws ActionRefused if it is none
   */
  public static URI url(String text) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (text.length() > LONGEST_URL
          || !Set.of("http", "https").contains(scheme)
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || url.getRawFragment() != null) {
        throw new ActionRefused(
            "url", "url is an address such as https://example.com/hook, without user and fragment");
      }
      return url;
    } catch (URISyntaxException e) {
      throw new ActionRefused("url", "url is no address: " + e.getReason());
    }
  }

  /**
   * The headers of a call.
   *
   * @throws ActionRefused if one is not a definition's to say, or not of the protocol
   */
  static Map<String, String> headers(@Nullable Object given) {
    if (given == null) {
      return Map.of();
    }
    if (!(given instanceof Map<?, ?> map) || map.size() > MOST_HEADERS) {
      throw new ActionRefused("headers", "headers is an object of at most " + MOST_HEADERS);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key).toLowerCase(Locale.ROOT);
          if (RESERVED.contains(name)
              || name.startsWith("webhook-")
              || name.startsWith("proxy-")
              || name.startsWith("sec-")) {
            throw new ActionRefused(
                "headers",
                name.equals("authorization")
                    ? "a secret stays out of definitions: name its setting in authorization"
                    : "the header " + name + " is not for definitions to set");
          }
          if (!NAME.matcher(name).matches() || !VALUE.matcher(String.valueOf(value)).matches()) {
            throw new ActionRefused("headers", "the header " + key + " is not one of HTTP");
          }
          headers.put(name, String.valueOf(value));
        });
    return headers;
  }
}
