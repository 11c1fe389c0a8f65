package com.freelync.control.approval;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which question a word answers, where a subject may ask several at the same time. */
final class Meant {
  private Meant() {}

  /**
   * The one that waits, or the last one where none does; of several that wait the one whose content
   * the person saw.
   *
   * @throws RequestRefused.Invalid if several wait and the word does not say which it answers
   */
  static Optional<ApprovalDao.RequestRow> by(
      NewWord word, ApprovalDao dao, String subjectType, String subjectId) {
    List<ApprovalDao.RequestRow> waiting =
        dao.of(subjectType, subjectId).stream()
            .filter(row -> row.status().equals(ApprovalStatus.WAITING.name()))
            .toList();
    if (waiting.size() < 2) {
      return dao.newest(subjectType, subjectId);
    }
    if (word.contentHash() == null) {
      String names =
          waiting.stream()
              .map(ApprovalDao.RequestRow::name)
              .distinct()
              .limit(20)
              .collect(Collectors.joining(", "));
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/content_hash",
                  "required",
                  waiting.size()
                      + " questions wait ("
                      + names
                      + "): give the content_hash of the one that you answer")));
    }
    return waiting.stream()
        .filter(row -> row.contentHash().equals(word.contentHash()))
        .findFirst()
        .or(() -> dao.newest(subjectType, subjectId));
  }
}
