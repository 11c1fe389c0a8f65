package com.freelync.control.approval;

import com.freelync.control.approval.ApprovalDao.RequestRow;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people are asked, and what waits for one of them. */
public final class ApprovalList {
  private final Database database;
  private final StandIns standIns;

  public ApprovalList(Database database, StandIns standIns) {
    this.database = database;
    this.standIns = standIns;
  }

  /** One request. */
  public Approval get(UUID id) {
    return database.read(
        handle -> {
          ApprovalDao dao = handle.attach(ApprovalDao.class);
          return ApprovalRows.read(dao.find(id).orElseThrow(() -> Approvals.notFound(id)));
        });
  }

  /** Requests of a status, all if null, newest first, after the cursor. */
  public List<Approval> list(@Nullable String status, Cursor after, int limit) {
    return database.read(
        handle -> {
          ApprovalDao dao = handle.attach(ApprovalDao.class);
          return dao.list(status, after.at(), after.id(), limit).stream()
              .map(ApprovalRows::read)
              .toList();
        });
  }

  /** A request, and how somebody may decide on it. */
  public record Waiting(Approval approval, Given by) {}

  /** What somebody may decide now, newest first, after the cursor. */
  public List<Waiting> waitingFor(Approver approver, Cursor after, int limit) {
    return database.transaction(
        transaction -> {
          ApprovalDao dao = transaction.attach(ApprovalDao.class);
          List<Given> candidates = standIns.candidates(transaction, approver);
          String[] roles =
              ApprovalRows.names(
                  candidates.stream()
                      .flatMap(candidate -> candidate.roles().stream())
                      .collect(Collectors.toUnmodifiableSet()));
          List<Waiting> waiting = new ArrayList<>();
          Cursor next = after;
          List<RequestRow> page;
          do {
            page = dao.waitingFor(approver.subject(), roles, next.at(), next.id(), limit);
            for (RequestRow row : page) {
              next = new Cursor(row.requestedAt(), row.id());
              Approval approval = ApprovalRows.read(row);
              accepted(approval, standIns.candidates(transaction, approver, approval, candidates))
                  .ifPresent(by -> waiting.add(new Waiting(approval, by)));
            }
          } while (page.size() == limit && waiting.size() < limit);
          return waiting.size() > limit ? waiting.subList(0, limit) : waiting;
        });
  }

  /** Of which capability a request is that was handed to a person, and the roles of who did. */
  public record Lent(String subjectType, Set<Role> roles) {}

  /** What was handed to a person who is in the directory, and still waits. */
  public List<Lent> delegatedTo(String subject) {
    return database.transaction(
        transaction -> {
          List<ApprovalDao.DelegatedRow> handed =
              transaction.attach(ApprovalDao.class).delegatedTo(subject);
          if (handed.isEmpty() || standIns.person(transaction, subject).isEmpty()) {
            return List.of();
          }
          return handed.stream()
              .flatMap(
                  row ->
                      standIns.person(transaction, row.fromSubject()).stream()
                          .map(from -> new Lent(row.subjectType(), from.roles())))
              .toList();
        });
  }

  private static Optional<Given> accepted(Approval approval, List<Given> candidates) {
    return switch (approval.rule().decide(approval.given(), candidates)) {
      case Decision.Complete complete -> Optional.of(complete.approval());
      case Decision.Waiting waiting -> Optional.of(waiting.approval());
      case Decision.Refused refused -> Optional.empty();
    };
  }
}
