package com.freelync.control.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.condition.Condition.All;
import com.freelync.control.condition.Condition.Any;
import com.freelync.control.condition.Condition.Comparison;
import com.freelync.control.condition.Condition.Not;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Facts FACTS =
      Facts.of(
          Map.of(
              "amount",
              new BigDecimal("5000.00"),
              "name",
              "Addis Ababa",
              "at",
              "2026-02-01T00:00:00+03:00",
              "tags",
              List.of("new", "vip"),
              "seller",
              Map.of("verified", true, "trust_score", 8)));

  private static Truth truth(String field, Operator operator, @Nullable Object value) {
    return Judge.judge(new Comparison(field, operator, value), FACTS).truth();
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @ParameterizedTest(name = "AU-3: amount 5000.00 {0} {1} is {2}")
  @CsvSource({
    "EQ, 5000, HOLDS", "EQ, 5000.01, FAILS", "NE, 5000, FAILS", "NE, 1, HOLDS",
    "LT, 5000, FAILS", "LT, 5000.01, HOLDS", "LTE, 5000, HOLDS", "LTE, 4999.99, FAILS",
    "GT, 5000, FAILS", "GT, 4999.99, HOLDS", "GTE, 5000.00, HOLDS", "GTE, 5000.01, FAILS"
  })
  void comparesNumbersByValue(Operator operator, String value, Truth expected) {
    assertThat(truth("amount", operator, number(value))).isEqualTo(expected);
  }

  @Test
  @DisplayName("AU-3: between includes both bounds")
  void betweenIncludesItsBounds() {
    assertThat(truth("amount", Operator.BETWEEN, List.of(number("5000"), number("6000"))))
        .isEqualTo(Truth.HOLDS);
    assertThat(truth("amount", Operator.BETWEEN, List.of(number("1"), number("5000"))))
        .isEqualTo(Truth.HOLDS);
    assertThat(truth("amount", Operator.BETWEEN, List.of(number("1"), number("4999.99"))))
        .isEqualTo(Truth.FAILS);
  }

  @Test
  @DisplayName("AU-3: times compare as instants, whatever their offset")
  void comparesTimesAsInstants() {
    assertThat(truth("at", Operator.GTE, "2026-01-31T21:00:00Z")).isEqualTo(Truth.HOLDS);
    assertThat(truth("at", Operator.LT, "2026-01-31T21:00:00Z")).isEqualTo(Truth.FAILS);
    assertThat(truth("at", Operator.GTE, "2026-02-01")).isEqualTo(Truth.HOLDS);
  }

  @Test
  @DisplayName("AU-3: texts and lists")
  void comparesTextsAndLists() {
    assertThat(truth("name", Operator.STARTS_WITH, "Addis")).isEqualTo(Truth.HOLDS);
    assertThat(truth("name", Operator.ENDS_WITH, "Addis")).isEqualTo(Truth.FAILS);
    assertThat(truth("name", Operator.CONTAINS, "s A")).isEqualTo(Truth.HOLDS);
    assertThat(truth("name", Operator.MATCHES, "Ad+is.*")).isEqualTo(Truth.HOLDS);
    assertThat(truth("name", Operator.MATCHES, "Addis")).isEqualTo(Truth.FAILS);
    assertThat(truth("name", Operator.IN, List.of("Adama", "Addis Ababa"))).isEqualTo(Truth.HOLDS);
    assertThat(truth("name", Operator.NOT_IN, List.of("Adama"))).isEqualTo(Truth.HOLDS);
    assertThat(truth("tags", Operator.CONTAINS, "vip")).isEqualTo(Truth.HOLDS);
    assertThat(truth("tags", Operator.CONTAINS, "old")).isEqualTo(Truth.FAILS);
  }

  @Test
  @DisplayName("AU-3 SE-4: a null that a sender put into a list is none of what is sought")
  void passesOverNullsInLists() {
    Comparison among = new Comparison("tags", Operator.CONTAINS, "vip");
    Facts withNull = path -> Optional.of(Arrays.asList(null, "vip"));
    Facts nullOnly = path -> Optional.of(Arrays.asList((Object) null));
    assertThat(Judge.judge(among, withNull).truth()).isEqualTo(Truth.HOLDS);
    assertThat(Judge.judge(among, nullOnly).truth()).isEqualTo(Truth.FAILS);
  }

  @Test
  @DisplayName("AU-3: exists never lacks an answer")
  void existsIsAlwaysDecided() {
    assertThat(truth("seller.verified", Operator.EXISTS, null)).isEqualTo(Truth.HOLDS);
    assertThat(truth("seller.missing", Operator.EXISTS, null)).isEqualTo(Truth.FAILS);
    assertThat(truth("seller.missing", Operator.EXISTS, false)).isEqualTo(Truth.HOLDS);
  }

  @Test
  @DisplayName("AU-3: a missing field or a type that does not fit is undecided, never a silent no")
  void neverASilentNo() {
    Judgement missing =
        Judge.judge(new Comparison("seller.age", Operator.GTE, number("18")), FACTS);
    assertThat(missing.truth()).isEqualTo(Truth.UNDECIDED);
    assertThat(missing.reason()).contains("seller.age is missing");
    assertThat(truth("name", Operator.LTE, number("1"))).isEqualTo(Truth.UNDECIDED);
    assertThat(truth("seller.verified", Operator.EQ, "true")).isEqualTo(Truth.UNDECIDED);
    assertThat(truth("amount", Operator.STARTS_WITH, "5")).isEqualTo(Truth.UNDECIDED);
  }

  @Test
  @DisplayName("AU-3: all, any and not follow Kleene's logic")
  void combinesByKleene() {
    Condition yes = new Comparison("amount", Operator.EXISTS, null);
    Condition no = new Not(yes);
    Condition unknown = new Comparison("gone", Operator.EQ, "x");
    assertThat(Judge.judge(new All(List.of(yes, unknown, no)), FACTS).truth())
        .isEqualTo(Truth.FAILS);
    assertThat(Judge.judge(new All(List.of(yes, unknown)), FACTS).truth())
        .isEqualTo(Truth.UNDECIDED);
    assertThat(Judge.judge(new Any(List.of(unknown, yes)), FACTS).truth()).isEqualTo(Truth.HOLDS);
    assertThat(Judge.judge(new Any(List.of(no, unknown)), FACTS).truth())
        .isEqualTo(Truth.UNDECIDED);
    assertThat(Judge.judge(new Not(unknown), FACTS).truth()).isEqualTo(Truth.UNDECIDED);
    assertThat(Judge.judge(Condition.always(), FACTS).truth()).isEqualTo(Truth.HOLDS);
  }

  @Test
  @DisplayName("AU-6 AU-7: what stood within a not says so, and what the not came to")
  void reportsNegation() {
    Comparison large = new Comparison("amount", Operator.GT, number("100"));
    Comparison missing = new Comparison("gone", Operator.EQ, "x");
    Judgement refused = Judge.judge(new Not(new All(List.of(large, large))), FACTS);
    assertThat(refused.truth()).isEqualTo(Truth.FAILS);
    assertThat(refused.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.truth()).isEqualTo(Truth.HOLDS);
              assertThat(finding.afterNot()).isEqualTo(Truth.FAILS);
            });
    assertThat(refused.findings()).containsAll(refused.deciding());
    assertThat(Judge.judge(new Not(large), FACTS).reason())
        .isEqualTo("amount gt 100 holds: amount is 5000.00, so the not around it does not hold");
    assertThat(Judge.judge(new Not(missing), FACTS).findings().getFirst().afterNot())
        .isEqualTo(Truth.UNDECIDED);
    assertThat(Judge.judge(new Not(new Not(large)), FACTS).findings().getFirst().afterNot())
        .isEqualTo(Truth.HOLDS);
    assertThat(Judge.judge(large, FACTS).findings().getFirst().afterNot()).isNull();
  }

  @Test
  @DisplayName("AU-6: every comparison is reported, and those that decided are marked")
  void reportsWhatDecided() {
    Judgement judgement =
        Judge.judge(
            new All(
                List.of(
                    new Comparison("amount", Operator.LTE, number("100")),
                    new Comparison("seller.verified", Operator.EQ, true))),
            FACTS);
    assertThat(judgement.findings()).hasSize(2);
    assertThat(judgement.deciding()).extracting(Finding::field).containsExactly("amount");
    assertThat(judgement.reason()).isEqualTo("amount lte 100 does not hold: amount is 5000.00");
  }
}
