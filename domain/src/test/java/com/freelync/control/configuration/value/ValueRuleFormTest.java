package com.freelync.control.configuration.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CF-5")
@DisplayName("CF-5: keys, and the forms of values")
class ValueRuleFormTest {
  private static final String KEY = "commission.tier1.rate";

  @Test
  void anObjectWhoseOneFieldIsTheLastPartOfTheKeyIsItsValue() {
    assertThat(ValueForm.bare(KEY, Map.of("rate", 5))).isEqualTo(5);
    assertThat(ValueForm.bare("limit", Map.of("limit", 5))).isEqualTo(5);
    assertThat(ValueForm.bare(KEY, Rules.value("{'rate': null}"))).isNull();
  }

  @Test
  void anythingElseIsTheValueItself() {
    for (Object written :
        List.of(5, "rate", List.of(5), Map.of(), Map.of("Rate", 5), Map.of("rate", 5, "a", 1))) {
      assertThat(ValueForm.bare(KEY, written)).isSameAs(written);
    }
  }

  @Test
  void theObjectOfAValueHoldsIt() {
    Map<String, Object> written = Map.of("rate", Map.of("rate", 1));
    assertThat(ValueForm.object(KEY, 5)).isEqualTo(Map.of("rate", 5));
    assertThat(ValueForm.bare(KEY, ValueForm.object(KEY, written))).isEqualTo(written);
  }

  @Test
  void theCanonicalFormHasNoExponentAndNoTrailingZeros() {
    assertThat(ValueForm.canonical(new BigDecimal("5.00"))).isEqualTo(new BigDecimal("5"));
    assertThat(ValueForm.canonical(100)).hasToString("100");
    assertThat(ValueForm.canonical(new BigDecimal("1E+2"))).hasToString("100");
    assertThat(ValueForm.canonical(new BigDecimal("0.000"))).hasToString("0");
    assertThat(ValueForm.canonical(BigInteger.TEN)).isEqualTo(ValueForm.canonical(10L));
    assertThat(Json.write(ValueForm.canonical(Rules.value("{'b': [1.0, null], 'a': true}"))))
        .isEqualTo("{\"a\":true,\"b\":[1,null]}");
    assertThat(ValueForm.canonical(Arrays.asList(1, null))).isNotEqualTo(List.of(BigDecimal.ONE));
  }

  @Test
  void whatIsTooLargeHasNoCanonicalForm() {
    assertThatThrownBy(() -> ValueForm.canonical(new BigDecimal("1e999999999")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ValueForm.canonical(0.1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "commission.tier1.rate", "feature-x.1.on_off", "a-1"})
  void aKeyIsOfSmallLettersAndDigitsInParts(String text) {
    assertThat(SettingKey.of(text)).contains(new SettingKey(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "1a",
        "_a",
        "a.",
        ".a",
        "a..b",
        "a.-b",
        "a b",
        "a/b",
        "a\n",
        "ä",
        "abcdef12-1234-4abc-89ab-123456789012"
      })
  void nothingElseIsAKey(String text) {
    assertThat(SettingKey.of(text)).isEmpty();
    assertThatThrownBy(() -> new SettingKey(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyHasABoundedLength() {
    assertThat(SettingKey.of("a".repeat(120))).isPresent();
    assertThat(SettingKey.of("a".repeat(121))).isEmpty();
    assertThat(SettingKey.malformed("/key").message()).contains("120 characters");
  }

  @Test
  void theLastPartFollowsTheLastDot() {
    assertThat(new SettingKey(KEY).lastPart()).isEqualTo("rate");
    assertThat(new SettingKey("a-b").lastPart()).isEqualTo("a-b");
  }
}
