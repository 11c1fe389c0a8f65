package com.freelync.control.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.local.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("OP-1 state.json")
class StateFileTest {
  private static final StackState STATE =
      new StackState(
          new ProcessIdentity(4711, "boot/99"),
          new LinkedHashMap<>(Map.of("api", "http://127.0.0.1:8080")),
          List.of(
              new PartStatus("postgres", PartStatus.State.READY, 12L, 0, null),
              new PartStatus("workers", PartStatus.State.RESTARTING, null, 3, "ended")));

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsRead() {
    StateFile file = new StateFile(directory.resolve("state.json"));

    file.write(STATE);

    assertThat(file.read()).contains(STATE);
  }

  @Test
  void onlyItsOwnerCanReadItForItHoldsAPassword() throws Exception {
    Path path = directory.resolve("state.json");

    new StateFile(path).write(STATE);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aMissingOrBrokenFileIsNoState() throws Exception {
    Path path = directory.resolve("state.json");
    assertThat(new StateFile(path).read()).isEmpty();

    Files.writeString(path, "{\"parts\": [");

    assertThat(new StateFile(path).read()).isEmpty();
  }

  @Test
  void itIsNotReadyWhileOnePartIsNotOrItsSupervisorIsGone() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    PartStatus ready = STATE.parts().getFirst();

    assertThat(new StackState(self, Map.of(), STATE.parts()).isReady()).isFalse();
    assertThat(new StackState(STATE.supervisor(), Map.of(), List.of(ready)).isReady()).isFalse();
    assertThat(new StackState(self, Map.of(), List.of(ready)).isReady()).isTrue();
  }
}
