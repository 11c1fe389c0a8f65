package com.freelync.control.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what PostgreSQL rings on a channel. A bell is only a hint: its listener looks into the
 * database, also each second without one, and again after the connection was lost.
 */
public final class Bell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bell.class);
  private static final int LOOK_MILLIS = 1_000;
  private static final long AGAIN_MILLIS = 200;

  private final Database database;
  private final String channel;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean isClosed;

  /** Who looks into the database. */
  public interface Listener {
    /** It listens again: whatever was rung before may have been missed. */
    void connected();

    /**
     * Looks.
     *
     * @param rung what was rung; empty after a second of silence
     */
    void look(Set<String> rung);
  }

  private Bell(Database database, String channel, Listener listener) {
    this.database = database;
    this.channel = channel;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("bell-" + channel).daemon().unstarted(this::run);
  }

  /**
   * Begins to listen; it takes one connection of the pool.
   *
   * @param channel a constant of the code
   */
  public static Bell start(Database database, String channel, Listener listener) {
    Bell bell = new Bell(database, channel, listener);
    bell.thread.start();
    return bell;
  }

  private void run() {
    while (!isClosed) {
      try (Connection connection = database.dataSource().getConnection()) {
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        if (!isClosed) {
          LOG.warn("{} is not heard for a moment: {}", channel, e.getMessage());
          pause();
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + channel);
    }
    PGConnection rings = connection.unwrap(PGConnection.class);
    try {
      // What committed before the bell was heard is read without it.
      listener.connected();
      Set<String> rung = Set.of();
      while (!isClosed) {
        listener.look(rung);
        rung = rung(rings.getNotifications(LOOK_MILLIS));
      }
    } finally {
      try (Statement statement = connection.createStatement()) {
        statement.execute("UNLISTEN *");
      }
    }
  }

  private static Set<String> rung(PGNotification[] notifications) {
    Set<String> rung = new HashSet<>();
    for (PGNotification notification : notifications) {
      rung.add(notification.getParameter());
    }
    return rung;
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
