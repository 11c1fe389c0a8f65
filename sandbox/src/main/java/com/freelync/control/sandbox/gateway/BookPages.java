package com.freelync.control.sandbox.gateway;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Problem;
import com.freelync.control.sandbox.http.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The whole book of a period, page by page in the order in which it was written. */
final class BookPages {
  private static final String ENTRIES =
      """
      SELECT * FROM (
        SELECT 'DISBURSEMENT' AS kind, id, idempotency_key, payout_id, amount, status, created_at
          FROM gateway.disbursements
        UNION ALL
        SELECT 'REVERSAL', id, idempotency_key, payout_id, amount, status, created_at
          FROM gateway.reversals) entries
      """;

  private static final int MOST = 500;

  private final DataSource database;

  BookPages(DataSource database) {
    this.database = database;
  }

  /** Answers {@code ?from=&to=&after=&limit=}, or everything of an {@code ?idempotency_key=}. */
  Answer answer(Request request) throws SQLException {
    if (request.parameter("idempotency_key").isPresent()) {
      String key = request.parameter("idempotency_key").orElseThrow().replace("\0", "");
      return Answer.json(200, page(read("WHERE idempotency_key = ? LIMIT 100", key), MOST));
    }
    Instant from = time(request, "from");
    Instant to = time(request, "to");
    int limit = limit(request);
    String after = request.parameter("after").orElse(from + "_");
    int cut = after.indexOf('_');
    if (cut < 0 || after.indexOf('\0') >= 0) {
      throw Problem.of(400, "malformed", "after is the next of a page");
    }
    List<Map<String, Object>> rows =
        read(
            """
            WHERE created_at >= ? AND created_at < ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id LIMIT ?
            """,
            Timestamp.from(from),
            Timestamp.from(to),
            Timestamp.from(time("after", after.substring(0, cut))),
            after.substring(cut + 1),
            limit + 1);
    return Answer.json(200, page(rows, limit));
  }

  private static Map<String, Object> page(List<Map<String, Object>> rows, int limit) {
    boolean isMore = rows.size() > limit;
    List<Map<String, Object>> items = isMore ? rows.subList(0, limit) : rows;
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", items);
    if (isMore) {
      page.put("next", items.getLast().get("created_at") + "_" + items.getLast().get("id"));
    }
    return page;
  }

  private List<Map<String, Object>> read(String where, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(ENTRIES + where)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        List<Map<String, Object>> found = new ArrayList<>();
        while (rows.next()) {
          found.add(document(rows));
        }
        return found;
      }
    }
  }

  private static Map<String, Object> document(ResultSet row) throws SQLException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", row.getString("kind"));
    document.put("id", row.getString("id"));
    document.put("idempotency_key", row.getString("idempotency_key"));
    document.put("payout_id", row.getString("payout_id"));
    document.put("amount", row.getBigDecimal("amount").setScale(2));
    document.put("currency", "ETB");
    document.put("status", row.getString("status"));
    document.put("created_at", row.getTimestamp("created_at").toInstant().toString());
    return document;
  }

  private static int limit(Request request) {
    String limit = request.parameter("limit").orElse("100");
    if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
      throw Problem.of(400, "malformed", "limit is a number from 1 to " + MOST);
    }
    return Integer.parseInt(limit);
  }

  private static Instant time(Request request, String name) {
    return time(name, request.parameter(name).orElse(""));
  }

  private static Instant time(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw Problem.of(400, "malformed", name + " is a time such as 2026-02-01T00:00:00Z");
  }
}
