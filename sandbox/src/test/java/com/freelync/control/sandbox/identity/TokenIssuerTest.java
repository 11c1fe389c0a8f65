package com.freelync.control.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.sandbox.http.TestClient;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SE-1: the local identity issuer")
class TokenIssuerTest {
  @TempDir Path directory;

  @Test
  void aTokenIsVerifiedByThePublishedKeys() throws Exception {
    try (var issuer = TokenIssuer.start(directory, 0)) {
      var client = new TestClient(issuer.address());
      var reply = client.post("/token", "{\"person\":\"founder\"}");
      SignedJWT token = SignedJWT.parse(reply.body().get("access_token").asText());
      assertThat(token.verify(new ECDSAVerifier(published(client, token)))).isTrue();
      var claims = token.getJWTClaimsSet();
      assertThat(claims.getIssuer()).isEqualTo(issuer.address().toString());
      assertThat(claims.getAudience()).containsExactly("control-center");
      assertThat(claims.getSubject()).isEqualTo("founder");
      assertThat(claims.getStringListClaim("roles")).containsExactly("CEO", "CFO", "ADMIN");
      assertThat(claims.getStringClaim("email")).isEqualTo("founder@freelync.com");
      assertThat(client.get("/jwks.json").body().toString()).doesNotContain("\"d\":");
      assertThat(client.get("/.well-known/openid-configuration").body().get("jwks_uri").asText())
          .isEqualTo(issuer.jwksUri().toString());
    }
  }

  @Test
  void theKeyIsKeptForItsOwnerAlone() throws Exception {
    SignedJWT token;
    try (var issuer = TokenIssuer.start(directory, 0)) {
      token = SignedJWT.parse(issuer.token("cfo"));
    }
    try (var issuer = TokenIssuer.start(directory, 0)) {
      ECKey key = published(new TestClient(issuer.address()), token);
      assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("issuer-key.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aForgedTokenDoesNotVerify() throws Exception {
    try (var issuer = TokenIssuer.start(directory, 0)) {
      SignedJWT token = SignedJWT.parse(issuer.forgedToken("cfo"));
      ECKey key = published(new TestClient(issuer.address()), token);
      assertThat(token.verify(new ECDSAVerifier(key))).isFalse();
    }
  }

  @Test
  void aFormWorksTooAndAnUnknownPersonIsRefused() {
    try (var issuer = TokenIssuer.start(directory, 0)) {
      var client = new TestClient(issuer.address());
      String form = "application/x-www-form-urlencoded";
      assertThat(client.post("/token", "person=cto", "Content-Type", form).status()).isEqualTo(200);
      var refused = client.post("/token", "person=nobody", "Content-Type", form);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body().get("errors").get(0).get("field").asText()).isEqualTo("/person");
      assertThatThrownBy(() -> issuer.token("nobody")).hasMessageContaining("executive");
    }
  }

  private static ECKey published(TestClient client, SignedJWT token) throws Exception {
    JWKSet keys = JWKSet.parse(client.get("/jwks.json").body().toString());
    return keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
  }
}
