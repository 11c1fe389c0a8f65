package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.freelync.control.approval.Role;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.notification.InboxMessage;
import com.freelync.control.notification.InboxMessage.MailStatus;
import com.freelync.control.notification.MailInput;
import com.freelync.control.notification.Notice;
import com.freelync.control.sandbox.mail.ReceivedMail;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.history.v1.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Mails by a real worker, through a real Temporal server to a real mail server. */
class MailTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

  @TempDir static Path state;
  private static RealWorker real;

  @BeforeAll
  static void start() {
    LOGGED.list = Collections.synchronizedList(new ArrayList<>());
    LOGGED.start();
    ROOT.addAppender(LOGGED);
    real = new RealWorker(state);
    TestPeople.install(real.database);
  }

  @AfterAll
  static void stop() {
    real.close();
    ROOT.detachAppender(LOGGED);
  }

  private static int tell(String key, String subject, String text, String... roles) {
    Notice notice =
        new Notice(
            key,
            Set.of(roles).stream().map(Role::new).collect(Collectors.toSet()),
            Set.of(),
            Set.of("founder"),
            "test",
            subject,
            text,
            "/admin/approvals");
    return real.database
        .as("control_api")
        .transaction(transaction -> real.api.notifications.tell(transaction, notice, "request-9"));
  }

  private static InboxMessage newest(String person) {
    return real.api.inbox.list(person, null, Cursor.START, 1).getFirst();
  }

  private static List<ReceivedMail> mails(String subject) {
    return real.mail().messages().stream().filter(m -> m.subject().equals(subject)).toList();
  }

  private static void awaitSent(String person) {
    await().atMost(LONG).until(() -> newest(person).mail() == MailStatus.SENT);
  }

  private static History history(InboxMessage message) {
    return real.connection
        .client()
        .fetchHistory(new MailInput(message.id(), null).temporalId())
        .getHistory();
  }

  /** What nobody but the mail server may see. */
  private static void assertDiscreet(InboxMessage message) {
    String bytes =
        new String(history(message).toByteArray(), StandardCharsets.UTF_8)
            .toLowerCase(java.util.Locale.ROOT);
    assertThat(bytes)
        .contains(message.id().toString())
        .doesNotContain("@freelync", "name of", "selam", "ሰላም", "secret");
    assertThat(List.copyOf(LOGGED.list))
        .extracting(
            event ->
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .noneMatch(line -> line.matches("(?s).*(@freelync|Name of|ሰላም|secret).*"));
  }

  private static void keep(String name, InboxMessage message) throws IOException {
    String folder = System.getenv("HISTORIES");
    if (folder != null) {
      String id = new MailInput(message.id(), null).temporalId();
      await()
          .atMost(LONG)
          .until(
              () ->
                  !real.connection
                      .client()
                      .newUntypedWorkflowStub(id)
                      .describe()
                      .getStatus()
                      .name()
                      .endsWith("RUNNING"));
      Files.writeString(
          Path.of(folder, name + ".json"), JsonFormat.printer().print(history(message)) + "\n");
    }
  }

  @Test
  @DisplayName("SE-1b SE-6: told by 16 threads at once, each person gets one mail, in their script")
  void mailsEachOnce() throws Exception {
    Callable<Integer> telling =
        () ->
            tell("greeting", "ሰላም – a payout waits", "secret <b>ሰላም</b> & co", "CFO", "CEO", "CTO");
    int anew = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (var done : threads.invokeAll(Collections.nCopies(16, telling))) {
        anew += done.get();
      }
    }
    assertThat(anew).isEqualTo(3);
    for (String person : List.of("ceo", "cfo", "cto")) {
      awaitSent(person);
    }
    await().atMost(LONG).until(() -> real.api.outbox.waiting() == 0);
    List<ReceivedMail> mails = mails("ሰላም – a payout waits");
    assertThat(mails)
        .extracting(mail -> mail.to().getFirst())
        .containsExactlyInAnyOrder("ceo@freelync.com", "cfo@freelync.com", "cto@freelync.com");
    InboxMessage cfo = newest("cfo");
    ReceivedMail mail =
        mails.stream().filter(m -> m.to().contains("cfo@freelync.com")).findFirst().orElseThrow();
    assertThat(mail.message_id()).isEqualTo("<inbox-" + cfo.id() + "@freelync.com>");
    assertThat(mail.from()).containsExactly("FreeLync <control@freelync.com>");
    assertThat(mail.text())
        .isEqualToNormalizingNewlines(
            "secret <b>ሰላም</b> & co\n\nhttp://127.0.0.1:8080/admin/approvals");
    assertThat(mail.html())
        .contains(
            "secret &lt;b&gt;ሰላም&lt;/b&gt; &amp; co",
            "<a href=\"http://127.0.0.1:8080/admin/approvals\">");
    assertDiscreet(cfo);
    keep("mail-sent", cfo);
  }

  @Test
  @DisplayName(
      "SE-1b SE-6: a mail waits while the mail server is away, and nothing tells its address")
  void waitsForTheMailServer() throws Exception {
    real.stopMail();
    tell("away", "While away", "secret", "DEVOPS");
    InboxMessage message = newest("devops");
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(
            () ->
                real.connection
                        .client()
                        .newUntypedWorkflowStub(new MailInput(message.id(), null).temporalId())
                        .describe()
                        .getRawDescription()
                        .getPendingActivities(0)
                        .getAttempt()
                    > 1);
    assertThat(
            real.connection
                .client()
                .newUntypedWorkflowStub(new MailInput(message.id(), null).temporalId())
                .describe()
                .getRawDescription()
                .getPendingActivities(0)
                .getLastFailure()
                .toString())
        .contains("could not be handed over")
        .doesNotContain("@freelync", "secret");
    assertThat(newest("devops").mail()).isEqualTo(MailStatus.OWED);
    real.startMail();
    awaitSent("devops");
    assertThat(mails("While away")).hasSize(1);
    assertDiscreet(message);
    keep("mail-after-errors", message);
  }

  @Test
  @DisplayName(
      "SE-1b: sent but not marked, a mail comes once more with the same Message-ID, then no more")
  void repeatsWithTheSameMessageId() {
    InboxMessage[] message = new InboxMessage[1];
    // While another transaction holds the row the mail is sent but cannot be marked as sent.
    tell("twice", "Twice", "secret", "ANALYST");
    message[0] = newest("analyst");
    real.database
        .as("control_owner")
        .transaction(
            transaction -> {
              transaction
                  .handle()
                  .execute(
                      "SELECT 1 FROM control.inbox_message WHERE id = ? FOR UPDATE",
                      message[0].id());
              await().atMost(LONG).until(() -> mails("Twice").size() == 2);
              return message;
            });
    awaitSent("analyst");
    assertThat(mails("Twice"))
        .extracting(ReceivedMail::message_id)
        .containsOnly("<inbox-" + message[0].id() + "@freelync.com>");
    int marked = mails("Twice").size();
    assertThat(marked).isEqualTo(2);
    assertThat(real.api.mails.find(message[0].id())).isEmpty();
    assertDiscreet(message[0]);
  }

  @Test
  @DisplayName("SE-6: the log of this test would show an address if one were written")
  void logIsWatched() {
    ROOT.info("a line");
    assertThat(LOGGED.list).extracting(ILoggingEvent::getLevel).contains(Level.INFO);
  }
}
