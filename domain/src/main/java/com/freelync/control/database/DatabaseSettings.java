package com.freelync.control.database;

/**
 * Where a process finds PostgreSQL and who it is there.
 *
 * @param url a JDBC address
 * @param user the database role of this process
 * @param password that role's password
 * @param maxConnections the largest number of connections that the pool opens
 */
public record DatabaseSettings(String url, String user, String password, int maxConnections) {
  public DatabaseSettings {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be at least 1");
    }
  }

  /** Settings with a pool of ten connections. */
  public static DatabaseSettings of(String url, String user, String password) {
    return new DatabaseSettings(url, user, password, 10);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[url=" + url + ", user=" + user + "]";
  }
}
