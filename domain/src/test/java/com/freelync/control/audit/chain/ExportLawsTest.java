package com.freelync.control.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ExportLawsTest {
  private static final byte[] SOUND = SampleExport.of(3, 40, 41);

  @Property(tries = 3_000)
  @Label("SE-3: any single changed byte is found, at its line")
  void changedByte(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 1, max = 255) int bits) {
    int place = at % SOUND.length;
    byte[] changed = SOUND.clone();
    changed[place] ^= (byte) bits;
    long line = 1 + countLineFeeds(place);
    Verification verification = SampleExport.verify(changed);
    assertThat(verification.faults())
        .as("byte %d of line %d", place, line)
        .anySatisfy(fault -> assertThat(fault.line()).isBetween(line, line + 1));
  }

  @Property(tries = 500)
  @Label("SE-3: any deleted run of lines is found")
  void deletedLines(
      @ForAll @IntRange(max = 39) int from, @ForAll @IntRange(min = 1, max = 40) int count) {
    List<String> lines = SampleExport.lines(SOUND);
    lines.subList(from, Math.min(lines.size(), from + count)).clear();
    assertThat(SampleExport.verify(lines).isSound()).isFalse();
  }

  @Property(tries = 500)
  @Label("SE-3: any two lines that change places are found, one of them at its line")
  void swappedLines(@ForAll @IntRange(max = 39) int one, @ForAll @IntRange(max = 39) int other) {
    Assume.that(one != other);
    List<String> lines = SampleExport.lines(SOUND);
    Collections.swap(lines, one, other);
    assertThat(SampleExport.verify(lines).faults())
        .anySatisfy(
            fault -> assertThat(fault.line()).isIn(one + 1L, other + 1L, one + 2L, other + 2L));
  }

  @Property(tries = 500)
  @Label("SE-3: any line that is there twice, or anywhere else, is found")
  void addedLines(@ForAll @IntRange(max = 39) int line, @ForAll @IntRange(max = 40) int place) {
    List<String> lines = SampleExport.lines(SOUND);
    lines.add(place, lines.get(line));
    assertThat(SampleExport.verify(lines).isSound()).isFalse();
  }

  private static long countLineFeeds(int end) {
    byte[] before = Arrays.copyOf(SOUND, end);
    long count = 0;
    for (byte b : before) {
      count += b == '\n' ? 1 : 0;
    }
    return count;
  }
}
