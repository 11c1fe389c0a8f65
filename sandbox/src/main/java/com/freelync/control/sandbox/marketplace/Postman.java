package com.freelync.control.sandbox.marketplace;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what users are to be told ({@code marketplace.messages}) to the addresses that the
 * marketplace has, at least once, and notes that it was sent. Who has no address is not told.
 */
public final class Postman implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final int BATCH = 100;
  private static final long PAUSE_MILLIS = 1_000;

  /** Rows that are locked stay with whoever sends them. */
  private static final String UNSENT =
      """
      SELECT m.id, u.email, m.data->>'kind' AS kind, m.data->>'expires_on' AS expires_on
        FROM marketplace.messages m JOIN marketplace.users u ON u.id = m.user_id
       WHERE m.sent_at IS NULL AND u.email IS NOT NULL
       ORDER BY m.asked_at LIMIT %d FOR UPDATE OF m SKIP LOCKED
      """
          .formatted(BATCH);

  private static final String SENT =
      "UPDATE marketplace.messages SET sent_at = now() WHERE id = ANY (?)";

  private final DataSource database;
  private final Session session;
  private final Thread thread;

  private Postman(DataSource database, int smtpPort) {
    this.database = database;
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(smtpPort));
    properties.put("mail.smtp.connectiontimeout", "2000");
    properties.put("mail.smtp.timeout", "5000");
    this.session = Session.getInstance(properties);
    this.thread = Thread.ofPlatform().daemon().name("postman").start(this::run);
  }

  /**
   * Starts sending.
   *
   * @param marketplaceApp connects as {@code marketplace_app}
   * @param smtpPort of a mail server at 127.0.0.1
   */
  public static Postman start(DataSource marketplaceApp, int smtpPort) {
    return new Postman(marketplaceApp, smtpPort);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (send() < BATCH) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (SQLException | MessagingException | RuntimeException e) {
        LOG.debug("Messages to users wait: {}", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Letter(UUID id, String address, String kind, String expiresOn) {}

  private int send() throws SQLException, MessagingException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Letter> letters = unsent(connection);
        if (!letters.isEmpty()) {
          hand(letters);
          mark(connection, letters);
        }
        connection.commit();
        return letters.size();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static List<Letter> unsent(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNSENT);
        ResultSet rows = statement.executeQuery()) {
      List<Letter> letters = new ArrayList<>();
      while (rows.next()) {
        letters.add(
            new Letter(
                rows.getObject("id", UUID.class),
                rows.getString("email"),
                rows.getString("kind").replace('_', ' '),
                rows.getString("expires_on")));
      }
      return letters;
    }
  }

  private void hand(List<Letter> letters) throws MessagingException {
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      for (Letter letter : letters) {
        MimeMessage message = new MimeMessage(session);
        message.setFrom("marketplace@freelync.com");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.address()));
        message.setSubject(
            "Your " + letter.kind() + " expires on " + letter.expiresOn(),
            StandardCharsets.UTF_8.name());
        message.setText(
            "Please hand in your new " + letter.kind() + " in FreeLync before that day.",
            StandardCharsets.UTF_8.name());
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
      }
    }
  }

  private static void mark(Connection connection, List<Letter> letters) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SENT)) {
      Array ids = connection.createArrayOf("uuid", letters.stream().map(Letter::id).toArray());
      update.setArray(1, ids);
      update.executeUpdate();
    }
  }
}
