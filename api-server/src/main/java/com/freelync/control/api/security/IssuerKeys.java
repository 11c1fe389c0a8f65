package com.freelync.control.api.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;

/**
 * The issuer's published keys: cached for 5 minutes, refreshed ahead, and kept for 4 hours while the
 * issuer is away.
 */
public final class IssuerKeys {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration REFRESH_WAIT = Duration.ofSeconds(10);
  private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);
  private static final Duration BETWEEN_UNKNOWN_KEYS = Duration.ofSeconds(10);
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int LARGEST_BYTES = 256 * 1024;

  private IssuerKeys() {}

  /** The keys at an address. */
  public static JWKSource<SecurityContext> at(URI address) {
    try {
      return JWKSourceBuilder.create(
              address.toURL(),
              new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_BYTES))
          .cache(KEPT.toMillis(), REFRESH_WAIT.toMillis())
          .refreshAheadCache(Duration.ofMinutes(1).toMillis(), true)
          .rateLimited(BETWEEN_UNKNOWN_KEYS.toMillis())
          .retrying(true)
          .outageTolerant(KEPT_IN_OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the address of the issuer's keys is no URL", e);
    }
  }
}
