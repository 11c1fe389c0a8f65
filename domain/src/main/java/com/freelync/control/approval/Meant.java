package com.freelync.control.approval;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which question a word answers, where a subject may ask several at the same time. */
final class Meant {
  private static final int MOST_NAMED = 20;

  private Meant() {}

  /**
   * The one whose content the person saw; of who does not say what they saw the one that waits, or
   * the last one where none does.
   *
   * @throws RequestRefused.Invalid if several wait and the word does not say which it answers
   */
  static Optional<ApprovalDao.RequestRow> by(
      NewWord word, ApprovalDao dao, String subjectType, String subjectId) {
    List<ApprovalDao.RequestRow> asked = dao.of(subjectType, subjectId);
    if (word.contentHash() != null) {
      return asked.stream()
          .filter(row -> row.contentHash().equals(word.contentHash()))
          .min(Comparator.comparing(row -> !isWaiting(row)))
          .or(() -> dao.newest(subjectType, subjectId));
    }
    List<ApprovalDao.RequestRow> waiting = asked.stream().filter(Meant::isWaiting).toList();
    if (waiting.size() < 2) {
      return dao.newest(subjectType, subjectId);
    }
    String names =
        waiting.stream()
            .map(ApprovalDao.RequestRow::name)
            .distinct()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    throw new RequestRefused.Invalid(
        List.of(
            new FieldError(
                "/content_hash",
                "required",
                "%d questions wait (%s): give the content_hash of the one that you answer"
                    .formatted(waiting.size(), names))));
  }

  private static boolean isWaiting(ApprovalDao.RequestRow row) {
    return row.status().equals(ApprovalStatus.WAITING.name());
  }
}
