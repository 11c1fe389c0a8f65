package com.freelync.control.idempotency;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface IdempotencyDao {
  @SqlUpdate(
      """
      DELETE FROM control.idempotent_calls
       WHERE caller = :caller AND key = :key AND begun_at < :before
      """)
  int forget(
      @Bind("caller") String caller, @Bind("key") String key, @Bind("before") Instant before);

  @SqlUpdate(
      """
      INSERT INTO control.idempotent_calls
             (caller, key, fingerprint, claim, seed, begun_at, lease_until)
      VALUES (:caller, :key, :fingerprint, :claim, :seed, :now, :leaseUntil)
      ON CONFLICT (caller, key) DO NOTHING
      """)
  int insert(
      @Bind("caller") String caller,
      @Bind("key") String key,
      @Bind("fingerprint") String fingerprint,
      @Bind("claim") UUID claim,
      @Bind("seed") UUID seed,
      @Bind("now") Instant now,
      @Bind("leaseUntil") Instant leaseUntil);

  @SqlQuery(
      """
      SELECT fingerprint, seed, lease_until, status, headers::text AS headers, body
        FROM control.idempotent_calls
       WHERE caller = :caller AND key = :key
         FOR UPDATE
      """)
  Optional<Row> lock(@Bind("caller") String caller, @Bind("key") String key);

  @SqlUpdate(
      """
      UPDATE control.idempotent_calls SET claim = :claim, lease_until = :leaseUntil
       WHERE caller = :caller AND key = :key
      """)
  int takeOver(
      @Bind("caller") String caller,
      @Bind("key") String key,
      @Bind("claim") UUID claim,
      @Bind("leaseUntil") Instant leaseUntil);

  @SqlUpdate(
      """
      UPDATE control.idempotent_calls
         SET status = :status, headers = CAST(:headers AS jsonb), body = :body
       WHERE caller = :caller AND key = :key AND claim = :claim AND status IS NULL
      """)
  int complete(
      @Bind("caller") String caller,
      @Bind("key") String key,
      @Bind("claim") UUID claim,
      @Bind("status") int status,
      @Bind("headers") String headers,
      @Bind("body") byte[] body);

  @SqlUpdate(
      """
      UPDATE control.idempotent_calls SET lease_until = :now
       WHERE caller = :caller AND key = :key AND claim = :claim AND status IS NULL
      """)
  int release(
      @Bind("caller") String caller,
      @Bind("key") String key,
      @Bind("claim") UUID claim,
      @Bind("now") Instant now);

  @SqlUpdate("DELETE FROM control.idempotent_calls WHERE begun_at < :before")
  int purge(@Bind("before") Instant before);

  /** A call as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // bytes as they were sent, never compared
  record Row(
      String fingerprint,
      UUID seed,
      Instant leaseUntil,
      @Nullable Integer status,
      Optional<String> headers,
      byte @Nullable [] body) {
    byte[] bodyOrEmpty() {
      return body == null ? new byte[0] : body;
    }
  }
}
