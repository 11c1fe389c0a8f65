package com.freelync.control.approval;

import com.freelync.control.approval.ApprovalDao.RequestRow;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between the rows of a request and what they say. */
final class ApprovalRows {
  private ApprovalRows() {}

  static Approval read(RequestRow row) {
    List<Slot> slots = slots(row.slotsJson());
    Set<String> authors = Set.of(row.authors());
    ApprovalRule rule = new ApprovalRule(slots, authors);
    List<WordRow> words =
        Json.readObjects(row.wordsJson()).stream().map(ApprovalRows::wordRow).toList();
    List<Given> given = words.stream().filter(WordRow::approves).map(WordRow::given).toList();
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
        Json.readObjects(row.timersJson()).stream().map(ApprovalRows::timer).toList(),
        words.stream().map(word -> word(rule, given, word)).toList(),
        given,
        Json.readObjects(row.delegationsJson()).stream().map(ApprovalRows::delegation).toList());
  }

  private static Approval.Delegation delegation(Map<String, Object> row) {
    return new Approval.Delegation(
        text(row, "from"), text(row, "to"), text(row, "reason"), time(text(row, "at")));
  }

  /** A person's word as it is kept. */
  private record WordRow(Given given, boolean approves, @Nullable String comment, Instant at) {}

  private static WordRow wordRow(Map<String, Object> row) {
    return new WordRow(
        new Given(text(row, "by"), roles(texts(row, "roles")), (String) row.get("on_behalf_of")),
        text(row, "decision").equals("APPROVE"),
        (String) row.get("comment"),
        time(text(row, "at")));
  }

  private static Approval.Word word(ApprovalRule rule, List<Given> given, WordRow word) {
    Given by = word.given();
    String role =
        word.approves()
            ? rule.roleOf(given, by).map(Role::name).orElse(null)
            : rule.slots().stream()
                .flatMap(slot -> slot.roles().stream())
                .filter(by.roles()::contains)
                .map(Role::name)
                .findFirst()
                .orElse(null);
    return new Approval.Word(
        by.by(), by.onBehalfOf(), role, word.approves(), word.comment(), word.at());
  }

  private static Approval.Timer timer(Map<String, Object> row) {
    String firedAt = (String) row.get("fired_at");
    return new Approval.Timer(
        time(text(row, "at")),
        Approval.Timer.Kind.valueOf(text(row, "kind")),
        texts(row, "roles"),
        firedAt == null ? null : time(firedAt));
  }

  private static String text(Map<String, Object> row, String field) {
    return String.valueOf(row.get(field));
  }

  private static List<String> texts(Map<String, Object> row, String field) {
    return ((List<?>) Objects.requireNonNull(row.get(field)))
        .stream().map(String::valueOf).toList();
  }

  /** A time as PostgreSQL writes it in JSON, to the microsecond, with the session's offset. */
  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
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
