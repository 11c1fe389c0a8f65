package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Secrets that this process itself uses, such as to sign; nobody sees them. */
public final class SecretValues {
  private final Database database;
  private final AuditLog audit;
  private final SecretVault vault;

  public SecretValues(Database database, AuditLog audit, SecretVault vault) {
    this.database = database;
    this.audit = audit;
    this.vault = vault;
  }

  /** Whether a setting is kept encrypted. */
  public static boolean isSecret(Handle handle, String key) {
    return ChangeReader.isSecret(handle, key);
  }

  /** Whether a setting is a secret that has a value now. */
  public static boolean isSet(Handle handle, String key) {
    return handle
        .attach(ConfigurationDao.class)
        .active(key)
        .filter(VersionRow::isSecret)
        .isPresent();
  }

  /**
   * The active secret of a setting, in clear; the audit log is told of it first. Empty if the
   * setting is no secret or has no active value.
   *
   * @param purpose what it is used for, in words
   */
  public Optional<String> use(String key, Actor actor, String purpose) {
    record Sealed(VersionRow row, byte[] secret) {}
    return database
        .transaction(
            transaction -> {
              ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
              Optional<Sealed> found =
                  dao.active(key)
                      .filter(VersionRow::isSecret)
                      .flatMap(row -> dao.secret(row.id()).map(secret -> new Sealed(row, secret)));
              found.ifPresent(
                  kept ->
                      audit.record(
                          transaction,
                          AuditEntry.allowed(
                                  actor,
                                  "config.use",
                                  "configuration",
                                  kept.row().id().toString(),
                                  Map.of("key", key, "version", kept.row().version()))
                              .because(purpose)));
              return found;
            })
        .map(
            kept ->
                vault.open(
                    kept.secret(),
                    SecretVault.context(key, Objects.requireNonNull(kept.row().secretId()))));
  }
}
