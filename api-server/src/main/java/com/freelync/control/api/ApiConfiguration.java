package com.freelync.control.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.freelync.control.api.security.TokenSettings;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.temporal.TemporalSettings;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the YAML file sets, besides Dropwizard's own server and logging. */
@SuppressWarnings("NullAway.Init") // Dropwizard fills and validates the fields
public final class ApiConfiguration extends Configuration {
  @JsonProperty @NotNull @Valid private DatabaseSection database;
  @JsonProperty @NotNull @Valid private DatabaseSection dryRunDatabase;
  @JsonProperty @NotNull @Valid private DatabaseSection queryDatabase;
  @JsonProperty @NotNull @Valid private TemporalSection temporal;
  @JsonProperty @NotNull @Valid private TokenSettings tokens;

  @JsonProperty @NotNull private String peopleFile;
  @JsonProperty private @Nullable String secretKeysFile;

  @JsonProperty
  @Min(1024)
  private long largestBodyBytes = 1024 * 1024;

  /** The API's own role. */
  public DatabaseSettings database() {
    return database.settings();
  }

  /** The role of dry runs, which cannot write. */
  public DatabaseSettings dryRunDatabase() {
    return dryRunDatabase.settings();
  }

  /** The role of questions to metrics, which sees no person. */
  public DatabaseSettings queryDatabase() {
    return queryDatabase.settings();
  }

  /** Where Temporal is. */
  public TemporalSection temporal() {
    return temporal;
  }

  /** Whose tokens are believed. */
  public TokenSettings tokens() {
    return tokens;
  }

  /** The file that names the people of the directory. */
  public Path peopleFile() {
    return Path.of(peopleFile);
  }

  /** The file of the keys of secrets; empty where this server keeps none. */
  public Optional<Path> secretKeysFile() {
    return Optional.ofNullable(secretKeysFile).filter(name -> !name.isBlank()).map(Path::of);
  }

  /** The largest body that is read, in bytes. */
  public long largestBodyBytes() {
    return largestBodyBytes;
  }

  /** A role at a database. */
  public record DatabaseSection(
      @NotNull String url,
      @NotNull String user,
      @NotNull String password,
      @Nullable Integer maxConnections) {
    DatabaseSettings settings() {
      return new DatabaseSettings(
          url, user, password, maxConnections == null ? 10 : maxConnections);
    }

    @Override
    public String toString() {
      return "DatabaseSection[url=" + url + ", user=" + user + "]";
    }
  }

  /** A namespace at a Temporal server, and where people look at it. */
  public record TemporalSection(
      @NotNull String address, @NotNull String namespace, @NotNull String uiAddress) {
    TemporalSettings settings() {
      return new TemporalSettings(address, namespace, uiAddress);
    }
  }
}
