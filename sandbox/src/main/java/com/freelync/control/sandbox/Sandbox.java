package com.freelync.control.sandbox;

import com.freelync.control.sandbox.gateway.GatewaySimulator;
import com.freelync.control.sandbox.http.Json;
import com.freelync.control.sandbox.identity.TokenIssuer;
import com.freelync.control.sandbox.mail.MailSink;
import com.freelync.control.sandbox.marketplace.MarketplaceSimulator;
import com.freelync.control.sandbox.marketplace.Postman;
import com.freelync.control.sandbox.marketplace.generator.GenerateCommand;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The sandbox process: gateway, marketplace, issuer and mail sink in one JVM.
 *
 * <p>{@code serve --state DIR [--ready-file FILE]} with the environment of {@code
 * sandbox/README.md}; when everything answers, one line of JSON with the addresses goes to standard
 * output and to the file. {@code generate …} loads sample data ({@link GenerateCommand}). Exit code
 * 2 for wrong or missing settings, all of them named; 1 for what could not be done.
 */
public final class Sandbox implements AutoCloseable {
  private final HikariDataSource marketplaceDatabase;
  private final HikariDataSource gatewayDatabase;
  private final TokenIssuer issuer;
  private final GatewaySimulator gateway;
  private final MarketplaceSimulator marketplace;
  private final MailSink mail;
  private final Postman postman;

  private Sandbox(SandboxSettings settings) {
    marketplaceDatabase =
        pool(settings.databaseUrl(), "marketplace_app", settings.marketplacePassword(), 16);
    gatewayDatabase = pool(settings.databaseUrl(), "gateway", settings.gatewayPassword(), 8);
    issuer = TokenIssuer.start(settings.state(), settings.issuerPort());
    gateway =
        GatewaySimulator.start(gatewayDatabase, settings.gatewayPort(), settings.gatewayApiKey());
    marketplace =
        MarketplaceSimulator.start(
            marketplaceDatabase,
            settings::api,
            () -> issuer.token("marketplace"),
            settings.marketplacePort());
    mail = MailSink.start(settings.mailPort(), settings.smtpPort());
    postman = Postman.start(marketplaceDatabase, mail.smtpPort());
  }

  /** Starts all parts; they answer when this returns. */
  public static Sandbox start(SandboxSettings settings) {
    return new Sandbox(settings);
  }

  /** Where the parts are, by the names of {@code status --json}. */
  public Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("marketplace", marketplace.address().toString());
    addresses.put("gateway", gateway.address().toString());
    addresses.put("issuer", issuer.address().toString());
    addresses.put("mail", mail.address().toString());
    addresses.put("smtp", "127.0.0.1:" + mail.smtpPort());
    return addresses;
  }

  @Override
  public void close() {
    marketplace.close();
    gateway.close();
    issuer.close();
    postman.close();
    mail.close();
    marketplaceDatabase.close();
    gatewayDatabase.close();
  }

  /** The program; see the class. */
  public static void main(String[] arguments) throws Exception {
    List<String> rest =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    try {
      switch (arguments.length == 0 ? "" : arguments[0]) {
        case "serve" -> serve(Options.parse(rest, List.of("state", "ready-file")));
        case "generate" -> GenerateCommand.run(rest, System.getenv(), System.out);
        default ->
            throw new IllegalArgumentException("Say 'serve' or 'generate'; see sandbox/README.md");
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void serve(Options options) throws IOException, InterruptedException {
    Sandbox sandbox = start(SandboxSettings.of(options, System.getenv()));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  sandbox.close();
                  ended.countDown();
                },
                "stop-sandbox"));
    byte[] line = Json.write(sandbox.addresses());
    System.out.println(new String(line, StandardCharsets.UTF_8));
    String readyFile = options.get("ready-file");
    if (readyFile != null) {
      Path file = Path.of(readyFile).toAbsolutePath();
      Path unfinished = file.resolveSibling(file.getFileName() + ".part");
      Files.write(unfinished, line);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    ended.await();
  }

  private static HikariDataSource pool(String url, String user, String password, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setPoolName(user);
    return new HikariDataSource(config);
  }
}
