package com.freelync.control.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SE-4: bodies are bound strictly, with all errors at once")
class RecordBinderTest {
  private final ObjectMapper json = ApiJson.mapper();
  private final RecordBinder binder = new RecordBinder(json);
  private final JsonBodies bodies = new JsonBodies(json);

  enum Colour {
    RED,
    BLUE
  }

  record Inner(String name, @Nullable Colour colour) {
    Inner {
      if (name.equals("nobody")) {
        throw new IllegalArgumentException("nobody is no name");
      }
    }
  }

  record Order(
      UUID orderId,
      BigDecimal amount,
      @Nullable Duration delay,
      @Nullable Inner inner,
      int count) {}

  @Test
  void aGoodBodyIsBoundExactly() {
    Order order =
        bind(
            """
            {"order_id": "0b4f3f0e-6a1c-4d52-9a53-0f6f2c7f4a01", "amount": 0.10, "delay": "PT15M",
             "inner": {"name": "n", "colour": "RED"}, "count": 2}
            """);
    assertThat(order.amount()).isEqualTo(new BigDecimal("0.10"));
    assertThat(order.delay()).isEqualTo(Duration.ofMinutes(15));
    assertThat(order.inner()).isEqualTo(new Inner("n", Colour.RED));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
    assertThat(
            errors(
                """
                {"order_id": "7", "amount": "5", "delay": "soon", "count": 1.5, "colour/x": 1,
                 "inner": {"colour": "GREEN", "orderId": 3}}
                """))
        .extracting(error -> error.field() + " " + error.code())
        .containsExactlyInAnyOrder(
            "/order_id type",
            "/amount type",
            "/delay type",
            "/count type",
            "/colour~1x unknown",
            "/inner/name missing",
            "/inner/colour type",
            "/inner/orderId unknown");
  }

  @Test
  void aRuleOfTheRecordItselfIsSaidWithItsPlace() {
    assertThat(
            errors(
                """
                {"order_id": "0b4f3f0e-6a1c-4d52-9a53-0f6f2c7f4a01", "amount": 1, "count": 1,
                 "inner": {"name": "nobody"}}
                """))
        .containsExactly(new FieldError("/inner", "invalid", "nobody is no name"));
  }

  @Test
  void nulAndHalfCharactersAreRefusedWhereTheyStand() {
    assertThat(errors("{\"inner\": {\"name\": \"a\\u0000b\"}, \"a\\u0000\": \"\\udc00\"}"))
        .extracting(error -> error.field() + " " + error.code())
        .contains("/inner/name text", "/a? text");
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThat(errors("[1]")).extracting(FieldError::code).containsExactly("type");
  }

  @Test
  void whatIsNoJsonIsMalformedWithThePlaceWhereItEnds() {
    assertThat(malformed("{\"a\": {\"b\": 1,, }}").field()).startsWith("/a");
    assertThat(malformed("{\"a\": 1, \"a\": 2}").code()).isEqualTo("duplicate");
    assertThat(malformed("[".repeat(10_000)).code()).isEqualTo("too_deep_or_long");
    assertThat(malformed("{} {}").code()).isEqualTo("json");
    assertThat(malformed("1" + "0".repeat(100)).code()).isEqualTo("too_deep_or_long");
  }

  @Test
  void bytesThatAreNoUtf8AreMalformed() {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () -> bodies.read(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}));
    assertThat(refusal.problem().status()).isEqualTo(400);
  }

  private Order bind(String body) {
    return binder.bind(bodies.read(body.getBytes(StandardCharsets.UTF_8)), Order.class);
  }

  private List<FieldError> errors(String body) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> bind(body));
    assertThat(refusal.problem().status()).isEqualTo(422);
    return refusal.problem().errors();
  }

  private FieldError malformed(String body) {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> bodies.read(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(refusal.problem().status()).isEqualTo(400);
    return refusal.problem().errors().getFirst();
  }
}
