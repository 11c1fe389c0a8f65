package com.freelync.control.configuration.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.configuration.value.ValueRule.Type;
import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Tag("CF-5")
@Label("CF-5: laws of rules and values")
class ValueRuleLawsTest {
  private static final long LARGE = 1_000_000_000L;

  @Property(tries = 200)
  void anyRuleOfNumbersIsReadAsItWasPrinted(
      @ForAll @LongRange(min = -LARGE, max = LARGE) long low,
      @ForAll @LongRange(min = 0, max = LARGE) long width,
      @ForAll @LongRange(min = 1, max = 1_000) long step,
      @ForAll @IntRange(min = -5, max = 9) int scale) {
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-scale);
    BigDecimal min = BigDecimal.valueOf(low * step).multiply(unit);
    ValueRule rule =
        numbers(
            min,
            min.add(BigDecimal.valueOf(width).multiply(unit)),
            BigDecimal.valueOf(step).multiply(unit));
    assertThat(ValueRules.read(Json.readObject(Json.write(rule.document())), ""))
        .isEqualTo(new ReadRule.Valid(rule));
  }

  @Property(tries = 200)
  void everyMultipleOfTheStepWithinTheRangePassesAndNothingBetween(
      @ForAll @LongRange(min = -LARGE, max = LARGE) long k,
      @ForAll @LongRange(min = 1, max = LARGE) long step,
      @ForAll @IntRange(min = 0, max = 9) int scale) {
    BigDecimal exact = BigDecimal.valueOf(step, scale);
    BigDecimal multiple = exact.multiply(BigDecimal.valueOf(k));
    ValueRule rule = numbers(multiple.subtract(exact), multiple.add(exact), exact);
    assertThat(rule.check(multiple, "")).isEmpty();
    assertThat(Rules.codes(rule.check(multiple.add(BigDecimal.valueOf(step, scale + 2)), "")))
        .containsExactly(" step");
  }

  @Property(tries = 200)
  void valuesAreCanonicallyEqualJustWhenTheyAreEqualInNumber(
      @ForAll @LongRange(min = -200, max = 200) long left,
      @ForAll @IntRange(min = -3, max = 3) int leftScale,
      @ForAll @LongRange(min = -200, max = 200) long right,
      @ForAll @IntRange(min = -3, max = 3) int rightScale) {
    BigDecimal a = BigDecimal.valueOf(left, leftScale);
    BigDecimal b = BigDecimal.valueOf(right, rightScale);
    boolean isEqual = a.compareTo(b) == 0;
    Object x = ValueForm.canonical(Map.of("v", List.of(a)));
    Object y = ValueForm.canonical(Map.of("v", List.of(b)));
    assertThat(x.equals(y)).isEqualTo(isEqual);
    assertThat(Json.canonical(x).equals(Json.canonical(y))).isEqualTo(isEqual);
    assertThat(ValueForm.canonical(x)).isEqualTo(x);
  }

  private static ValueRule numbers(BigDecimal min, BigDecimal max, BigDecimal step) {
    return new ValueRule(Type.NUMBER, min, max, step, null, List.of(), null, false, "");
  }
}
