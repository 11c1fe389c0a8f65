package com.freelync.control.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.configuration.SecretValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("call_webhook")
class CallWebhookTest {
  private static final String CALL = "call_webhook";
  private static final List<WebhookCall> CALLS = new ArrayList<>();
  private static WebhookAnswer answer = new WebhookAnswer.Taken(200, null);
  private static ActionFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new ActionFixture(
            call -> {
              CALLS.add(call);
              return answer;
            });
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void forget() {
    CALLS.clear();
    answer = new WebhookAnswer.Taken(200, null);
  }

  private static Map<String, Object> input(Object... more) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("url", "https://example.com/hook");
    for (int i = 0; i < more.length; i += 2) {
      input.put((String) more[i], more[i + 1]);
    }
    return input;
  }

  private static Request with(Object... more) {
    return ActionFixture.request(input(more));
  }

  private static void haveSecret() {
    if (!fixture
        .database
        .as("control_owner")
        .read(handle -> SecretValues.isSet(handle, Webhooks.SECRET))) {
      fixture.secret(Webhooks.SECRET, ActionFixture.SECRET);
    }
  }

  @Test
  @DisplayName("AU-5 SE-5: calls with the same id in every attempt, and gives what was answered")
  void calls() {
    haveSecret();
    Request request =
        with(
            "method",
            "PUT",
            "body",
            Map.of("b", new BigDecimal("1.50"), "a", "x"),
            "headers",
            Map.of("X-Team", "ops"));
    answer = new WebhookAnswer.Taken(202, "{\"ok\":true}");
    Estimate estimate = fixture.estimate(CALL, request);
    assertThat(CALLS).as("an estimate calls nobody").isEmpty();
    Result first = fixture.perform(CALL, request);
    fixture.perform(CALL, request);
    assertThat(first.output())
        .containsEntry("status", new BigDecimal("202"))
        .containsEntry("body", "{\"ok\":true}")
        .containsEntry("webhook_id", estimate.output().get("webhook_id"));
    assertThat(CALLS).hasSize(2);
    assertThat(CALLS.get(0)).isEqualTo(CALLS.get(1));
    assertThat(CALLS.get(0).body()).isEqualTo("{\"a\":\"x\",\"b\":1.50}");
    assertThat(CALLS.get(0).headers()).isEqualTo(Map.of("x-team", "ops"));
    assertThat(CALLS.get(0).secret()).isEqualTo(ActionFixture.SECRET);
    assertThat(CALLS.get(0).toString()).doesNotContain("example.com", "whsec");
  }

  @Test
  @DisplayName("AU-11: what may pass is tried again, what is refused is not")
  void tellsWhatMayPass() {
    haveSecret();
    answer = new WebhookAnswer.NotNow("It answered 503, and asks to be called again in 7 s.");
    assertThatThrownBy(() -> fixture.perform(CALL, with()))
        .isInstanceOf(WebhookNotTaken.class)
        .hasMessageContaining("again in 7 s");
    answer = new WebhookAnswer.Refused("It answered 404.");
    assertThatThrownBy(() -> fixture.perform(CALL, with())).isInstanceOf(ActionRefused.class);
  }

  @Test
  @DisplayName("CF-6: a secret that is not for webhooks leaves the house by none")
  void usesNoOtherSecret() {
    fixture.secret("integration.sms.api_key", "abcdefghijklmnop1234");
    haveSecret();
    for (String input : List.of("secret", "authorization")) {
      assertThat(fixture.objections(CALL, input(input, "integration.sms.api_key")))
          .hasEntrySatisfying(input, why -> assertThat(why).contains("integration.webhook."));
      assertThatThrownBy(() -> fixture.perform(CALL, with(input, "integration.sms.api_key")))
          .isInstanceOf(ActionRefused.class);
      assertThat(fixture.estimate(CALL, with(input, "integration.sms.api_key")).refusal())
          .isNotNull();
    }
    assertThatThrownBy(() -> fixture.perform(CALL, with("secret", "integration.webhook.other")))
        .hasMessageContaining("has no secret for webhooks that is active");
    assertThat(CALLS).isEmpty();
  }

  @Test
  @DisplayName("CF-6: an event chooses no secret that authorizes")
  void isAuthorizedByNoEvent() {
    haveSecret();
    Request request = with("authorization", Webhooks.SECRET);
    RunIdentity run = request.run();
    RunIdentity byEvent =
        new RunIdentity(
            run.executionId(),
            run.workflowId(),
            run.version(),
            "marketplace",
            Map.of(),
            Map.of("authorization", Webhooks.SECRET),
            null);
    assertThatThrownBy(
            () -> fixture.perform(CALL, new Request(byEvent, request.place(), 0, request.input())))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("no event");
    assertThat(CALLS).isEmpty();
  }

  @Test
  @DisplayName("CF-6: an Authorization comes of a secret setting, and of no definition")
  void authorizes() {
    haveSecret();
    fixture.perform(CALL, with("authorization", Webhooks.SECRET));
    assertThat(CALLS.getFirst().headers()).containsEntry("authorization", ActionFixture.SECRET);
    assertThat(
            fixture.objections(
                CALL, input("headers", Map.of("Authorization", "Bearer abc"), "secret", "whsec_x")))
        .hasEntrySatisfying("headers", why -> assertThat(why).contains("name its setting"))
        .containsKey("secret");
  }

  @Test
  @DisplayName("SE-5: an address is said by the definition, not by an event")
  void choosesItsAddress() {
    assertThat(fixture.objections(CALL, Map.of()))
        .hasEntrySatisfying("url", why -> assertThat(why).contains("events do not choose"));
    assertThat(fixture.objections(CALL, Map.of("url", "https://example.com/${trigger.id}")))
        .isEmpty();
    assertThat(fixture.objections(CALL, Map.of("url", "gopher://example.com"))).containsKey("url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "ftp://example.com",
        "https://user:pw@example.com",
        "https://example.com/#x",
        "https:///path",
        "https://exa mple.com",
        "file:///etc/passwd",
        "https://127.1/",
        "javascript:alert(1)"
      })
  @DisplayName("SE-5: refuses what is no address of a webhook")
  void refusesAddresses(String url) {
    assertThatThrownBy(() -> WebhookInputs.url(url)).isInstanceOf(ActionRefused.class);
  }

  @Test
  @DisplayName("SE-5: refuses headers of the protocol, and characters that would make others")
  void refusesHeaders() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("Host", "internal"),
            Map.of("webhook-id", "1"),
            Map.of("Transfer-Encoding", "chunked"),
            Map.of("X-A", "a\r\nX-B: b"),
            Map.of("X A", "a"),
            Map.of("x-a", "ሰላም"))) {
      assertThatThrownBy(() -> WebhookInputs.headers(wrong))
          .as("%s", wrong)
          .isInstanceOf(ActionRefused.class);
    }
  }
}
