package com.freelync.control.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

interface EventDao {
  /** Inserts what is new and returns the ids of those; a duplicate is left as it is. */
  @SqlQuery(
      """
      INSERT INTO control.event
             (id, source, source_id, type, subject, time, data, received_at, received_by, request_id)
      SELECT e.id, e.source, e.source_id, e.type, e.subject, CAST(e.time AS timestamptz),
             CAST(e.data AS jsonb), :receivedAt, :receivedBy, :requestId
        FROM unnest(CAST(:ids AS uuid[]), CAST(:sources AS text[]), CAST(:sourceIds AS text[]),
                    CAST(:types AS text[]), CAST(:subjects AS text[]), CAST(:times AS text[]),
                    CAST(:data AS text[]))
             AS e(id, source, source_id, type, subject, time, data)
      ON CONFLICT (source, source_id) DO NOTHING
      RETURNING id
      """)
  List<UUID> insertNew(
      @Bind("ids") UUID[] ids,
      @Bind("sources") String[] sources,
      @Bind("sourceIds") String[] sourceIds,
      @Bind("types") String[] types,
      @Bind("subjects") @Nullable String[] subjects,
      @Bind("times") @Nullable String[] times,
      @Bind("data") String[] data,
      @Bind("receivedAt") Instant receivedAt,
      @Bind("receivedBy") String receivedBy,
      @Bind("requestId") @Nullable String requestId);

  /** The places, from 1, of the events that are stored with another type or other data. */
  @SqlQuery(
      """
      SELECT e.place
        FROM unnest(CAST(:sources AS text[]), CAST(:sourceIds AS text[]), CAST(:types AS text[]),
                    CAST(:data AS text[]))
             WITH ORDINALITY AS e(source, source_id, type, data, place)
        JOIN control.event s ON s.source = e.source AND s.source_id = e.source_id
       WHERE s.type <> e.type OR s.data <> CAST(e.data AS jsonb)
      """)
  List<Integer> contradicting(
      @Bind("sources") String[] sources,
      @Bind("sourceIds") String[] sourceIds,
      @Bind("types") String[] types,
      @Bind("data") String[] data);

  @SqlQuery("SELECT id, type, data::text AS data FROM control.event WHERE id = :id")
  Optional<StoredRow> find(@Bind("id") UUID id);

  /** Events of a type in the order of their receipt. */
  @SqlQuery(
      """
      SELECT id, type, data::text AS data, received_at
        FROM control.event
       WHERE type = :type AND received_at >= :from AND received_at <= :until
         AND (received_at, id) > (:afterAt, :afterId)
       ORDER BY received_at, id LIMIT :most
      """)
  List<ReceivedRow> received(
      @Bind("type") String type,
      @Bind("from") Instant from,
      @Bind("until") Instant until,
      @Bind("afterAt") Instant afterAt,
      @Bind("afterId") UUID afterId,
      @Bind("most") int most);

  /** A stored event and when it came. */
  record ReceivedRow(UUID id, String type, String data, Instant receivedAt) {}

  /** A stored event's type and data. */
  record StoredRow(UUID id, String type, String data) {}
}
