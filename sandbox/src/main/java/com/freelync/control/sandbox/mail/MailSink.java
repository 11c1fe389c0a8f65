package com.freelync.control.sandbox.mail;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.JsonServer;
import com.freelync.control.sandbox.http.Request;
import com.freelync.control.sandbox.postgres.FreePort;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes every message over SMTP, delivers none, and shows the newest 1,000: {@code GET /} as a
 * page, {@code GET /messages} as JSON, newest first, with {@code ?to=ADDRESS} those to one address;
 * {@code DELETE /messages} forgets them. Kept in memory.
 */
public final class MailSink implements AutoCloseable {
  /** How many messages are kept. */
  static final int MOST = 1_000;

  private static final int MOST_ON_PAGE = 100;

  private final GreenMail mail;
  private final MessageStore store;
  private final int smtpPort;
  private final JsonServer server;

  private MailSink(GreenMail mail, MessageStore store, int smtpPort, int preferredHttpPort) {
    this.mail = mail;
    this.store = store;
    this.smtpPort = smtpPort;
    this.server =
        new JsonServer.Builder()
            .on("GET /", request -> Answer.html(page(messages())))
            .on("GET /messages", request -> Answer.json(200, Map.of("items", asked(request))))
            .on("DELETE /messages", request -> forget())
            .start(preferredHttpPort);
  }

  /** Starts both servers; a busy port is replaced by a free one, 0 asks for any. */
  public static MailSink start(int preferredHttpPort, int preferredSmtpPort) {
    int smtpPort = FreePort.preferably(preferredSmtpPort);
    GreenMail mail = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", "smtp"));
    mail.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    mail.start();
    MessageStore store = new MessageStore(MOST);
    mail.getUserManager().setMessageDeliveryHandler((message, address) -> store);
    return new MailSink(mail, store, smtpPort, preferredHttpPort);
  }

  /** Where the messages are shown. */
  public URI address() {
    return server.address();
  }

  /** Where messages are taken, at 127.0.0.1. */
  public int smtpPort() {
    return smtpPort;
  }

  /** What has arrived, newest first. */
  public List<ReceivedMail> messages() {
    return store.newestFirst();
  }

  private List<ReceivedMail> asked(Request request) {
    return request
        .parameter("to")
        .map(address -> messages().stream().filter(message -> message.isTo(address)).toList())
        .orElseGet(this::messages);
  }

  /** Stops both servers. */
  @Override
  public void close() {
    server.close();
    mail.stop();
  }

  private Answer forget() {
    store.clear();
    return Answer.json(200, Map.of("items", List.of()));
  }

  private static String page(List<ReceivedMail> messages) {
    String rows =
        messages.stream()
            .limit(MOST_ON_PAGE)
            .map(
                message ->
                    "<article><h2>%s</h2><p>%s · %s → %s</p><pre>%s</pre></article>"
                        .formatted(
                            escaped(message.subject()),
                            escaped(message.received_at()),
                            escaped(String.join(", ", message.from())),
                            escaped(String.join(", ", message.to())),
                            escaped(message.text().isEmpty() ? message.html() : message.text())))
            .collect(Collectors.joining());
    return """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Mail sink</title>
        <style>body{font:15px system-ui;max-width:48rem;margin:2rem auto}pre{white-space:pre-wrap}</style>
        <h1>%d messages%s</h1>%s</html>
        """
        .formatted(
            messages.size(),
            messages.size() > MOST_ON_PAGE ? ", the newest " + MOST_ON_PAGE + " here" : "",
            rows);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
