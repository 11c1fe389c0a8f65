package com.freelync.control.configuration;

import com.freelync.control.configuration.secret.Secrets;

/** A vault whose keys are those of a file. */
public record KeysetVault(Secrets secrets) implements SecretVault {
  @Override
  public byte[] seal(String clear, String context) {
    return secrets.encrypt(clear, context);
  }

  @Override
  public String open(byte[] sealed, String context) {
    return secrets.decrypt(sealed, context);
  }
}
