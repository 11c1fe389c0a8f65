package com.freelync.control.configuration;

import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.UUID;

/** Seals secrets and opens them, for who has the keys. */
public interface SecretVault {
  /** Of a process that has no keys: it keeps no secret and shows none. */
  SecretVault NONE =
      new SecretVault() {
        @Override
        public byte[] seal(String clear, String context) {
          throw without();
        }

        @Override
        public String open(byte[] sealed, String context) {
          throw without();
        }

        private RequestRefused without() {
          return new RequestRefused.IllegalMove(
              "This process has no keys for secrets: name a keyset in its configuration.",
              List.of());
        }
      };

  /** Seals it, so that it opens in this context alone. */
  byte[] seal(String clear, String context);

  /** Opens it. */
  String open(byte[] sealed, String context);

  /** What a secret is sealed for: in another setting or version it does not open. */
  static String context(String key, UUID secretId) {
    return key + "/" + secretId;
  }
}
