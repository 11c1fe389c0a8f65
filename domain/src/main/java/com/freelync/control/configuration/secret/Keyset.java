package com.freelync.control.configuration.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.TreeSet;

/** Keys of AES-256-GCM, of which one, the primary, encrypts and all decrypt; the last is newest. */
final class Keyset {
  private final KeysetHandle handle;
  private final Aead aead;

  private Keyset(KeysetHandle handle) throws GeneralSecurityException {
    this.handle = handle;
    this.aead = handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /** One new key, the primary. */
  static Keyset generate() throws GeneralSecurityException {
    AeadConfig.register();
    return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws GeneralSecurityException where it is anything else
   */
  static Keyset fromJson(String json) throws GeneralSecurityException {
    AeadConfig.register();
    KeysetHandle handle =
        TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
    for (int i = 0; i < handle.size(); i++) {
      // Only this kind says in what it seals which key it was.
      if (!handle.getAt(i).getKey().getParameters().equals(PredefinedAeadParameters.AES256_GCM)
          || handle.getAt(i).getStatus() != KeyStatus.ENABLED) {
        throw new GeneralSecurityException("a key of another kind");
      }
    }
    return new Keyset(handle);
  }

  String toJson() throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
  }

  /** The same with one more key, which only decrypts as yet. */
  Keyset withNewKey() throws GeneralSecurityException {
    return new Keyset(
        KeysetHandle.newBuilder(handle)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId())
            .build());
  }

  /** The same with its newest key as the primary. */
  Keyset withNewestAsPrimary() throws GeneralSecurityException {
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
    builder.getAt(builder.size() - 1).makePrimary();
    return new Keyset(builder.build());
  }

  int primaryId() {
    return handle.getPrimary().getId();
  }

  int newestId() {
    return handle.getAt(handle.size() - 1).getId();
  }

  Set<Integer> ids() {
    Set<Integer> ids = new TreeSet<>();
    for (int i = 0; i < handle.size(); i++) {
      ids.add(handle.getAt(i).getId());
    }
    return ids;
  }

  Aead aead() {
    return aead;
  }
}
