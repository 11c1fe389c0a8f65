package com.freelync.control.webhook;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.SecretValues;
import com.google.common.hash.Hashing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Calls to systems outside, signed with a secret that stands in a setting. */
public final class Webhooks {
  /** The setting that signs where no other one is named. */
  public static final String SECRET = "integration.webhook.secret";

  /**
   * The settings that are for webhooks. Any other secret would leave the house by an automation,
   * past those who may reveal it.
   */
  private static final String FAMILY = "integration.webhook.";

  private final SecretValues secrets;
  private final WebhookSender sender;

  public Webhooks(SecretValues secrets, WebhookSender sender) {
    this.secrets = secrets;
    this.sender = sender;
  }

  /**
   * What is to be called, with names of settings in place of secrets.
   *
   * @param key what makes it the same call, however often it is made
   * @param secret the setting whose secret signs it; null for a call that is not signed
   * @param authorization the setting whose secret is its Authorization; null for none
   */
  public record Order(
      String key,
      URI url,
      String method,
      String body,
      Map<String, String> headers,
      @Nullable String secret,
      @Nullable String authorization) {
    public Order {
      headers = Map.copyOf(headers);
    }

    /** The settings whose secrets it needs. */
    List<String> secrets() {
      return Stream.of(Optional.ofNullable(secret), Optional.ofNullable(authorization))
          .flatMap(Optional::stream)
          .toList();
    }

    /** Without address and words, which have no place in a log. */
    @Override
    public String toString() {
      return "Order[" + id(key) + "]";
    }
  }

  /** The id by which receivers know a call again. */
  public static String id(String key) {
    return "msg_"
        + Hashing.sha256().hashString(key, StandardCharsets.UTF_8).toString().substring(0, 32);
  }

  /** Why a definition may not name this setting for its secret; null if it may. */
  public static @Nullable String objection(Handle handle, String key) {
    return key.startsWith(FAMILY) && SecretValues.isSecret(handle, key)
        ? null
        : "name an encrypted setting whose key begins with " + FAMILY;
  }

  /** Why a call cannot have this setting's secret now; null if it can. */
  public static @Nullable String lack(Handle handle, String key) {
    String objection = objection(handle, key);
    return objection == null && !SecretValues.isSet(handle, key) ? without(key) : objection;
  }

  /** Makes the call for someone. */
  public WebhookAnswer call(Order order, Actor actor) {
    Optional<String> signing = secret(order.secret(), actor);
    if (order.secret() != null && signing.isEmpty()) {
      return new WebhookAnswer.Refused(without(order.secret()));
    }
    Map<String, String> headers = new LinkedHashMap<>(order.headers());
    if (order.authorization() != null) {
      Optional<String> authorization = secret(order.authorization(), actor);
      if (authorization.isEmpty()) {
        return new WebhookAnswer.Refused(without(order.authorization()));
      }
      headers.put("authorization", authorization.get());
    }
    return sender.send(
        new WebhookCall(
            id(order.key()),
            order.url(),
            order.method(),
            order.body(),
            headers,
            signing.orElse(null)));
  }

  private static String without(String key) {
    return "The setting " + key + " has no secret for webhooks that is active.";
  }

  private Optional<String> secret(@Nullable String key, Actor actor) {
    return key == null || !key.startsWith(FAMILY)
        ? Optional.empty()
        : secrets.use(key, actor, "A webhook is called.");
  }
}
