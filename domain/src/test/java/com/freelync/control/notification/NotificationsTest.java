package com.freelync.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Role;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.notification.InboxMessage.MailStatus;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private final TestDatabase database = TestDatabase.create();
  private final ControlCenter api =
      new ControlCenter(database.as("control_api"), Clock.systemUTC());
  private final ControlCenter worker =
      new ControlCenter(database.as("control_worker"), Clock.systemUTC());

  @BeforeEach
  void install() {
    TestPeople.install(database);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private static Notice notice(String key, String... roles) {
    return new Notice(
        key,
        Set.of(roles).stream().map(Role::new).collect(java.util.stream.Collectors.toSet()),
        Set.of("operator", "marketplace", "nobody"),
        Set.of("founder"),
        "approval.requested",
        "A payout waits",
        "It is large.",
        "/admin/approvals");
  }

  private int tell(ControlCenter control, String role, Notice notice) {
    return database
        .as(role)
        .transaction(transaction -> control.notifications.tell(transaction, notice, "request-7"));
  }

  private List<InboxMessage> inbox(String person) {
    return api.inbox.list(person, null, Cursor.START, 10);
  }

  private List<String> told() {
    return database
        .as("control_api")
        .read(
            h ->
                h.select("SELECT person FROM control.inbox_message ORDER BY person")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  @DisplayName(
      "SE-1b: holders of a role and people by name are told, but for the excepted, once for a key")
  void tellsEachOnce() {
    assertThat(tell(worker, "control_worker", notice("k", "CFO", "CEO"))).isEqualTo(4);
    assertThat(told()).containsExactly("ceo", "cfo", "marketplace", "operator");
    assertThat(tell(api, "control_api", notice("k", "CFO", "CEO"))).isZero();
    assertThat(tell(api, "control_api", notice("k", "CFO", "CTO"))).as("only the CTO").isEqualTo(1);
    assertThat(tell(api, "control_api", notice("k2", "CFO"))).as("another key").isEqualTo(3);
    assertThat(inbox("cfo").getFirst().subject()).isEqualTo("A payout waits");
  }

  @Test
  @DisplayName("SE-6: a mail is owed to who has an address, by the id of the inbox row alone")
  void owesMail() {
    tell(api, "control_api", notice("k", "CFO"));
    List<OutboxMessage> owed =
        database
            .as("control_owner")
            .read(
                h ->
                    h.select("SELECT id, topic, key, payload::text AS payload FROM control.outbox")
                        .map(
                            (row, context) ->
                                new OutboxMessage(
                                    row.getLong("id"),
                                    row.getString("topic"),
                                    row.getString("key"),
                                    Map.of("payload", row.getString("payload")),
                                    null,
                                    0))
                        .list());
    assertThat(owed).extracting(OutboxMessage::topic).containsOnly("notification.mail");
    assertThat(owed)
        .extracting(message -> message.payload().get("payload"))
        .containsExactlyInAnyOrder(
            "{\"inbox_id\": \"" + inbox("cfo").getFirst().id() + "\"}",
            "{\"inbox_id\": \"" + inbox("operator").getFirst().id() + "\"}");
    assertThat(inbox("cfo").getFirst().mail()).isEqualTo(MailStatus.OWED);
    assertThat(inbox("marketplace").getFirst().mail()).isEqualTo(MailStatus.NONE);
  }

  @Test
  @DisplayName("SE-1b: a notice belongs to its transaction: rolled back, nobody was told")
  void belongsToTheTransaction() {
    assertThatThrownBy(
            () ->
                database
                    .as("control_api")
                    .transaction(
                        transaction -> {
                          api.notifications.tell(transaction, notice("k", "CFO"), null);
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    assertThat(told()).isEmpty();
    assertThat(api.outbox.waiting()).isZero();
  }

  @Test
  @DisplayName(
      "SE-1b: the same notice told by 16 threads at once gives one message for each person")
  void tellsOnceAtOnce() throws Exception {
    Callable<Integer> telling =
        () -> tell(worker, "control_worker", notice("at-once", "CFO", "CEO", "CTO", "ADMIN"));
    int anew = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Integer> done : threads.invokeAll(Collections.nCopies(16, telling))) {
        anew += done.get();
      }
    }
    assertThat(told()).containsExactly("admin", "ceo", "cfo", "cto", "marketplace", "operator");
    assertThat(anew).isEqualTo(6);
    assertThat(api.outbox.waiting()).isEqualTo(5);
  }

  @Test
  @DisplayName("SE-4: no line break of a subject reaches a header, and long words are cut")
  void tamesWords() {
    Notice notice =
        new Notice(
            "k",
            Set.of(),
            Set.of(),
            Set.of(),
            "k",
            "a\r\nBcc: x@y.z\u0000",
            "t".repeat(30_000),
            "");
    assertThat(notice.subject()).isEqualTo("a Bcc: x@y.z");
    assertThat(notice.text()).hasSize(20_000).endsWith("…");
    assertThatThrownBy(() -> new Notice(" ", Set.of(), Set.of(), Set.of(), "k", "s", "t", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("SE-1b: an inbox is listed newest first, unread on request, and read once")
  void listsAndReads() {
    for (String key : List.of("a", "b", "c")) {
      tell(api, "control_api", notice(key));
    }
    UUID newest = inbox("operator").getFirst().id();
    InboxMessage read = api.inbox.markRead("operator", newest);
    assertThat(read.readAt()).isNotNull();
    assertThat(api.inbox.markRead("operator", newest)).isEqualTo(read);
    assertThat(api.inbox.list("operator", true, Cursor.START, 10)).hasSize(2);
    assertThat(api.inbox.list("operator", false, Cursor.START, 10)).containsExactly(read);
    InboxMessage first = inbox("operator").getFirst();
    assertThat(api.inbox.list("operator", null, new Cursor(first.createdAt(), first.id()), 10))
        .hasSize(2);
    assertThatThrownBy(() -> api.inbox.markRead("cfo", newest))
        .isInstanceOf(RequestRefused.NotFound.class);
  }

  @Test
  @DisplayName("SE-1b: a mail that was sent, or whose person has left, is not found again")
  void findsOwedMails() {
    tell(api, "control_api", notice("k", "CFO"));
    UUID id = inbox("cfo").getFirst().id();
    Mail mail = worker.mails.find(id).orElseThrow();
    assertThat(mail)
        .isEqualTo(
            new Mail(id, "cfo@freelync.com", "A payout waits", "It is large.", "/admin/approvals"));
    assertThat(mail.toString()).doesNotContain("cfo", "payout");
    worker.mails.sent(id);
    assertThat(worker.mails.find(id)).isEmpty();
    worker.mails.givenUp(id);
    assertThat(inbox("cfo").getFirst().mail()).isEqualTo(MailStatus.SENT);

    UUID other = inbox("operator").getFirst().id();
    worker.mails.givenUp(other);
    assertThat(inbox("operator").getFirst().mail()).isEqualTo(MailStatus.FAILED);
    assertThat(worker.mails.find(other)).as("may still be sent by hand").isPresent();
    api.directorySync.apply(TestPeople.of(Map.of("cfo", "name: C, roles: [CFO]")));
    assertThat(worker.mails.find(other)).isEmpty();
  }
}
