package com.freelync.control.configuration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.configuration.secret.SecretFailure.KeysUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CF-6")
@DisplayName("CF-6: the keys that secrets are sealed with")
class SecretKeysTest {
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = directory.resolve("keys.json");
  }

  @Test
  void aNewFileIsForItsOwnerOnly() throws IOException {
    SecretKeys.create(path);
    assertThat(permissions()).isEqualTo("rw-------");
    assertThat(besides()).containsExactly("keys.json.lock");
  }

  @Test
  void anExistingFileIsKept() throws IOException {
    int id = SecretKeys.create(path).primaryId();
    byte[] before = Files.readAllBytes(path);
    assertThatThrownBy(() -> SecretKeys.create(path))
        .isInstanceOf(KeysUnusable.class)
        .hasMessageContaining(path + " exists already");
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThat(SecretKeys.open(path).primaryId()).isEqualTo(id);
  }

  @Test
  void aMissingFileSaysWhatToDo() {
    assertThatThrownBy(() -> SecretKeys.open(path))
        .isInstanceOf(KeysUnusable.class)
        .hasMessage(
            "there are no keys at " + path + ": restore the file, or create it where none was");
  }

  @Test
  void aMissingDirectorySaysWhatToDo() {
    assertThatThrownBy(() -> SecretKeys.create(directory.resolve("none/keys.json")))
        .isInstanceOf(KeysUnusable.class)
        .hasMessageContaining("its directory must exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "{\"primaryKeyId\": \"hunter2\"}",
        "{\"hunter2\": 1}",
        "[hunter2",
        "{}"
      })
  void whatIsNoKeysetIsNeverQuoted(String content) throws IOException {
    Files.writeString(path, content);
    assertThatThrownBy(() -> SecretKeys.open(path))
        .isInstanceOf(KeysUnusable.class)
        .hasNoCause()
        .hasMessageContaining("restore it from its backup")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void bytesThatAreNoTextAreNoKeyset() throws IOException {
    Files.write(path, new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    assertThatThrownBy(() -> SecretKeys.open(path)).hasMessageContaining("is no keyset");
  }

  @Test
  void aPreparedKeyEncryptsOnlyOnceItIsPromoted() {
    SecretKeys keys = SecretKeys.create(path);
    int old = keys.primaryId();
    int prepared = keys.prepare();
    assertThat(prepared).isNotEqualTo(old);
    assertThat(keys.primaryId()).isEqualTo(old);
    assertThat(keys.promote()).isEqualTo(prepared);
    assertThat(keys.primaryId()).isEqualTo(prepared);
    assertThat(keys.current().ids()).containsExactlyInAnyOrder(old, prepared);
  }

  @Test
  void promotingTwiceIsPromotingOnce() {
    SecretKeys keys = SecretKeys.create(path);
    int prepared = keys.prepare();
    assertThat(keys.promote()).isEqualTo(prepared);
    assertThat(keys.promote()).isEqualTo(prepared);
  }

  @Test
  void anotherOpenInstanceFollows() {
    SecretKeys rotating = SecretKeys.create(path);
    SecretKeys running = SecretKeys.open(path);
    rotating.prepare();
    int promoted = rotating.promote();
    assertThat(running.primaryId()).isEqualTo(promoted);
  }

  @Test
  void aRotatedFileKeepsItsPermissions() throws IOException {
    SecretKeys keys = SecretKeys.create(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r-----"));
    keys.prepare();
    assertThat(permissions()).isEqualTo("r--r-----");
    assertThat(besides()).containsExactly("keys.json.lock");
  }

  @Test
  void aLinkToTheFileStaysALink() throws IOException {
    Path link = directory.resolve("link.json");
    int old = SecretKeys.create(path).primaryId();
    Files.createSymbolicLink(link, path);
    SecretKeys.open(link).prepare();
    assertThat(link).isSymbolicLink();
    assertThat(SecretKeys.open(path).current().ids()).hasSize(2).contains(old);
  }

  @Test
  void keysStayInUseWhileTheirFileIsGone() throws IOException {
    SecretKeys keys = SecretKeys.create(path);
    int id = keys.primaryId();
    Files.move(path, directory.resolve("elsewhere"));
    assertThat(keys.primaryId()).isEqualTo(id);
    assertThatThrownBy(keys::prepare).isInstanceOf(KeysUnusable.class);
    Files.move(directory.resolve("elsewhere"), path);
    assertThat(keys.prepare()).isNotEqualTo(id);
  }

  @Test
  void aFileReplacedWithinTheSameInstantIsNoticed() throws IOException {
    SecretKeys running = SecretKeys.create(path);
    FileTime instant = Files.getLastModifiedTime(path);
    int promoted = rotate();
    Files.setLastModifiedTime(path, instant);
    assertThat(running.primaryId()).isEqualTo(promoted);
  }

  @Test
  void keysPreparedAtOnceAreAllKept() throws Exception {
    int old = SecretKeys.create(path).primaryId();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SecretKeys instance = SecretKeys.open(path);
      calls.add(instance::prepare);
      calls.add(instance::prepare);
    }
    Set<Integer> expected = new HashSet<>(Set.of(old));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> prepared : threads.invokeAll(calls)) {
        expected.add(prepared.get());
      }
    }
    assertThat(SecretKeys.open(path).current().ids()).hasSize(9).isEqualTo(expected);
    assertThat(SecretKeys.open(path).primaryId()).isEqualTo(old);
  }

  private int rotate() {
    SecretKeys keys = SecretKeys.open(path);
    keys.prepare();
    return keys.promote();
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<String> besides() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("keys.json"))
          .toList();
    }
  }
}
