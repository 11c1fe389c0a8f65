package com.freelync.control.sandbox.identity;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Fields;
import com.freelync.control.sandbox.http.JsonServer;
import com.freelync.control.sandbox.http.Problem;
import com.freelync.control.sandbox.http.Request;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A local OpenID issuer for {@link SamplePeople}: tokens are JWTs (ES256) for the audience {@code
 * control-center}, good for 12 hours. Whoever reaches it gets a token: for the local stack only.
 */
public final class TokenIssuer implements AutoCloseable {
  /** The audience of its tokens. */
  public static final String AUDIENCE = "control-center";

  /** How long a token is good. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  private final ECKey key;
  private final JsonServer server;

  private TokenIssuer(ECKey key, int preferredPort) {
    this.key = key;
    this.server =
        new JsonServer.Builder()
            .on("GET /.well-known/openid-configuration", request -> configuration())
            .on("GET /jwks.json", request -> keys())
            .on("POST /token", this::issue)
            .start(preferredPort);
  }

  /**
   * Starts with the key kept in the directory, made at the first start.
   *
   * @param preferredPort taken when free, else another one; 0 for any
   */
  public static TokenIssuer start(Path keyDirectory, int preferredPort) {
    try {
      return new TokenIssuer(SigningKey.readOrCreate(keyDirectory), preferredPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, which is also the {@code iss} of its tokens. */
  public URI address() {
    return server.address();
  }

  /** Where its public keys are. */
  public URI jwksUri() {
    return address().resolve("/jwks.json");
  }

  /**
   * A token of one of the sample people.
   *
   * @throws IllegalArgumentException when there is no such person
   */
  public String token(String person) {
    return token(person, UnaryOperator.identity());
  }

  /** A token whose claims were changed before it was signed. For negative tests. */
  public String token(String person, UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(key, change.apply(claims(person)).build());
  }

  /** A token like this issuer's, with its key id, signed by a key that it never had. */
  public String forgedToken(String person) {
    ECKey foreign = new ECKey.Builder(SigningKey.generate()).keyID(key.getKeyID()).build();
    return signed(foreign, claims(person).build());
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.close();
  }

  private JWTClaimsSet.Builder claims(String person) {
    List<String> roles = SamplePeople.ROLES.get(person);
    if (roles == null) {
      throw new IllegalArgumentException(
          "No person '%s'; there are %s"
              .formatted(person, SamplePeople.ROLES.keySet().stream().sorted().toList()));
    }
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .jwtID(UUID.randomUUID().toString())
        .issuer(address().toString())
        .audience(AUDIENCE)
        .subject(person)
        .claim("name", SamplePeople.displayName(person))
        .claim("email", person + "@freelync.com")
        .claim("roles", roles)
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFETIME)));
  }

  private static String signed(ECKey key, JWTClaimsSet claims) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("Cannot sign a token", e);
    }
  }

  private Answer configuration() {
    return Answer.json(
        200,
        Map.of(
            "issuer", address().toString(),
            "jwks_uri", jwksUri().toString(),
            "token_endpoint", address().resolve("/token").toString(),
            "response_types_supported", List.of("token"),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("ES256")));
  }

  private Answer keys() {
    return Answer.json(200, new JWKSet(key.toPublicJWK()).toJSONObject(true));
  }

  private Answer issue(Request request) {
    String person = person(request);
    if (!SamplePeople.ROLES.containsKey(person)) {
      throw Problem.invalid(
          List.of(
              new Problem.FieldError(
                  "/person",
                  "value",
                  "person has to be one of "
                      + SamplePeople.ROLES.keySet().stream().sorted().toList())));
    }
    return Answer.json(
        200,
        Map.of(
            "access_token", token(person),
            "token_type", "Bearer",
            "expires_in", LIFETIME.toSeconds()));
  }

  private static String person(Request request) {
    String type = request.header("Content-Type").orElse("");
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      Fields fields = request.fields();
      String person = fields.text("person", 100, null);
      fields.check();
      return person;
    }
    for (String pair : new String(request.body(), StandardCharsets.UTF_8).split("&")) {
      if (pair.startsWith("person=")) {
        try {
          return URLDecoder.decode(pair.substring("person=".length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          throw Problem.of(400, "malformed", "The form has a wrong escape");
        }
      }
    }
    return "";
  }
}
