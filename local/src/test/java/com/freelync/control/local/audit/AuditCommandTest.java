package com.freelync.control.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.audit.chain.AuditRow;
import com.freelync.control.audit.chain.ExportHeader;
import com.freelync.control.audit.chain.ExportWriter;
import com.freelync.control.audit.chain.SealHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SE-3: ./control-center audit verify")
class AuditCommandTest {
  private static final Instant TIME = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir Path directory;
  private final List<SealHash> chain = new ArrayList<>(List.of(SealHash.NONE));

  @BeforeEach
  void seal() {
    for (int position = 1; position <= 9; position++) {
      chain.add(chain.getLast().next(row(position).sealedAt(position)));
    }
  }

  private static AuditRow row(long id) {
    return new AuditRow(
        id, id, TIME.plusSeconds(id), "cfo", "a.b", "c", "d", "ALLOWED", null, "{}", null);
  }

  private Path export(String name, int first, int last) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      ExportWriter writer =
          new ExportWriter(
              out,
              new ExportHeader(
                  first, last, chain.get(first - 1), last, chain.get(last), TIME, null, null));
      for (int position = first; position <= last; position++) {
        writer.entry(position, chain.get(position), row(position));
      }
      writer.end(0);
    }
    return file;
  }

  private record Ran(int code, String output) {}

  private static Ran run(Object... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int code =
        new AuditCommand(out, out).run(List.of(arguments).stream().map(String::valueOf).toList());
    return new Ran(code, bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName(
      "SE-3: of a sound file it says what was verified, and what to note for the next time")
  void soundFile() throws IOException {
    Ran ran = run("verify", export("all", 1, 9));
    assertThat(ran.code()).isZero();
    assertThat(ran.output())
        .contains(
            "sound",
            "entries       9",
            "positions     1 to 9",
            "2026-02-01T00:00:01Z to 2026-02-01T00:00:09Z",
            "last hash     9:" + chain.get(9));
  }

  @Test
  @DisplayName("SE-3: a file that is something else is refused as such")
  void somethingElse() throws IOException {
    Path file = Files.writeString(directory.resolve("notes"), "a list\nof other things\n");
    Ran ran = run("verify", file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.output()).contains("notes is no export of the audit log");
  }

  @Test
  @DisplayName("SE-3: it exits with 1 and says where a byte was flipped")
  void flippedByte() throws IOException {
    Path file = export("all", 1, 9);
    Files.writeString(file, Files.readString(file).replace("00:00:04.", "00:00:05."));
    Ran ran = run("verify", file);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.output()).contains("line 5: position 4 was changed");
  }

  @Test
  @DisplayName("SE-3: a tail that was cut everywhere is found by a noted hash")
  void anchor() throws IOException {
    Path cut = export("cut", 1, 5);
    assertThat(run("verify", cut, "--anchor", "5:" + chain.get(5)).code()).isZero();
    Ran ran = run("verify", cut, "--anchor", "7:" + chain.get(7), "--anchor", chain.get(2));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.output()).contains("ends at position 5", "position 7: the tail is missing");
  }

  @Test
  @DisplayName("SE-3: an export continues an earlier one, overlaps it, or is found not to")
  void afterAnEarlierExport() throws IOException {
    Path earlier = export("earlier", 1, 6);
    assertThat(run("verify", export("next", 7, 9), "--after", earlier).code()).isZero();
    assertThat(run("verify", export("overlap", 4, 9), "--after", earlier).code()).isZero();
    Ran cut = run("verify", export("cut", 1, 4), "--after", earlier);
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.output())
        .contains("ends at position 4, and the earlier export is of position 6");
    Ran gap = run("verify", export("gap", 9, 9), "--after", earlier);
    assertThat(gap.code()).isEqualTo(1);
    assertThat(gap.output()).contains("begins at position 9", "what is between is missing");
    Files.writeString(earlier, "{}");
    assertThat(run("verify", export("all", 1, 9), "--after", earlier).code()).isEqualTo(1);
  }

  @Test
  @DisplayName("SE-3: what cannot be verified exits with 2")
  void mistakes() throws IOException {
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("verify").output()).contains("usage");
    assertThat(run("verify", "a", "b").code()).isEqualTo(2);
    assertThat(run("verify", "a", "--anchor").code()).isEqualTo(2);
    assertThat(run("verify", "a", "--anchor", "abc").output()).contains("no anchor");
    assertThat(run("verify", directory.resolve("nothing")).output()).contains("there is no file");
    assertThat(run("verify", directory).code()).isEqualTo(2);
  }
}
