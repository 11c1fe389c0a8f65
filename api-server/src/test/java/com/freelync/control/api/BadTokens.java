package com.freelync.control.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens that prove nothing. */
final class BadTokens {
  private BadTokens() {}

  /** Values of the Authorization header that are wrong in one way each. */
  static Map<String, String> of(TestApi api, String person) throws Exception {
    Instant now = Instant.now();
    String good = api.token(person);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("signed by a foreign key", api.issuer.forgedToken(person));
    tokens.put(
        "expired",
        api.issuer.token(person, claims -> claims.expirationTime(Date.from(now.minusSeconds(60)))));
    tokens.put("without expiry", api.issuer.token(person, claims -> claims.expirationTime(null)));
    tokens.put(
        "not yet valid",
        api.issuer.token(person, claims -> claims.notBeforeTime(Date.from(now.plusSeconds(300)))));
    tokens.put("of a wrong audience", api.issuer.token(person, claims -> claims.audience("bank")));
    tokens.put("without an audience", api.issuer.token(person, c -> c.audience((String) null)));
    tokens.put("of a wrong issuer", api.issuer.token(person, c -> c.issuer("https://evil.test")));
    tokens.put("without a subject", api.issuer.token(person, claims -> claims.subject(null)));
    tokens.put("alg none", new PlainJWT(claims(good)).serialize());
    tokens.put("HMAC with the public key", withPublicKeyAsSecret(api, good));
    tokens.put("with changed claims", changed(good));
    tokens.put("no JWT", "abc");
    Map<String, String> headers = new LinkedHashMap<>();
    tokens.forEach((kind, token) -> headers.put(kind, "Bearer " + token));
    headers.put("empty", "Bearer ");
    headers.put("of another scheme", "Basic YWRtaW46YWRtaW4=");
    headers.put("two tokens", "Bearer " + good + " " + good);
    return headers;
  }

  private static JWTClaimsSet claims(String token) throws ParseException {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }

  /** The classic confusion: the published key taken as the secret of an HMAC. */
  private static String withPublicKeyAsSecret(TestApi api, String good)
      throws ParseException, JOSEException, IOException {
    var key = JWKSet.load(api.issuer.jwksUri().toURL()).getKeys().getFirst().toECKey();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims(good));
    token.sign(new MACSigner(key.toECPublicKey().getEncoded()));
    return token.serialize();
  }

  private static String changed(String good) throws ParseException {
    String[] parts = good.split("\\.");
    var more =
        new JWTClaimsSet.Builder(claims(good)).claim("roles", java.util.List.of("ADMIN", "CEO"));
    String payload =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                more.build().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return parts[0] + "." + payload + "." + parts[2];
  }
}
