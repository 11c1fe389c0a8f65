package com.freelync.control.sandbox.mail;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.JsonServer;
import com.freelync.control.sandbox.postgres.FreePort;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes every message over SMTP, delivers none, and shows them: {@code GET /} as a page, {@code GET
 * /messages} as JSON, newest first; {@code DELETE /messages} forgets them. Kept in memory.
 */
public final class MailSink implements AutoCloseable {
  private final GreenMail mail;
  private final int smtpPort;
  private final JsonServer server;

  private MailSink(GreenMail mail, int smtpPort, int preferredHttpPort) {
    this.mail = mail;
    this.smtpPort = smtpPort;
    this.server =
        new JsonServer.Builder()
            .on("GET /", request -> Answer.html(page(messages())))
            .on("GET /messages", request -> Answer.json(200, Map.of("items", messages())))
            .on("DELETE /messages", request -> forget())
            .start(preferredHttpPort);
  }

  /** Starts both servers; a busy port is replaced by a free one, 0 asks for any. */
  public static MailSink start(int preferredHttpPort, int preferredSmtpPort) {
    int smtpPort = FreePort.preferably(preferredSmtpPort);
    GreenMail mail = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", "smtp"));
    mail.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    mail.start();
    return new MailSink(mail, smtpPort, preferredHttpPort);
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
    return Arrays.stream(mail.getReceivedMessages()).map(ReceivedMail::of).toList().reversed();
  }

  /** Stops both servers. */
  @Override
  public void close() {
    server.close();
    mail.stop();
  }

  private Answer forget() throws Exception {
    mail.purgeEmailFromAllMailboxes();
    return Answer.json(200, Map.of("items", List.of()));
  }

  private static String page(List<ReceivedMail> messages) {
    String rows =
        messages.stream()
            .map(
                message ->
                    "<article><h2>%s</h2><p>%s → %s</p><pre>%s</pre></article>"
                        .formatted(
                            escaped(message.subject()),
                            escaped(String.join(", ", message.from())),
                            escaped(String.join(", ", message.to())),
                            escaped(message.text().isEmpty() ? message.html() : message.text())))
            .collect(Collectors.joining());
    return """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Mail sink</title>
        <style>body{font:15px system-ui;max-width:48rem;margin:2rem auto}pre{white-space:pre-wrap}</style>
        <h1>%d messages</h1>%s</html>
        """
        .formatted(messages.size(), rows);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
