package com.freelync.control.sandbox.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/** The issuer's key pair, kept in a file that only its owner can read. */
final class SigningKey {
  private SigningKey() {}

  static ECKey readOrCreate(Path directory) throws IOException {
    Path file = directory.resolve("issuer-key.json");
    try {
      if (Files.exists(file)) {
        return ECKey.parse(Files.readString(file));
      }
      ECKey key = generate();
      Files.createDirectories(directory);
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path unfinished = Files.createTempFile(directory, "issuer-key", ".part", ownerOnly);
      Files.writeString(unfinished, key.toJSONString());
      Files.move(unfinished, file);
      return key;
    } catch (ParseException e) {
      throw new IOException("Not a key: " + file, e);
    }
  }

  static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("This JVM has no ES256", e);
    }
  }
}
