package com.freelync.control.sandbox.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.sandbox.mail.MailSink;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What users are told")
class PostmanTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static HikariDataSource database;

  @BeforeAll
  static void open() {
    TestMarketplace.create("postman");
    database = TestMarketplace.pool("postman", "marketplace_app");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static UUID user(String email) throws SQLException {
    UUID id = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO marketplace.users (id, registered_at, is_seller, email)"
                    + " VALUES (?, now(), true, ?)")) {
      insert.setObject(1, id);
      insert.setString(2, email);
      insert.executeUpdate();
    }
    return id;
  }

  /** Asked for by the control center, which may write this and read no address. */
  private static void ask(UUID user, int messages) throws SQLException {
    try (Connection connection = TestMarketplace.postgres().connect("postman", "control_worker");
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO marketplace.messages (id, user_id, kind, document_id, data, asked_at)
                SELECT gen_random_uuid(), ?, 'document_expiring', gen_random_uuid(),
                       '{"kind": "trade_licence", "expires_on": "2026-04-01"}', now()
                  FROM generate_series(1, ?)
                """)) {
      insert.setObject(1, user);
      insert.setInt(2, messages);
      insert.executeUpdate();
    }
  }

  private static int unsent() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM marketplace.messages WHERE sent_at IS NULL")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  @DisplayName(
      "AU-5: are sent to the address that the marketplace has, also after the mail server was away")
  void areSent() throws Exception {
    ask(user("abebe@example.com"), 250);
    ask(user(null), 1);
    int port;
    try (MailSink away = MailSink.start(0, 0)) {
      port = away.smtpPort();
    }
    try (Postman postman = Postman.start(database, port)) {
      try (MailSink mail = MailSink.start(0, port)) {
        await().atMost(LONG).until(() -> unsent() == 1);
        assertThat(mail.messages())
            .hasSize(250)
            .allSatisfy(
                message -> {
                  assertThat(message.to()).containsExactly("abebe@example.com");
                  assertThat(message.subject())
                      .isEqualTo("Your trade licence expires on 2026-04-01");
                });
      }
    }
  }
}
