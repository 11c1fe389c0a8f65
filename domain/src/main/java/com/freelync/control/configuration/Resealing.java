package com.freelync.control.configuration;

import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.database.Database;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Seals every secret anew with the newest key, so that older keys can be taken away. It may be
 * ended and begun again at any time, while the platform runs.
 */
public final class Resealing {
  private static final int AT_ONCE = 100;
  private static final UUID FIRST = new UUID(0, 0);

  private final Database owner;
  private final Secrets secrets;

  /** Over a database that is open as the schema's owner. */
  public Resealing(Database owner, Secrets secrets) {
    this.owner = owner;
    this.secrets = secrets;
  }

  /** A sealed secret; what it is sealed for. */
  public record Sealed(UUID id, String key, UUID secretId, byte[] secret) {}

  /** Does it, until a look at all of them finds none that is left; how many were sealed anew. */
  public int run() {
    int resealed = 0;
    for (int last = pass(); last > 0; last = pass()) {
      resealed += last;
    }
    return resealed;
  }

  private int pass() {
    int resealed = 0;
    UUID after = FIRST;
    while (true) {
      UUID from = after;
      List<Sealed> some = owner.transaction(transaction -> batch(transaction.handle(), from));
      if (some.isEmpty()) {
        return resealed;
      }
      for (Sealed sealed : some) {
        resealed += secrets.isSealedByPrimary(sealed.secret()) ? 0 : reseal(sealed);
      }
      after = some.getLast().id();
    }
  }

  private static List<Sealed> batch(Handle handle, UUID after) {
    return handle
        .createQuery(
            """
            SELECT id, key, secret_id, secret FROM control.platform_config
             WHERE secret IS NOT NULL AND id > :after ORDER BY id LIMIT :limit
            """)
        .bind("after", after)
        .bind("limit", AT_ONCE)
        .mapTo(Sealed.class)
        .list();
  }

  /** Only what is still what was read; what was copied meanwhile is found by the next pass. */
  private int reseal(Sealed sealed) {
    byte[] anew =
        secrets.reseal(sealed.secret(), SecretVault.context(sealed.key(), sealed.secretId()));
    return owner.transaction(
        transaction -> {
          // A rollback compares the copy it made with the original when it commits.
          transaction.attach(ConfigurationDao.class).lock(sealed.key());
          return transaction
              .handle()
              .createUpdate(
                  """
                  UPDATE control.platform_config SET secret = :anew
                   WHERE id = :id AND secret = :before
                  """)
              .bind("anew", anew)
              .bind("id", sealed.id())
              .bind("before", sealed.secret())
              .execute();
        });
  }
}
