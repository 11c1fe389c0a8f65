package com.freelync.control.sandbox.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.sandbox.http.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The events of {@code marketplace.outbox} that the control center has not taken yet. */
final class Outbox {
  private final DataSource database;

  Outbox(DataSource database) {
    this.database = database;
  }

  /**
   * An event in its place.
   *
   * @param document the CloudEvent
   */
  record Waiting(long sequence, Map<String, Object> document) {}

  /** The oldest ones. A row that commits late is simply seen later: nothing is passed over. */
  List<Waiting> oldest(int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT sequence, id, type, subject, data, time FROM marketplace.outbox"
                    + " ORDER BY sequence LIMIT "
                    + limit)) {
      List<Waiting> waiting = new ArrayList<>();
      while (rows.next()) {
        waiting.add(new Waiting(rows.getLong("sequence"), document(rows)));
      }
      return waiting;
    }
  }

  void remove(List<Waiting> taken) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM marketplace.outbox WHERE sequence = ANY (?)")) {
      Array sequences =
          connection.createArrayOf("bigint", taken.stream().map(Waiting::sequence).toArray());
      delete.setArray(1, sequences);
      delete.executeUpdate();
    }
  }

  private static Map<String, Object> document(ResultSet row) throws SQLException {
    JsonNode data = Json.read(row.getString("data").getBytes(StandardCharsets.UTF_8));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", row.getString("id"));
    event.put("source", "/marketplace");
    event.put("type", row.getString("type"));
    event.put("subject", row.getString("subject"));
    event.put("time", row.getTimestamp("time").toInstant().toString());
    event.put("datacontenttype", "application/json");
    event.put("data", data);
    return event;
  }
}
