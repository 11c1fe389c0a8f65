package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BadInputTest {
  private static final String NOBODY = UUID.randomUUID().toString();
  private final TestApi api = TestApi.running();
  private final List<Endpoint> endpoints = Endpoint.all();
  private Map<String, String> before = Map.of();

  @BeforeEach
  void remember() {
    before = api.digest();
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(api.digest()).isEqualTo(before);
  }

  private Call call(Endpoint endpoint) {
    return api.as(endpoint.person(), endpoint.method(), endpoint.path());
  }

  private Call good(Endpoint endpoint) {
    Call call = call(endpoint);
    return endpoint.hasBody() ? body(call, endpoint, endpoint.body()) : call;
  }

  private static Call body(Call call, Endpoint endpoint, String body) {
    return call.body(endpoint.type(), body.getBytes(StandardCharsets.UTF_8));
  }

  private Stream<DynamicTest> eachBody(
      Map<String, Function<Endpoint, byte[]>> kinds, int... statuses) {
    return endpoints.stream()
        .filter(Endpoint::hasBody)
        .flatMap(
            endpoint ->
                kinds.entrySet().stream()
                    .map(
                        kind ->
                            DynamicTest.dynamicTest(
                                endpoint + ": " + kind.getKey(),
                                () ->
                                    assertProblem(
                                        call(endpoint)
                                            .body(endpoint.type(), kind.getValue().apply(endpoint))
                                            .send(),
                                        statuses))));
  }

  private Stream<DynamicTest> each(
      List<Endpoint> some, Function<Endpoint, Answer> sent, int... statuses) {
    return some.stream()
        .map(
            endpoint ->
                DynamicTest.dynamicTest(
                    endpoint.toString(), () -> assertProblem(sent.apply(endpoint), statuses)));
  }

  @TestFactory
  @DisplayName("SE-4: a body that is not JSON is malformed")
  Stream<DynamicTest> malformedBodies() {
    return eachBody(BadBodies.malformed(), 400);
  }

  @TestFactory
  @DisplayName("SE-4: a body of a wrong shape is invalid, and says where")
  Stream<DynamicTest> misshapenBodies() {
    return eachBody(BadBodies.misshapen(), 400, 422);
  }

  @TestFactory
  @DisplayName("SE-4: a reason is a text of at most 1,000 characters, and the answer names it")
  Stream<DynamicTest> reasons() {
    Map<String, String> codes =
        Map.of("\"" + "r".repeat(1_001) + "\"", "too_long", "7", "type", "[]", "type");
    return endpoints.stream()
        .filter(endpoint -> endpoint.path().matches(".*/(cancel|execute|resolve|retry|reverse)"))
        .flatMap(
            endpoint ->
                codes.entrySet().stream()
                    .map(
                        wrong ->
                            DynamicTest.dynamicTest(
                                endpoint + ": " + wrong.getValue(),
                                () ->
                                    assertReason(
                                        body(
                                            call(endpoint),
                                            endpoint,
                                            "{\"reason\": " + wrong.getKey() + "}"),
                                        wrong.getValue()))));
  }

  private static void assertReason(Call call, String code) {
    Answer answer = call.send();
    assertProblem(answer, 422);
    assertThat(answer.text("/errors/0/field")).isEqualTo("/reason");
    assertThat(answer.text("/errors/0/code")).isEqualTo(code);
  }

  @Test
  @DisplayName("SE-4: a cancellation needs a reason that says something")
  void blankReason() {
    assertReason(
        api.as("operator", "POST", "/admin/executions/" + NOBODY + "/cancel")
            .json("{\"reason\": \" \"}"),
        "blank");
  }

  @TestFactory
  @DisplayName("SE-4: a body of 5 MB is too large, announced or not")
  Stream<DynamicTest> tooLarge() {
    byte[] spaces = " ".repeat(5_000_000).getBytes(StandardCharsets.UTF_8);
    return each(
        endpoints.stream().filter(Endpoint::hasBody).toList(),
        endpoint -> call(endpoint).body(endpoint.type(), spaces).send(),
        413);
  }

  @TestFactory
  @DisplayName("SE-4: a body that comes in chunks is counted as it is read")
  Stream<DynamicTest> tooLargeInChunks() {
    return each(
        endpoints.stream().filter(Endpoint::hasBody).toList(),
        endpoint ->
            RawHttp.send(
                api.address,
                "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n%s\r\n0\r\n\r\n"
                    .formatted(
                        endpoint.method(),
                        endpoint.path(),
                        api.address.getAuthority(),
                        api.token(endpoint.person()),
                        endpoint.type(),
                        Integer.toHexString(1_100_000),
                        " ".repeat(1_100_000))),
        413);
  }

  @TestFactory
  @DisplayName("SE-4: another media type is not taken, and another one is not given")
  Stream<DynamicTest> mediaTypes() {
    return Stream.concat(
        endpoints.stream()
            .filter(Endpoint::hasBody)
            .flatMap(
                endpoint ->
                    Stream.of("text/xml", "text/plain", "application/x-www-form-urlencoded", "%%")
                        .map(
                            type ->
                                DynamicTest.dynamicTest(
                                    endpoint + " as " + type,
                                    () ->
                                        assertProblem(
                                            call(endpoint)
                                                .body(type, "a=b".getBytes(StandardCharsets.UTF_8))
                                                .send(),
                                            400,
                                            415)))),
        each(endpoints, endpoint -> good(endpoint).header("Accept", "image/png").send(), 406));
  }

  @TestFactory
  @DisplayName("SE-4: a body whose media type nobody named is not taken")
  Stream<DynamicTest> noMediaType() {
    return each(
        endpoints.stream().filter(Endpoint::needsBody).toList(),
        endpoint ->
            RawHttp.request(
                api.address, endpoint.method(), endpoint.path(), api.token(endpoint.person())),
        415);
  }

  @TestFactory
  @DisplayName("SE-1: without a valid token nothing is answered, anywhere")
  Stream<DynamicTest> tokens() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Call bare = api.anonymous(endpoint.method(), endpoint.path());
      Call full = endpoint.hasBody() ? body(bare, endpoint, endpoint.body()) : bare;
      tests.add(
          DynamicTest.dynamicTest(endpoint + ": none", () -> assertProblem(full.send(), 401)));
      BadTokens.of(api, endpoint.person())
          .forEach(
              (kind, header) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          endpoint + ": " + kind,
                          () -> {
                            Answer answer = full.header("Authorization", header).send();
                            assertProblem(answer, 401);
                            assertThat(answer.header("WWW-Authenticate")).isPresent();
                          })));
    }
    return tests.stream();
  }

  @TestFactory
  @DisplayName("SE-4: ids that nothing has, and texts that are no ids, are not found")
  Stream<DynamicTest> unknownIds() {
    return endpoints.stream()
        .filter(Endpoint::hasId)
        .flatMap(
            endpoint ->
                Stream.of(
                        NOBODY, "7", "null", "1-1-1-1-1", "%F0%9F%92%B8", "a".repeat(2_000), "'--")
                    .map(
                        id ->
                            DynamicTest.dynamicTest(
                                endpoint + ": " + id.substring(0, Math.min(id.length(), 40)),
                                () -> {
                                  Call call =
                                      api.as(
                                          endpoint.person(), endpoint.method(), endpoint.path(id));
                                  Call full =
                                      endpoint.hasBody()
                                          ? body(call, endpoint, endpoint.body())
                                          : call;
                                  assertProblem(
                                      full.send(),
                                      404,
                                      405,
                                      endpoint.makesWhatItNames() ? 422 : 404);
                                })));
  }

  @TestFactory
  @DisplayName("SE-4: a query with what is unknown, repeated, or cannot be kept is malformed")
  Stream<DynamicTest> queries() {
    return endpoints.stream()
        .flatMap(
            endpoint ->
                Stream.of("surprise=1", "%00=1", "limit=%ED%A0%80&limit=2", "a=%zz", "%ff=%fe", "=")
                    .map(
                        query ->
                            DynamicTest.dynamicTest(
                                endpoint + "?" + query,
                                () ->
                                    assertProblem(
                                        RawHttp.request(
                                            api.address,
                                            endpoint.method(),
                                            endpoint.path() + "?" + query,
                                            api.token(endpoint.person())),
                                        400,
                                        415))));
  }

  @TestFactory
  @DisplayName("SE-7: a list refuses a page or a filter that does not exist")
  Stream<DynamicTest> pages() {
    return Stream.of(
            "/admin/workflows?limit=0",
            "/admin/workflows?limit=201",
            "/admin/workflows?limit=x",
            "/admin/workflows?limit=-1",
            "/admin/workflows?limit=",
            "/admin/workflows?limit=99999999999999999999",
            "/admin/workflows?cursor=x",
            "/admin/workflows?cursor=",
            "/admin/workflows?cursor=AAAA",
            "/admin/workflows?cursor=" + "_".repeat(39),
            "/admin/workflows?status=active",
            "/admin/workflows?name=%00",
            "/admin/executions?limit=0",
            "/admin/executions?cursor=!",
            "/admin/executions?status=DONE",
            "/admin/executions?workflow_id=1",
            "/admin/executions?waits_for=people",
            "/admin/executions?waits_for=",
            "/admin/executions?retrying=1",
            "/admin/executions?entity=payout:7",
            "/admin/executions?event_id=x",
            "/admin/executions?from=yesterday",
            "/admin/executions?to=%2B1000000000-01-01T00:00:00Z",
            "/admin/executions?from=-999999999-01-01T00:00:00Z",
            "/admin/executions?entity=%00",
            "/admin/people?cursor=x",
            "/me/inbox?unread=yes",
            "/me/inbox?limit=0",
            "/admin/executions?entity=payout",
            "/admin/executions?waiting_for=cfo",
            "/admin/approvals?mine=yes",
            "/admin/approvals?status=waiting",
            "/admin/executions?entity=payout/",
            "/admin/executions?entity=payout/7",
            "/admin/executions?entity=",
            "/admin/executions?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z",
            "/admin/actions?limit=0",
            "/admin/event-types?cursor=x",
            "/admin/workflows/" + Fixtures.standing().draft() + "/versions?limit=201",
            "/admin/payouts?limit=201",
            "/admin/payouts?status=requested",
            "/admin/payouts?seller_id=1-1-1-1-1",
            "/admin/payouts/reconciliations?limit=0",
            "/admin/payouts/reconciliations?cursor=x",
            "/admin/payouts/reconciliations?status=running",
            "/admin/alerts?limit=0",
            "/admin/alerts?cursor=x",
            "/admin/alerts?state=firing",
            "/admin/alerts?severity=HIGH",
            "/admin/alerts?rule=No%20rule",
            "/admin/alerts?rule=",
            "/admin/alerts?subject=x",
            "/admin/alert-rules?limit=x",
            "/admin/config?limit=0",
            "/admin/config?cursor=x",
            "/admin/config?category=commission",
            "/admin/config/commission.tier1.rate?at=yesterday",
            "/admin/config/commission.tier1.rate?at=%2B99999-01-01T00:00:00Z",
            "/admin/config/versions?limit=201",
            "/admin/config/versions?status=active",
            "/admin/config/versions?key=%00",
            "/admin/config/" + Fixtures.standing().setting() + "/history?cursor=!",
            "/admin/freeze-windows?limit=-1",
            "/admin/audit?limit=201",
            "/admin/audit?cursor=x",
            "/admin/audit?outcome=refused",
            "/admin/audit?from=today",
            "/admin/audit?to=2026-02-01",
            "/admin/audit?actor=%00",
            "/admin/audit?id=1",
            "/admin/audit/export?from=today",
            "/admin/audit/export?to=",
            "/admin/audit/export?limit=5",
            "/admin/audit/export?actor=cfo")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path, () -> assertProblem(api.as("admin", "GET", path).send(), 400)));
  }

  @TestFactory
  @DisplayName("SE-4: a method that an address does not know is named as such")
  Stream<DynamicTest> methods() {
    return endpoints.stream()
        .flatMap(
            endpoint ->
                Stream.of("PUT", "DELETE", "BREW")
                    .filter(method -> !isKnown(method, endpoint.template()))
                    .map(
                        method ->
                            DynamicTest.dynamicTest(
                                endpoint + " by " + method,
                                () ->
                                    assertProblem(
                                        RawHttp.request(
                                            api.address,
                                            method,
                                            endpoint.path(),
                                            api.token(endpoint.person())),
                                        405))));
  }

  private boolean isKnown(String method, String template) {
    return endpoints.stream()
        .anyMatch(one -> one.method().equals(method) && one.template().equals(template));
  }
}
