package com.freelync.control.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SE-3: an export is verified by its bytes alone")
class ExportVerifierTest {
  private final byte[] sound = SampleExport.of(1, 10, 12);
  private final List<String> lines = SampleExport.lines(sound);

  private static List<String> faults(Verification verification) {
    return verification.faults().stream().map(Fault::toString).toList();
  }

  @Test
  @DisplayName("SE-3: the test vector of docs/audit.md")
  void testVector() {
    byte[] text = SampleExport.row(1).sealedAt(1);
    assertThat(new String(text, java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"position\":1,\"id\":1,\"txid\":701,\"at\":\"2026-02-01T08:00:01.000001Z\","
                + "\"actor\":\"cfo\",\"action\":\"payout.approve\",\"subject_type\":\"payout\","
                + "\"subject_id\":\"p-1\",\"outcome\":\"ALLOWED\","
                + "\"reason\":\"said \\\"yes\\\"\\u000a\",\"details\":{\"amount\": 4200.00},"
                + "\"request_id\":\"request-1\"}");
    assertThat(SampleExport.chain(2).subList(1, 3).stream().map(SealHash::toString))
        .containsExactly(
            "bbe69d8fa7b92874a610c1300009d9dae35c9b706d35410a8cf685a1b1c42e15",
            "b1586bf0da62fbc9bb7894d5b0b5de8d3cc052cae3282999a1fc770f56054140");
  }

  @Test
  @DisplayName("SE-3: a sound export is sound, and says from where to where it goes")
  void soundExports() {
    Verification whole = SampleExport.verify(sound);
    assertThat(whole.faults()).isEmpty();
    assertThat(whole.count()).isEqualTo(10);
    assertThat(whole.first()).isEqualTo(1);
    assertThat(whole.last()).isEqualTo(10);
    assertThat(whole.lastHash()).isEqualTo(SampleExport.chain(10).getLast());
    assertThat(whole.earliest()).isEqualTo(SampleExport.BEGIN.plusSeconds(1));
    assertThat(whole.latest()).isEqualTo(SampleExport.BEGIN.plusSeconds(10));
    assertThat(SampleExport.verify(SampleExport.of(4, 12, 12)).faults()).isEmpty();
    assertThat(SampleExport.verify(SampleExport.of(13, 12, 12)).faults()).isEmpty();
    assertThat(SampleExport.verify(SampleExport.of(1, 0, 0)).faults()).isEmpty();
  }

  @Test
  @DisplayName("SE-3: a flipped byte is found at its line and position")
  void flippedBytes() {
    lines.set(5, lines.get(5).replace("4200.00", "9200.00"));
    assertThat(faults(SampleExport.verify(lines)))
        .singleElement()
        .asString()
        .startsWith("line 6: position 5 was changed");
  }

  @Test
  @DisplayName("SE-3: two faults are two faults, each at its place")
  void severalFaults() {
    lines.set(3, lines.get(3).replace("cfo", "ceo"));
    lines.set(8, lines.get(8).replace("cfo", "ceo"));
    assertThat(faults(SampleExport.verify(lines)))
        .hasSize(2)
        .satisfiesExactly(
            fault -> assertThat(fault).startsWith("line 4: position 3 was changed"),
            fault -> assertThat(fault).startsWith("line 9: position 8 was changed"));
  }

  @Test
  @DisplayName("SE-3: a deleted row is found between its neighbours")
  void deletedRows() {
    lines.remove(5);
    assertThat(faults(SampleExport.verify(lines)))
        .contains("line 6: position 5 is missing between line 5 and this one");
    lines.subList(5, 7).clear();
    assertThat(faults(SampleExport.verify(lines)))
        .contains("line 6: positions 5 to 7 are missing between line 5 and this one");
  }

  @Test
  @DisplayName("SE-3: a deleted first or last row is found too")
  void deletedEnds() {
    List<String> headless = SampleExport.lines(sound);
    headless.remove(1);
    assertThat(faults(SampleExport.verify(headless)))
        .contains("line 2: position 1 is missing between line 1 and this one");
    lines.remove(10);
    assertThat(faults(SampleExport.verify(lines)))
        .anySatisfy(fault -> assertThat(fault).contains("ends at position 9"));
  }

  @Test
  @DisplayName("SE-3: two neighbours swapped are found as such")
  void swappedNeighbours() {
    java.util.Collections.swap(lines, 5, 6);
    assertThat(faults(SampleExport.verify(lines)))
        .containsExactly("line 6: this line and line 7 are swapped: positions 6 and 5");
  }

  @Test
  @DisplayName("SE-3: two rows swapped over a distance are found at both places")
  void swappedRows() {
    java.util.Collections.swap(lines, 3, 8);
    assertThat(faults(SampleExport.verify(lines)))
        .containsExactly(
            "line 4: position 8 stands where 3 belongs",
            "line 9: position 3 stands where 8 belongs");
  }

  @Test
  @DisplayName("SE-3: a cut tail is found, wherever the cut is")
  void cutTails() {
    for (int end = 0; end < sound.length; end++) {
      Verification cut = SampleExport.verify(Arrays.copyOf(sound, end));
      assertThat(cut.isSound()).as("cut after %d bytes", end).isFalse();
    }
    assertThat(faults(SampleExport.verify(lines.subList(0, 7))))
        .contains(
            "the file ends after position 6 without a trailer: its tail is cut;"
                + " it began as positions 1 to 10");
  }

  @Test
  @DisplayName("SE-3: a cut tail whose trailer stayed is found by the trailer and the header")
  void cutBeforeTheTrailer() {
    lines.subList(8, 11).clear();
    assertThat(faults(SampleExport.verify(lines)))
        .anySatisfy(fault -> assertThat(fault).startsWith("line 9: the trailer says 10 entries"))
        .anySatisfy(fault -> assertThat(fault).contains("the file has 7 entries"));
  }

  @Test
  @DisplayName("SE-3: a changed header is found, even one whose own hash was made to fit")
  void changedHeaders() {
    List<String> changed = SampleExport.lines(sound);
    changed.set(0, changed.get(0).replace("\"exported_at\":\"2026", "\"exported_at\":\"2025"));
    assertThat(faults(SampleExport.verify(changed)))
        .singleElement()
        .asString()
        .startsWith("line 1: the header was changed");

    String other = SampleExport.lines(SampleExport.of(1, 10, 11)).get(0);
    lines.set(0, other);
    assertThat(faults(SampleExport.verify(lines)))
        .singleElement()
        .asString()
        .startsWith("line 12: the trailer does not belong to this header");
  }

  @Test
  @DisplayName("SE-3: an appended forged row is found, before the trailer and after it")
  void appendedRows() {
    String forged = SampleExport.lines(SampleExport.of(1, 11, 12)).get(11);
    List<String> before = SampleExport.lines(sound);
    before.add(11, forged);
    assertThat(faults(SampleExport.verify(before)))
        .anySatisfy(fault -> assertThat(fault).startsWith("line 12: position 11 lies beyond 10"));
    lines.add(forged);
    assertThat(faults(SampleExport.verify(lines)))
        .containsExactly("line 13: a line was added after the trailer");
    List<String> repeated = SampleExport.lines(sound);
    repeated.add(6, repeated.get(3));
    assertThat(faults(SampleExport.verify(repeated)))
        .anySatisfy(fault -> assertThat(fault).startsWith("line 7: position 3 again, after 5"));
  }

  @Test
  @DisplayName("SE-3: a tail cut from file, header and trailer is found by a noted hash")
  void anchors() {
    List<SealHash> chain = SampleExport.chain(12);
    byte[] shorter = SampleExport.of(1, 7, 7);
    assertThat(SampleExport.verify(shorter).isSound()).isTrue();
    assertThat(SampleExport.verify(shorter, anchor("7:" + chain.get(7))).isSound()).isTrue();
    assertThat(SampleExport.verify(shorter, anchor("" + chain.get(3))).isSound()).isTrue();
    assertThat(faults(SampleExport.verify(shorter, anchor("10:" + chain.get(10)))))
        .containsExactly(
            "the file ends at position 7, and the noted hash is of position 10:"
                + " the tail is missing");
    assertThat(faults(SampleExport.verify(shorter, anchor("" + chain.get(10)))))
        .singleElement()
        .asString()
        .contains("is nowhere from position 0 to 7");
    assertThat(faults(SampleExport.verify(sound, anchor("4:" + chain.get(5)))))
        .containsExactly(
            "line 5: position 4 has another hash than the noted hash says:"
                + " history before it was rewritten");
    assertThat(faults(SampleExport.verify(SampleExport.of(9, 12, 12), anchor("4:" + chain.get(4)))))
        .singleElement()
        .asString()
        .contains("begins at position 9", "of position 4");
  }

  @Test
  @DisplayName("SE-3: what is no anchor is none")
  void badAnchors() {
    assertThat(
            List.of(
                "", "7", "7:", "x:" + SealHash.NONE, SealHash.NONE + "0", "-1:" + SealHash.NONE))
        .allSatisfy(text -> assertThat(Anchor.parse(text)).isEmpty());
  }

  @Test
  @DisplayName("SE-3: what is no export at all is refused with its first faults, not an error")
  void otherFiles() {
    for (String text :
        List.of("", "\n", "{}", "null\n", "{\"hash\":\"\n", "\0\0\0", "a\n".repeat(500))) {
      Verification other =
          SampleExport.verify(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(other.isSound()).as(text).isFalse();
      assertThat(other.faults()).hasSizeLessThanOrEqualTo(101);
    }
    String header = "{\"hash\":\"" + SealHash.NONE + "\",\"header\":null}";
    assertThat(faults(SampleExport.verify(List.of(header)))).isNotEmpty();
  }

  @Test
  @DisplayName("SE-3: every text goes into the chain in one way, control characters and all")
  void oddTexts() {
    String odd =
        IntStream.range(1, 0x250).mapToObj(Character::toString).reduce("", String::concat)
            + "\u2028\uD83D\uDCB8";
    AuditRow row =
        new AuditRow(1, 1, SampleExport.BEGIN, odd, odd, odd, odd, "ALLOWED", odd, "{}", null);
    String text = new String(row.sealedAt(1), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("\n", "\r", "\t");
    assertThat(com.freelync.control.database.Json.readObject(text))
        .containsEntry("actor", odd)
        .containsEntry("request_id", null);
  }

  private static Anchor anchor(String text) {
    return Anchor.parse(text).orElseThrow();
  }
}
