package com.freelync.control.api.security;

import com.freelync.control.approval.Role;
import com.freelync.control.identity.Person;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies bearer tokens: signed JWTs of one issuer, by its published keys (RFC 7519, RFC 8725).
 */
public final class TokenVerifier {
  private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** Asymmetric signatures only: neither {@code none} nor a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);

  private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

  private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

  /**
   * Whose signature held a moment ago. Verifying it again is a fifth of a request's CPU time; a key
   * that the issuer withdraws is trusted that much longer. Everything else is judged each time.
   */
  private final Cache<String, JWTClaimsSet> signed =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  private final JWKSource<SecurityContext> keys;
  private final TokenSettings settings;
  private final Clock clock;

  public TokenVerifier(TokenSettings settings, JWKSource<SecurityContext> keys, Clock clock) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
    signatures.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // The claims are checked here, so that a refusal can name the subject once the signature holds.
    signatures.setJWTClaimsSetVerifier((claims, context) -> {});
  }

  /** What a token proves. */
  public sealed interface Verdict {
    /**
     * It is the person's.
     *
     * @param until from when on it is refused
     */
    record Valid(Person person, Instant until) implements Verdict {}

    /**
     * It proves nothing.
     *
     * @param reason safe to tell
     * @param subject whom the issuer gave it to; null unless its signature holds
     */
    record Refused(String reason, @Nullable String subject) implements Verdict {}

    /** The issuer's keys could not be read, so nobody can say. */
    record Unknown() implements Verdict {}
  }

  /** Verifies a token. */
  public Verdict verify(String token) {
    try {
      JWTClaimsSet claims = signed.getIfPresent(token);
      if (claims == null) {
        claims = signatures.process(token, null);
        signed.put(token, claims);
      }
      return judge(claims);
    } catch (ParseException e) {
      return new Verdict.Refused("The token is not a JWT.", null);
    } catch (BadJOSEException e) {
      return new Verdict.Refused("The token's signature or algorithm is not accepted.", null);
    } catch (RateLimitReachedException e) {
      // The keys were asked for a moment ago: if there are any, this one is not among them.
      return hasKeys()
          ? new Verdict.Refused("The token is signed with an unknown key.", null)
          : new Verdict.Unknown();
    } catch (KeySourceException e) {
      log.warn("the keys of the identity provider cannot be read: {}", e.getMessage());
      return new Verdict.Unknown();
    } catch (JOSEException e) {
      return new Verdict.Refused("The token's signature cannot be verified.", null);
    }
  }

  private boolean hasKeys() {
    try {
      return !keys.get(ANY, null).isEmpty();
    } catch (KeySourceException e) {
      return false;
    }
  }

  private Verdict judge(JWTClaimsSet claims) {
    Instant now = clock.instant();
    String subject = claims.getSubject();
    if (subject == null || !SUBJECT.matcher(subject).matches()) {
      return new Verdict.Refused("The token names no subject.", null);
    }
    if (!settings.issuer().equals(claims.getIssuer())) {
      return new Verdict.Refused("The token is of another issuer.", null);
    }
    if (!claims.getAudience().contains(settings.audience())) {
      return new Verdict.Refused("The token is for another audience.", subject);
    }
    Date expiry = claims.getExpirationTime();
    if (expiry == null || expiry.toInstant().plus(SKEW).isBefore(now)) {
      return new Verdict.Refused("The token has expired.", subject);
    }
    if (claims.getNotBeforeTime() != null
        && claims.getNotBeforeTime().toInstant().minus(SKEW).isAfter(now)) {
      return new Verdict.Refused("The token is not valid yet.", subject);
    }
    return new Verdict.Valid(
        new Person(subject, text(claims, "name"), roles(claims)), expiry.toInstant().plus(SKEW));
  }

  private Set<Role> roles(JWTClaimsSet claims) {
    Set<Role> roles = new LinkedHashSet<>();
    Object claim = claims.getClaim(settings.rolesClaimOrDefault());
    List<?> names = claim instanceof List<?> list ? list : List.of();
    for (Object name : names) {
      if (name instanceof String word && Role.isValid(word)) {
        roles.add(new Role(word));
      }
    }
    return roles;
  }

  private static @Nullable String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : null;
  }
}
