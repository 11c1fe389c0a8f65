package com.freelync.control.approval;

import com.freelync.control.approval.ApprovalDao.RequestRow;
import com.freelync.control.approval.ApprovalDao.WordRow;
import com.freelync.control.database.Json;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Between the rows of a request and what they say. */
final class ApprovalRows {
  private ApprovalRows() {}

  static Approval read(ApprovalDao dao, RequestRow row) {
    List<Slot> slots = slots(row.slotsJson());
    Set<String> authors = Set.of(row.authors());
    ApprovalRule rule = new ApprovalRule(slots, authors);
    List<WordRow> words = dao.words(row.id());
    List<Given> given = given(words);
    return new Approval(
        row.id(),
        row.subjectType(),
        row.subjectId(),
        row.subjectKey(),
        row.name(),
        row.title(),
        row.link(),
        slots,
        authors,
        row.contentHash(),
        ApprovalStatus.valueOf(row.status()),
        row.requestedAt(),
        row.dueAt(),
        row.timeout(),
        row.decidedAt(),
        row.comment(),
        row.requestId(),
        row.waitsIn(),
        dao.timers(row.id()).stream()
            .map(
                timer ->
                    new Approval.Timer(
                        timer.at(),
                        Approval.Timer.Kind.valueOf(timer.kind()),
                        List.of(timer.roles()),
                        timer.firedAt()))
            .toList(),
        words.stream().map(word -> word(rule, given, word)).toList(),
        given);
  }

  /** The approvals among people's words, as the rule reads them. */
  static List<Given> given(List<WordRow> words) {
    return words.stream()
        .filter(word -> word.decision().equals("APPROVE"))
        .map(ApprovalRows::given)
        .toList();
  }

  private static Given given(WordRow word) {
    return new Given(word.by(), roles(Arrays.asList(word.roles())), word.onBehalfOf());
  }

  private static Approval.Word word(ApprovalRule rule, List<Given> given, WordRow word) {
    boolean approves = word.decision().equals("APPROVE");
    String role =
        approves
            ? rule.roleOf(given, given(word)).map(Role::name).orElse(null)
            : rule.slots().stream()
                .flatMap(slot -> slot.roleNames().stream())
                .filter(Arrays.asList(word.roles())::contains)
                .findFirst()
                .orElse(null);
    return new Approval.Word(
        word.by(), word.onBehalfOf(), role, approves, word.comment(), word.at());
  }

  static Set<Role> roles(Collection<String> names) {
    return names.stream().map(Role::new).collect(Collectors.toUnmodifiableSet());
  }

  static String[] names(Collection<Role> roles) {
    return roles.stream().map(Role::name).sorted().toArray(String[]::new);
  }

  /** Every role that one of the slots asks for. */
  static Set<Role> rolesOf(List<Slot> slots) {
    return slots.stream()
        .flatMap(slot -> slot.roles().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String json(List<Slot> slots) {
    return Json.write(slots.stream().map(Slot::roleNames).toList());
  }

  private static List<Slot> slots(String json) {
    return Json.readLists(json).stream()
        .map(names -> Slot.of(names.toArray(String[]::new)))
        .toList();
  }
}
