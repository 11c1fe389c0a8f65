package com.freelync.control.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.Decision.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SE-2 CF-2: who must agree")
class ApprovalRuleTest {
  private static final Set<String> AUTHOR = Set.of("admin");

  private static ApprovalRule rule(Slot... slots) {
    return new ApprovalRule(List.of(slots), AUTHOR);
  }

  private static Given by(String who, String... roles) {
    return inStead(who, null, roles);
  }

  private static Given inStead(String who, @Nullable String of, String... roles) {
    return new Given(who, Arrays.stream(roles).map(Role::new).collect(Collectors.toSet()), of);
  }

  @Test
  void oneSlotIsFilledByOnePersonOfItsRole() {
    Given cfo = by("cfo", "CFO");
    assertThat(rule(Slot.of("CFO")).decide(List.of(), List.of(cfo)))
        .isEqualTo(new Decision.Complete(cfo));
    assertThat(rule(Slot.of("CFO")).decide(List.of(), List.of(by("ceo", "CEO"))))
        .isEqualTo(new Decision.Refused(Reason.NO_SLOT_FOR_ROLE));
  }

  @Test
  void theAuthorIsRefusedWhateverTheRole() {
    assertThat(rule(Slot.of("CFO")).decide(List.of(), List.of(by("admin", "CFO", "ADMIN"))))
        .isEqualTo(new Decision.Refused(Reason.OWN_CHANGE));
    assertThat(rule(Slot.of("CFO")).decide(List.of(), List.of(by("admin", "OPERATOR"))))
        .isEqualTo(new Decision.Refused(Reason.OWN_CHANGE));
  }

  @Test
  void nobodyFillsTwoSlotsNotEvenWithBothRoles() {
    ApprovalRule both = rule(Slot.of("CFO"), Slot.of("CEO"));
    Given founder = by("founder", "CEO", "CFO");
    assertThat(both.decide(List.of(), List.of(founder))).isInstanceOf(Decision.Waiting.class);
    assertThat(both.decide(List.of(founder), List.of(founder)))
        .isEqualTo(new Decision.Refused(Reason.ALREADY_APPROVED));
  }

  @Test
  void whoHoldsTwoRolesMakesRoomForWhoHoldsOne() {
    ApprovalRule rule = rule(Slot.of("CFO", "CEO"), Slot.of("CFO"));
    Given cfo = by("cfo", "CFO");
    Given ceo = by("ceo", "CEO");
    assertThat(rule.open(List.of(cfo))).hasSize(1);
    assertThat(rule.decide(List.of(cfo), List.of(ceo))).isEqualTo(new Decision.Complete(ceo));
    assertThat(rule.roleOf(List.of(cfo, ceo), cfo)).contains(new Role("CFO"));
    assertThat(rule.roleOf(List.of(cfo, ceo), ceo)).contains(new Role("CEO"));
  }

  @Test
  void aDelegateCountsWithTheRolesOfWhomTheyStandInFor() {
    Given own = by("analyst", "ANALYST");
    Given forCfo = inStead("analyst", "cfo", "CFO");
    assertThat(rule(Slot.of("CFO")).decide(List.of(), List.of(own, forCfo)))
        .isEqualTo(new Decision.Complete(forCfo));
  }

  @Test
  void delegatingDoesNotDoubleAPersonOrHelpAnAuthor() {
    ApprovalRule two = rule(Slot.of("CFO"), Slot.of("CFO"));
    Given cfo = by("cfo", "CFO");
    Given forCfo = inStead("ceo", "cfo", "CFO");
    assertThat(two.decide(List.of(cfo), List.of(by("ceo", "CEO"), forCfo)))
        .isEqualTo(new Decision.Refused(Reason.ALREADY_APPROVED));
    assertThat(two.decide(List.of(forCfo), List.of(cfo)))
        .isEqualTo(new Decision.Refused(Reason.ALREADY_APPROVED));
    assertThat(two.decide(List.of(), List.of(by("ceo", "CEO"), inStead("ceo", "admin", "CFO"))))
        .isEqualTo(new Decision.Refused(Reason.OWN_CHANGE));
  }

  @Provide
  Arbitrary<List<Slot>> slots() {
    return roles().map(roles -> new Slot(List.copyOf(roles))).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Set<Role>> roles() {
    return Arbitraries.of("CEO", "CFO", "CTO", "COO")
        .map(Role::new)
        .set()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property(tries = 500)
  @Tag("SE-2")
  void everyApprovalThatCountsFillsOneSlotMoreByADifferentPerson(
      @ForAll("slots") List<Slot> slots,
      @ForAll List<@net.jqwik.api.From("roles") Set<Role>> people) {
    ApprovalRule rule = new ApprovalRule(slots, Set.of("p0"));
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      Given candidate = new Given("p" + (i % 5), people.get(i), null);
      int open = rule.open(given).size();
      switch (rule.decide(given, List.of(candidate))) {
        case Decision.Refused refused -> {
          if (refused.reason() == Reason.NO_SLOT_FOR_ROLE) {
            given.add(candidate);
            assertThat(rule.open(given)).hasSize(open);
            given.removeLast();
          }
        }
        case Decision.Waiting waiting -> {
          given.add(candidate);
          assertThat(waiting.openSlots()).hasSize(open - 1).isEqualTo(rule.open(given));
        }
        case Decision.Complete complete -> {
          given.add(candidate);
          assertThat(rule.open(given)).isEmpty();
        }
      }
    }
    Set<String> distinct = new HashSet<>();
    assertThat(given).allMatch(approval -> distinct.add(approval.by()));
    assertThat(distinct).doesNotContain("p0");
    assertThat(given.size() + rule.open(given).size()).isEqualTo(slots.size());
  }
}
