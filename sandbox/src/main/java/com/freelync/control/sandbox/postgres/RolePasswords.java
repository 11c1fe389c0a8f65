package com.freelync.control.sandbox.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/** The generated password of each login role, kept in a file that only its owner can read. */
final class RolePasswords {
  /** The login roles: the superuser and those of {@code docker/postgres/roles.sql}. */
  static final List<String> ROLES =
      List.of(
          "postgres",
          "control_owner",
          "control_api",
          "control_worker",
          "control_dryrun",
          "control_query",
          "control_reader",
          "marketplace_owner",
          "marketplace_app",
          "gateway");

  private final Properties passwords;

  private RolePasswords(Properties passwords) {
    this.passwords = passwords;
  }

  /** Reads the file, and adds to it a password for each role that has none yet. */
  static RolePasswords readOrCreate(Path file) throws IOException {
    Properties passwords = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        passwords.load(reader);
      }
    } else {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    if (!passwords.keySet().containsAll(ROLES)) {
      ROLES.forEach(role -> passwords.putIfAbsent(role, generated()));
      try (Writer writer = Files.newBufferedWriter(file, StandardOpenOption.TRUNCATE_EXISTING)) {
        passwords.store(writer, "PostgreSQL login roles of the local stack");
      }
    }
    return new RolePasswords(passwords);
  }

  String of(String role) {
    String password = passwords.getProperty(role);
    if (password == null) {
      throw new IllegalArgumentException("No login role '" + role + "'; there are " + ROLES);
    }
    return password;
  }

  private static String generated() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
