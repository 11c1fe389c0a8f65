package com.freelync.control.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.database.Cursor;
import com.freelync.control.problem.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SE-7: lists by cursor")
class PageRequestTest {
  private static final Cursor PLACE =
      new Cursor(Instant.parse("2026-02-01T08:00:00.123456Z"), UUID.randomUUID());

  @Test
  void aCursorComesBackAsItWasGiven() {
    Page<Cursor> page =
        Page.of(List.of(PLACE, PLACE), new PageRequest(1, Cursor.START), row -> row, row -> row);
    assertThat(page.items()).containsExactly(PLACE);
    assertThat(PageRequest.of("1", page.nextCursor()).after()).isEqualTo(PLACE);
  }

  @Test
  void theLastPageHasNoCursor() {
    Page<Cursor> page =
        Page.of(List.of(PLACE), new PageRequest(1, Cursor.START), row -> row, row -> row);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void unlessAskedAPageHasFifty() {
    assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(50, Cursor.START));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "201", "1.5", "ten", "", " 1", "٣", "99999999999"})
  void aLimitThatIsNoneIsNamed(String limit) {
    assertThat(errors(limit, null)).extracting(FieldError::field).containsExactly("limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "AAAA", "%%%", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void aCursorThatWasNeverGivenIsNamed(String cursor) {
    assertThat(errors(null, cursor)).extracting(FieldError::field).containsExactly("cursor");
  }

  @Test
  void noForgedCursorBreaksAnything() {
    String good = Cursors.write(PLACE);
    Stream.iterate(0, i -> i < good.length(), i -> i + 1)
        .forEach(
            i -> {
              String forged =
                  good.substring(0, i)
                      + (good.charAt(i) == '_' ? '-' : '_')
                      + good.substring(i + 1);
              Cursors.read(forged)
                  .ifPresent(
                      cursor -> assertThat(cursor.at()).isBetween(Instant.EPOCH, afterTheLast()));
            });
  }

  @Test
  void bothAreNamedAtOnce() {
    assertThat(errors("0", "x")).hasSize(2);
  }

  private static Instant afterTheLast() {
    return Cursor.START.at().plusSeconds(1);
  }

  private static List<FieldError> errors(String limit, String cursor) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> PageRequest.of(limit, cursor));
    assertThat(refusal.problem().status()).isEqualTo(400);
    return refusal.problem().errors();
  }
}
