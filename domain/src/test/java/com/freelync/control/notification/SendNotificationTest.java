package com.freelync.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Cursor;
import com.freelync.control.notification.InboxMessage.MailStatus;
import com.freelync.control.webhook.WebhookAnswer;
import com.freelync.control.webhook.WebhookCall;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("send_notification")
class SendNotificationTest {
  private static final String SEND = "send_notification";

  private final List<WebhookCall> calls = new ArrayList<>();
  private final Deque<WebhookAnswer> answers = new ArrayDeque<>();
  private final ActionFixture fixture =
      new ActionFixture(
          call -> {
            calls.add(call);
            return answers.isEmpty() ? new WebhookAnswer.Taken(200, null) : answers.pop();
          });

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Request with(Map<String, Object> input) {
    return ActionFixture.request(input);
  }

  private List<InboxMessage> inbox(String person) {
    return fixture.api.inbox.list(person, null, Cursor.START, 10);
  }

  @Test
  @DisplayName("AU-5: without inputs it tells ADMIN what the run did, each person once")
  void tellsAdmins() throws Exception {
    Request request = with(Map.of());
    Estimate estimate = fixture.estimate(SEND, request);
    assertThat(inbox("admin")).as("an estimate writes nothing").isEmpty();
    List<Result> results = fixture.performAtOnce(3, SEND, request);
    assertThat(results).extracting(Result::isNew).containsOnlyOnce(true);
    assertThat(results).extracting(Result::output).containsOnly(estimate.output());
    assertThat(inbox("admin"))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.subject()).contains("utomation");
              assertThat(message.link())
                  .isEqualTo("/admin/executions/" + request.run().executionId());
              assertThat(message.mail()).isEqualTo(MailStatus.NONE);
            });
    assertThat(estimate.messages()).isEqualTo(2);
    assertThat(inbox("founder")).as("an admin too").hasSize(1);
    assertThat(inbox("cfo")).isEmpty();
  }

  @Test
  @DisplayName("AU-5 SE-1b: tells roles, groups and people, by mail if asked")
  void tellsByMail() {
    Result result =
        fixture.perform(
            SEND,
            with(
                Map.of(
                    "to",
                    List.of("finance", Map.of("role", "CTO"), "devops"),
                    "channel",
                    "email",
                    "subject",
                    "Payout failed",
                    "text",
                    "See why.")));
    for (String person : List.of("cfo", "cto", "devops")) {
      assertThat(inbox(person))
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.subject()).isEqualTo("Payout failed");
                assertThat(message.text()).isEqualTo("See why.");
                assertThat(message.mail()).isEqualTo(MailStatus.OWED);
              });
    }
    assertThat(result.output().toString()).doesNotContain("@");
    assertThat(
            fixture.count("SELECT count(*) FROM control.outbox WHERE topic = 'notification.mail'"))
        .isEqualTo(((BigDecimal) result.output().get("recipients")).longValue());
  }

  @Test
  @DisplayName("AU-5: fills a template's places, and nothing in what fills them")
  void fillsTemplates() {
    Request request =
        with(
            Map.of(
                "template",
                "payout_attention",
                "values",
                Map.of("payout_id", "P1", "reason", "{{automation}} ${trigger.x} \\$1")));
    fixture.perform(SEND, request);
    InboxMessage message = inbox("admin").getFirst();
    assertThat(message.subject()).isEqualTo("Payout P1 needs attention");
    assertThat(message.text()).contains("attention: {{automation}} ${trigger.x} \\$1");
    assertThatThrownBy(() -> fixture.perform(SEND, with(Map.of("template", "metric_alert"))))
        .isInstanceOf(ActionRefused.class)
        .hasMessage("the template needs values.expected, values.metric, values.value");
    for (String name : MessageTemplate.names()) {
      MessageTemplate template = MessageTemplate.named(name).orElseThrow();
      assertThat(template.subject()).as(name).isNotBlank();
      assertThat(template.missing(Map.of())).as(name).isNotEmpty();
    }
  }

  @Test
  @DisplayName("AU-5: refuses people, roles, channels and templates that there are none of")
  void refuses() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("to", "nobody"),
            Map.of("to", "cfo@freelync.com"),
            Map.of("to", "ROLE_OF_NOBODY"),
            Map.of("to", List.of()),
            Map.of("to", new BigDecimal(1)),
            Map.of("channel", "pigeon"),
            Map.of("template", "none"),
            Map.of("channel", "webhook"),
            Map.of("channel", "chat", "url", "ftp://example.com"))) {
      assertThatThrownBy(() -> fixture.perform(SEND, with(wrong)))
          .as("%s", wrong)
          .isInstanceOf(ActionRefused.class);
    }
    assertThat(fixture.objections(SEND, Map.of("channel", "chat"))).containsOnlyKeys("url");
    assertThat(fixture.objections(SEND, Map.of("to", "a@b.c", "secret", "whsec_clear")))
        .containsOnlyKeys("to", "secret");
    assertThat(fixture.objections(SEND, Map.of("to", "${trigger.who}"))).isEmpty();
  }

  @Test
  @DisplayName("AU-5 SE-5: a webhook without a secret to sign it is refused, and owed with one")
  void owesWebhooks() throws Exception {
    Map<String, Object> input =
        Map.of("channel", "webhook", "url", "https://example.com/h", "subject", "S", "text", "T");
    assertThatThrownBy(() -> fixture.perform(SEND, with(input)))
        .hasMessageContaining("integration.webhook.secret");
    fixture.secret("integration.webhook.secret", ActionFixture.SECRET);
    Request request = with(input);
    assertThat(fixture.estimate(SEND, request).messages()).isEqualTo(1);
    assertThat(fixture.count("SELECT count(*) FROM control.outgoing_message")).isZero();
    List<Result> results = fixture.performAtOnce(2, SEND, request);
    assertThat(results).extracting(Result::isNew).containsExactlyInAnyOrder(true, false);
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.outbox WHERE topic = 'notification.outgoing'"))
        .isEqualTo(1);
    UUID id = request.id();
    answers.add(new WebhookAnswer.NotNow("It answered 500."));
    assertThat(fixture.worker.actions.outgoing.deliver(id))
        .hasValueSatisfying(answer -> assertThat(answer).isInstanceOf(WebhookAnswer.NotNow.class));
    assertThat(fixture.worker.actions.outgoing.deliver(id))
        .hasValueSatisfying(answer -> assertThat(answer).isInstanceOf(WebhookAnswer.Taken.class));
    assertThat(fixture.worker.actions.outgoing.deliver(id)).as("settled").isEmpty();
    assertThat(calls).hasSize(2);
    assertThat(calls).extracting(WebhookCall::id).containsOnly(calls.getFirst().id());
    assertThat(calls).extracting(WebhookCall::body).containsOnly(calls.getFirst().body());
    assertThat(calls.getFirst().secret()).isEqualTo(ActionFixture.SECRET);
    assertThat(calls.getFirst().body()).contains("\"type\":\"control.notification\"", "\"S\"");
    assertThat(fixture.count("SELECT count(*) FROM control.audit_log WHERE action = 'config.use'"))
        .as("each use of the secret is told")
        .isEqualTo(2);
  }

  @Test
  @DisplayName("SE-5: an event does not choose where a message goes")
  void goesWhereItsDefinitionSays() {
    Map<String, Object> said = Map.of("channel", "chat", "url", "https://elsewhere.example.com/x");
    RunIdentity run =
        new RunIdentity(
            UUID.randomUUID(), UUID.randomUUID(), 1, "marketplace", Map.of(), said, null);
    Request request = new Request(run, StepPlace.of("/actions/0"), 0, said);
    assertThatThrownBy(() -> fixture.perform(SEND, request))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("no event");
  }

  @Test
  @DisplayName(
      "AU-5: a chat is told in the form that chats take, and what it refuses stays refused")
  void tellsChats() {
    Request request =
        with(
            Map.of(
                "channel",
                "chat",
                "url",
                "https://chat.example.com/x",
                "subject",
                "S",
                "text",
                "T"));
    fixture.perform(SEND, request);
    answers.add(new WebhookAnswer.Refused("It answered 404."));
    fixture.worker.actions.outgoing.deliver(request.id());
    assertThat(calls)
        .singleElement()
        .extracting(WebhookCall::body)
        .isEqualTo("{\"text\":\"*S*\\nT\"}");
    fixture.worker.actions.outgoing.giveUp(request.id());
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.outgoing_message WHERE status = 'REFUSED' AND problem = 'It answered 404.'"))
        .isEqualTo(1);
  }
}
