package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.configuration.value.ValueForm;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Secrets in clear, for who may read them. */
final class Reveals {
  private final Database database;
  private final AuditLog audit;
  private final SecretVault vault;

  Reveals(Database database, AuditLog audit, SecretVault vault) {
    this.database = database;
    this.audit = audit;
    this.vault = vault;
  }

  /**
   * A secret in clear, which the audit log is told of before it is answered.
   *
   * @throws RequestRefused.IllegalMove if it is none
   */
  Map<String, Object> reveal(UUID id, Actor actor, String reason) {
    record Sealed(VersionRow row, byte[] secret) {}
    Sealed sealed =
        database.transaction(
            transaction -> {
              VersionRow row = Configurations.row(transaction.attach(ConfigurationDao.class), id);
              byte[] secret =
                  transaction
                      .attach(ConfigurationDao.class)
                      .secret(id)
                      .orElseThrow(
                          () ->
                              new RequestRefused.IllegalMove(
                                  "%s is no secret: its value is in clear.".formatted(row.key()),
                                  row.state().moves()));
              audit.record(
                  transaction,
                  AuditEntry.allowed(
                          actor,
                          "config.reveal",
                          "configuration",
                          id.toString(),
                          Map.of("key", row.key(), "version", row.version()))
                      .because(reason));
              return new Sealed(row, secret);
            });
    UUID secretId = Objects.requireNonNull(sealed.row().secretId());
    String clear = vault.open(sealed.secret(), SecretVault.context(sealed.row().key(), secretId));
    return ValueForm.object(sealed.row().key(), clear);
  }
}
